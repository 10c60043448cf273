"""Reporting a page, or one giver's message on it: by anybody, without a script; the answer comes by mail where an address was left."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from maillage.fundraising import services
from maillage.fundraising.models import FundraisingPage, PageMessage
from maillage.fundraising.selectors.campaign_pages import readable_page, shown_messages, shown_page
from maillage.groups.domain import REPORT_WORDS, ReportReason
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound, Refusal
from maillage.kernel.forms import shown_again, texts_typed
from maillage.kernel.http import not_found
from maillage.kernel.ids import uuid7
from maillage.kernel.rest.throttles import limit_page

TEXTS = {"words": REPORT_WORDS, "email": 254}
"""The fields of the form and how many letters each takes."""


@csrf_exempt  # anyone may report, signed in or not: no cookie is read, so there is nothing to forge (decision 16)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report_campaign(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the form, or take it; what was typed comes back with what is wrong with it."""
    try:
        page = readable_page(slug)
        message = _message(request, page)
    except NotFound:
        return not_found(request)
    if request.method != "POST":
        return _form(request, page, message)
    try:
        limit_page(request, name="fundraising.report_page")
        answer: HttpResponse = _take(request, page=page, message=message)
    except Refusal as refusal:
        return _form(request, page, message, refusal=refusal)
    return answer


@idempotent
def _take(request: HttpRequest, *, page: FundraisingPage, message: PageMessage | None) -> HttpResponse:
    said = texts_typed(request, TEXTS)
    services.report_page(
        page=page,
        message=message,
        reason=request.POST.get("reason", ""),
        words=said["words"],
        email=said["email"],
        language=get_language() or settings.LANGUAGE_CODE,
        now=now(),
    )
    return HttpResponseRedirect(reverse("campaign-reported", kwargs={"slug": page.slug}), status=303)


@never_cache
@require_safe
def campaign_reported(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that it is told, the same whether or not an address was left."""
    try:
        page = shown_page(slug)
    except NotFound:
        return not_found(request)
    return render(request, "fundraising/campaign_reported.html", {"page": page})


def _message(request: HttpRequest, page: FundraisingPage) -> PageMessage | None:
    """Return the message that is reported, named by the link beside it; None: the page itself. Raises: NotFound."""
    named = request.POST.get("message") or request.GET.get("message")
    if not named:
        return None
    try:
        found = shown_messages().filter(page=page, pk=UUID(named)).first()
    except ValueError:
        found = None
    if found is None:
        raise NotFound(code="no_such_message")
    return found


def _form(request: HttpRequest, page: FundraisingPage, message: PageMessage | None, *, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "page": page,
        "message": message,
        "reasons": ReportReason.choices,
        "reason": request.POST.get("reason", ""),
        "key": uuid7(),
        **shown_again(request, TEXTS, refusal),
    }
    return render(request, "fundraising/campaign_report.html", context, status=refusal.status if refusal else 200)
