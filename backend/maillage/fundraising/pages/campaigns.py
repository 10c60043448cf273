"""A supporter's page: their words, how far they are, what givers said, and the form of its fund."""

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.fundraising.domain.pages import MESSAGE, PageKind, PageState
from maillage.fundraising.models import FundraisingPage
from maillage.fundraising.pages.give import FRESH_SECONDS, Thermometer, give_context, in_a_script
from maillage.fundraising.pages.payment_policy import allow_payment
from maillage.fundraising.selectors.campaign_pages import (
    members_of,
    messages_shown,
    photo_bytes,
    photo_of,
    raised_on,
    shown_page,
    state_now,
)
from maillage.fundraising.selectors.funds import name_of, public_fund
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import NotFound
from maillage.kernel.http import not_found
from maillage.kernel.qr import qr_drawing
from maillage.people.selectors.organisation import organisation

_LANGUAGES = dict(settings.LANGUAGES)


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a page; one that is over thanks and leads to its fund, one that is hidden says so."""
    try:
        page = shown_page(slug)
    except NotFound:
        return not_found(request)
    at = read_clock()
    state = state_now(page, at)
    context = {"page": page, "state": state.value, **shown_of(page), "name": name_of(page.fund, get_language()), "house": organisation()}
    if state == PageState.OPEN:
        given = give_context(public_fund(page.fund.code), now=at)
        given["island"]["page"] = page.slug
        context |= {
            **given,
            "thermometer": Thermometer(raised_on(page), page.goal, page.ends_on),
            "messages": messages_shown(page),
            "members": [(each, state_now(each, at)) for each in members_of(page)],
            "message_most": MESSAGE,
            "donate_action": page_action(page),
        }
        response = allow_payment(render(request, "fundraising/campaign.html", context))
    elif state == PageState.OVER:
        context |= {
            "fund": page.fund,
            "thermometer": Thermometer(raised_on(page), page.goal, page.ends_on),
            "is_fund_public": page.fund.published_at is not None and page.fund.closed_at is None,
        }
        response = render(request, "fundraising/campaign_over.html", context)
    else:
        response = render(request, "fundraising/campaign_hidden.html", context | {"fund": page.fund})
    patch_cache_control(response, public=True, max_age=0, s_maxage=FRESH_SECONDS)
    return response


def shown_of(page: FundraisingPage) -> dict[str, Any]:
    """Say what every face of a page says of it: its address, its photo, for whom it asks, in which language it was written."""
    language = get_language() or settings.LANGUAGE_CODE
    photo = photo_of(page)
    url = settings.PUBLIC_URL + reverse("campaign", kwargs={"slug": page.slug})
    return {
        "url": url,
        "shown_url": url.split("://", 1)[-1],
        "photo": reverse("page-photo", kwargs={"id": photo}) if photo else "",
        "share_photo": settings.PUBLIC_URL + reverse("page-photo", kwargs={"id": photo}) if photo else "",
        "written_in": page.language,
        "written_in_said": _LANGUAGES.get(page.language, page.language) if page.language != language else "",
        "asked_by": asked_by(page),
        "share": {
            "subject": quote(page.title),
            "text": quote(_("%(title)s: I give here, and you? %(url)s") % {"title": page.title, "url": url}),
        },
    }


def asked_by(page: FundraisingPage) -> str:
    """Say who asks, in the active language."""
    if page.kind == PageKind.AREA and page.area is not None:
        return _("%(name)s asks for %(place)s") % {"name": page.first_name, "place": page.area.called}
    if page.kind == PageKind.TEAM:
        return _("%(name)s asks with a team") % {"name": page.first_name}
    return _("%(name)s asks") % {"name": page.first_name}


def page_action(page: FundraisingPage) -> SafeString:
    """Tell search engines what can be done here (schema.org)."""
    return in_a_script(
        {
            "@context": "https://schema.org",
            "@type": "DonateAction",
            "name": page.title,
            "description": page.words[:300],
            "recipient": {"@type": "Organization", "name": page.fund.legal_name, "address": page.fund.address},
            "priceCurrency": page.fund.currency.upper(),
            "target": settings.PUBLIC_URL + reverse("campaign", kwargs={"slug": page.slug}),
        }
    )


@require_safe
def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one A4 page to print, with the address of a page as a QR code."""
    try:
        page = shown_page(slug)
    except NotFound:
        return not_found(request)
    if state_now(page, read_clock()) != PageState.OPEN:
        return not_found(request)
    shown = shown_of(page)
    given = give_context(public_fund(page.fund.code), now=read_clock())
    context = {
        "page": page,
        **shown,
        "qr": qr_drawing(shown["url"]),
        "name": name_of(page.fund, get_language()),
        "mentions": given["mentions"],
        "house": organisation(),
    }
    response = render(request, "fundraising/campaign_poster.html", context)
    patch_cache_control(response, public=True, max_age=300)
    return response


@require_safe
def photo(request: HttpRequest, id: UUID) -> HttpResponse:
    """Answer with the photo of a page. A browser or a proxy may keep it, and asks each time whether it is still shown."""
    try:
        body = photo_bytes(id)
    except NotFound:
        response = not_found(request)
        response["Cache-Control"] = "no-store"
        return response
    tag = f'"{id}"'  # another photo has another address
    answer = HttpResponseNotModified() if request.headers.get("If-None-Match") == tag else HttpResponse(body, content_type="image/jpeg")
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, no-cache"
    answer["X-Robots-Tag"] = "noindex, noimageindex"
    return answer
