"""Asking for a seat: a form that needs no script, and what the browser is told once it is sent."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import NotFound, Refusal
from maillage.kernel.forms import boxes_ticked, is_ticked, shown_again, texts_typed
from maillage.kernel.http import not_found
from maillage.kernel.ids import uuid7
from maillage.people.domain import ALONE_FROM, CONTACT_PROMISE, PlacedBy
from maillage.people.selectors import wordings_in_force
from maillage.relays import services
from maillage.relays.domain import APPLICANT_CONTACT, CONFIRM_WITHIN, SeatState
from maillage.relays.domain.filling import SEAT_ASKING
from maillage.relays.models import SeatStanding
from maillage.relays.pages.locality import chosen_locality
from maillage.relays.pages.place_form import answer_form
from maillage.relays.selectors import caller_at, seats
from maillage.relays.selectors.networks import office_of
from maillage.relays.selectors.sights import sights_at
from maillage.territories.selectors.areas import localities_of

TEXTS = {"given_name": 100, "family_name": 100, "email": 254, "phone": 30, "locality": 40, "motivation": 2000}
"""The fields of the form and how many letters each takes."""

BOXES = ("agrees_to_contact", "agrees_to_be_asked")
"""What one may agree to on it."""


@csrf_exempt  # anyone may ask, signed in or not: no cookie is read, so there is nothing to forge (decision 16)
@require_http_methods(["GET", "HEAD", "POST"])
def apply(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form, or take it; what was typed comes back with what is wrong with it."""
    return answer_form(request, code, address="apply", limit="relays.apply", show=_form, take=_take)


@idempotent
def _take(request: HttpRequest, *, code: str) -> HttpResponse:
    said = texts_typed(request, TEXTS)
    seat = seats.open_seat(code, now=read_clock())
    ticked = boxes_ticked(request, BOXES)
    services.apply_for_seat(
        seat_id=seat.pk,
        given_name=said["given_name"],
        family_name=said["family_name"],
        email=said["email"],
        phone=said["phone"],
        locality=chosen_locality(seat.area, said["locality"]),
        is_of_age=is_ticked(request, "is_of_age"),
        motivation=said["motivation"],
        agrees_to_contact="agrees_to_contact" in ticked,
        shows_given_name=is_ticked(request, "shows_given_name"),
        agrees_to_be_asked="agrees_to_be_asked" in ticked,
        read=ticked,
        language=get_language() or "fr",
        placed_by=PlacedBy.CHOSEN,
        now=read_clock(),
    )
    return HttpResponseRedirect(reverse("apply-sent", kwargs={"code": code}), status=303)


@never_cache
@require_safe
def sent(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a mail waits, the same whatever the address; the address stands nowhere in this page."""
    try:
        seat = seats.open_seat(code, now=read_clock())
    except NotFound:
        return not_found(request)
    context = {"seat": seat, "days": CONFIRM_WITHIN.days, "mailbox_url": settings.MAILBOX_URL}
    return render(request, "relays/sent.html", context)


def _form(request: HttpRequest, seat: SeatStanding, *, refusal: Refusal | None = None) -> HttpResponse:
    now = read_clock()
    wordings = wordings_in_force()
    context: dict[str, Any] = {
        "seat": seat,
        "is_open": seat.state != SeatState.FILLED,
        "caller": caller_at(seat.area, now=now),
        "before": now + CONTACT_PROMISE,
        "sights": sights_at(seat, now=now),
        "office": office_of(seat.network, language=get_language() or "fr"),
        "localities": localities_of(seat.area),
        "age": ALONE_FROM,
        "wording": wordings[APPLICANT_CONTACT.purpose],
        "asking": wordings[SEAT_ASKING.purpose],
        "key": uuid7(),
        **shown_again(request, TEXTS, refusal),
    }
    return render(request, "relays/apply.html", context, status=refusal.status if refusal else 200)
