"""Something is wrong with how a place is answered for: told by anybody, from its public page, to the named person alone.

The page says of every place the same, and nobody's name: who reads it never chose to be shown, and a page that differed where
that person holds the seat would say so.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound, Refusal
from maillage.kernel.forms import is_ticked, shown_again, texts_typed
from maillage.kernel.http import not_found
from maillage.kernel.ids import uuid7
from maillage.kernel.links import read_link
from maillage.kernel.rest.throttles import network_mark
from maillage.relays import services
from maillage.relays.domain import CONFIRM_WITHIN, TOLD_LINK, concern_due
from maillage.relays.models import SeatStanding
from maillage.relays.pages.place_form import answer_form
from maillage.relays.selectors import seats
from maillage.relays.selectors.concerns import name_of, readers_for_visitor, somebody_is_named, visitor_concern, zone_of
from maillage.relays.services.concerns import LONGEST

TEXTS = {**LONGEST, "email": 254}
"""The fields of the form and how many letters each takes."""


@csrf_exempt  # anyone may tell it, signed in or not: no cookie is read, so there is nothing to forge (decision 16)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wrong_here(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form under who reads it and by when, or take it; what was typed comes back with what is wrong with it."""
    return answer_form(request, code, address="wrong-here", limit="relays.wrong_here", show=_form, take=_take)


@idempotent
def _take(request: HttpRequest, *, code: str) -> HttpResponse:
    said = texts_typed(request, TEXTS)
    services.tell_as_visitor(
        seat_id=seats.open_seat(code, now=now()).seat_id,
        what=said["what"],
        who=said["who"],
        happened=said["happened"],
        email=said["email"],
        not_the_first=is_ticked(request, "not_the_first"),
        knows_alone=is_ticked(request, "alone"),
        network=network_mark("relays.told", request),
        language=get_language() or "fr",
        now=now(),
    )
    return HttpResponseRedirect(reverse("wrong-told", kwargs={"code": code}), status=303)


@never_cache
@require_safe
def wrong_told(request: HttpRequest, code: str) -> HttpResponse:
    """Say that it is told; the same whether or not an address was left, which stands nowhere in this page."""
    try:
        seat = seats.open_seat(code, now=now())
    except NotFound:
        return not_found(request)
    return render(request, "relays/wrong_told.html", {"seat": seat, "days": CONFIRM_WITHIN.days})


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def told_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether an address is theirs who told something; once it is, say what became of it. Not a word of what was told."""
    is_unclear = False
    try:
        (concern_id,) = read_link(TOLD_LINK, token, now=now())
        if request.method == "POST":
            if request.POST.get("was") in ("me", "not-me"):
                services.confirm_answer(concern_id=concern_id, is_mine=request.POST["was"] == "me", now=now())
                return redirect("told-answer", token=token)
            is_unclear = True
        concern = visitor_concern(concern_id)
        if not concern.answer_to:
            raise NotFound(code="concern_unknown")
    except NotFound as refusal:
        if refusal.code == "concern_unknown":
            return render(request, "relays/told_answer.html", {"is_gone": True})
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    context = {
        "concern": concern,
        "taker": name_of(concern.taken_by) if concern.taken_by else "",
        "zone": zone_of(concern.area),
        "is_unclear": is_unclear,
    }
    return render(request, "relays/told_answer.html", context, status=400 if is_unclear else 200)


def _form(request: HttpRequest, seat: SeatStanding, *, refusal: Refusal | None = None) -> HttpResponse:
    instant = now()
    readers = readers_for_visitor(seat.area, now=instant)
    is_named = somebody_is_named(instant)
    context: dict[str, Any] = {
        "seat": seat,
        "is_named": is_named,
        "is_alone": readers.is_alone,
        "may_pass": is_named and (readers.other is not None or not readers.is_alone),
        "due_at": concern_due(instant, zone=zone_of(seat.area)),
        "zone": zone_of(seat.area),
        "passes_first": is_ticked(request, "not_the_first"),
        "key": uuid7(),
        **shown_again(request, TEXTS, refusal),
    }
    return render(request, "relays/wrong_here.html", context, status=refusal.status if refusal else 200)
