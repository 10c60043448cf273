"""Joining a place without holding its seat: a form that needs no script, the page of its mail, and what comes next."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
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
from maillage.kernel.links import read_link
from maillage.people.domain import ALONE_FROM
from maillage.relays import services
from maillage.relays.domain import CONFIRM_WITHIN, COVERED, SeatState
from maillage.relays.domain.joining import JOIN_LINK, JOIN_WORDINGS
from maillage.relays.models import Joining, SeatStanding
from maillage.relays.pages.locality import chosen_locality
from maillage.relays.pages.place_form import answer_form
from maillage.relays.selectors import seats
from maillage.relays.selectors.joining import greeting_of, join_boxes
from maillage.relays.selectors.sights import sights_at
from maillage.relays.selectors.waiting import once_joined
from maillage.territories.selectors.areas import localities_of

TEXTS = {"given_name": 100, "family_name": 100, "email": 254, "phone": 30, "locality": 40}
"""The fields of the form and how many letters each takes."""


@csrf_exempt  # anyone may join, signed in or not: no cookie is read, so there is nothing to forge (decision 16)
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form, or take it; what was typed comes back with what is wrong with it."""
    return answer_form(request, code, address="join", limit="relays.join", show=_form, take=_take)


@idempotent
def _take(request: HttpRequest, *, code: str) -> HttpResponse:
    said = texts_typed(request, TEXTS)
    seat = seats.open_seat(code, now=read_clock())
    services.join_place(
        seat_id=seat.seat_id,
        given_name=said["given_name"],
        family_name=said["family_name"],
        email=said["email"],
        phone=said["phone"],
        locality=chosen_locality(seat.area, said["locality"]),
        agrees_to=boxes_ticked(request, JOIN_WORDINGS),
        is_of_age=is_ticked(request, "is_of_age"),
        language=get_language() or "fr",
        now=read_clock(),
    )
    return HttpResponseRedirect(reverse("join-sent", kwargs={"code": code}), status=303)


@never_cache
@require_safe
def join_sent(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a mail waits, the same whatever the address; the address stands nowhere in this page."""
    try:
        seat = seats.open_seat(code, now=read_clock())
    except NotFound:
        return not_found(request)
    return render(request, "relays/join_sent.html", {"seat": seat, "days": CONFIRM_WITHIN.days, "mailbox_url": settings.MAILBOX_URL})


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_join(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it was them; once confirmed, the same address says what comes next. Only a POST confirms it or erases it."""
    try:
        joining_id, contact_point_id = read_link(JOIN_LINK, token, now=read_clock())
        if request.method == "POST":
            said = request.POST.get("was")
            if said == "me":
                services.confirm_joining(joining_id=joining_id, contact_point_id=contact_point_id, now=read_clock())
            elif said == "not-me":  # of anything else nothing follows: the question is asked again
                services.deny_joining(joining_id=joining_id, now=read_clock())
            return redirect("join-confirm", token=token)
    except NotFound as refusal:
        if refusal.code == "joining_unknown":
            return render(request, "relays/forgotten.html", {"application": None})
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    joining = Joining.objects.select_related("seat__area", "person__area").filter(pk=joining_id).first()
    if joining is None:
        return render(request, "relays/forgotten.html", {"application": None})
    if joining.confirmed_at is None:
        return render(request, "relays/join_confirm.html", {"area": joining.seat.area})
    return render(request, "relays/joined.html", joined_context(joining))


def joined_context(joining: Joining) -> dict[str, Any]:
    """What the page says to whoever has joined: who greets them, and three things to do."""
    seat = seats.seat(joining.seat_id)
    return {"area": seat.area, "greeting": greeting_of(joining, seat), "todo": once_joined(seat)}


def _form(request: HttpRequest, seat: SeatStanding, *, refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "seat": seat,
        "is_answered": seat.state in COVERED,
        "is_vacant": seat.state != SeatState.FILLED,
        "localities": localities_of(seat.area),
        "boxes": join_boxes().items(),
        "age": ALONE_FROM,
        "sights": sights_at(seat, now=read_clock()),
        "key": uuid7(),
        **shown_again(request, TEXTS, refusal),
    }
    return render(request, "relays/join.html", context, status=refusal.status if refusal else 200)
