"""Opening a page: a form that needs no script, the page of its mail, and the first look at what was made."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from maillage.fundraising import services
from maillage.fundraising.domain.links import PAGE_OPEN_LINK
from maillage.fundraising.domain.mentions import mentions_said
from maillage.fundraising.domain.pages import CONFIRM_WITHIN, LONGEST, PageKind
from maillage.fundraising.models import Fund, FundraisingPage
from maillage.fundraising.selectors.campaign_pages import own_page_token
from maillage.fundraising.selectors.funds import facts_of, name_of, public_fund, rules_of
from maillage.fundraising.services.campaign_pages import Said
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import NotFound, Refusal
from maillage.kernel.forms import is_ticked, shown_again, texts_typed
from maillage.kernel.http import not_found
from maillage.kernel.ids import uuid7
from maillage.kernel.links import read_link
from maillage.kernel.rest.throttles import limit_page
from maillage.people.domain import ALONE_FROM

TEXTS = {**LONGEST, "family_name": 100, "email": 254}
"""The fields of the form and how many letters each takes."""

KINDS = (PageKind.PERSONAL, PageKind.TEAM)
"""Whose page the form opens; that of a place is opened by who is signed in and holds or organises it."""


@csrf_exempt  # anyone may open one, signed in or not: no cookie is read, so there is nothing to forge (decision 16)
@require_http_methods(["GET", "HEAD", "POST"])
def open_campaign(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form, or take it; what was typed comes back with what is wrong with it."""
    try:
        fund = public_fund(code)
    except NotFound:
        return not_found(request)
    if request.method != "POST":
        return _form(request, fund)
    try:
        limit_page(request, name="fundraising.open_page")
        answer: HttpResponse = _take(request, fund=fund)
    except Refusal as refusal:
        return _form(request, fund, refusal=refusal)
    return answer


@idempotent
def _take(request: HttpRequest, *, fund: Fund) -> HttpResponse:
    said = texts_typed(request, TEXTS)
    services.open_page(
        fund=fund,
        kind=request.POST.get("kind", ""),
        said=Said(**{name: said[name] for name in LONGEST}),
        family_name=said["family_name"],
        email=said["email"],
        is_of_age=is_ticked(request, "is_of_age"),
        language=get_language() or settings.LANGUAGE_CODE,
        now=read_clock(),
    )
    return HttpResponseRedirect(reverse("campaign-asked", kwargs={"code": fund.code}), status=303)


@never_cache
@require_safe
def campaign_asked(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a mail waits, the same whatever the address; the address stands nowhere in this page."""
    try:
        fund = public_fund(code)
    except NotFound:
        return not_found(request)
    return render(
        request,
        "fundraising/campaign_asked.html",
        {"fund": fund, "days": CONFIRM_WITHIN.days, "mailbox_url": settings.MAILBOX_URL, "current": "give"},
    )


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_campaign(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it was them, and show the page as it would be. Only a POST opens it or erases it."""
    try:
        page_id, contact_point_id = read_link(PAGE_OPEN_LINK, token, now=read_clock())
        if request.method == "POST":
            said = request.POST.get("was")
            if said == "me":
                opened = services.confirm_page(page_id=page_id, contact_point_id=contact_point_id, now=read_clock())
                return redirect("campaign-mine", token=own_page_token(opened, now=read_clock()))
            if said == "not-me":  # of anything else nothing follows: the question is asked again
                services.deny_page(page_id=page_id, now=read_clock())
            return redirect("campaign-confirm", token=token)
    except NotFound as refusal:
        if refusal.code == "no_such_page":
            return render(request, "fundraising/campaign_gone.html")
        return render(request, "fundraising/link.html", {"refusal": refusal}, status=refusal.status)
    except Refusal as refusal:
        return render(request, "fundraising/campaign_refused.html", {"refusal": refusal}, status=refusal.status)
    page = FundraisingPage.objects.select_related("fund").filter(pk=page_id).first()
    if page is None:
        return render(request, "fundraising/campaign_gone.html")
    context = {"page": page, "name": name_of(page.fund, get_language())}
    return render(request, "fundraising/campaign_confirm.html", context)


def _form(request: HttpRequest, fund: Fund, *, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "fund": fund,
        "name": name_of(fund, get_language()),
        "kinds": [(kind.value, kind.label) for kind in KINDS],
        "kind": request.POST.get("kind", PageKind.PERSONAL.value),
        "age": ALONE_FROM,
        "key": uuid7(),
        "mentions": mentions_said(rules_of(fund, read_clock()), facts_of(fund)),
        "current": "give",
        **shown_again(request, TEXTS, refusal),
    }
    return render(request, "fundraising/campaign_open.html", context, status=refusal.status if refusal else 200)
