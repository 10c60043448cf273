"""A public form of a place, which needs no script: shown, or taken under its limit; what was typed comes back with what is wrong."""

from typing import Protocol

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound, Refusal
from maillage.kernel.http import not_found
from maillage.kernel.rest.throttles import limit_page
from maillage.relays.models import SeatStanding
from maillage.relays.selectors import seats


class Show(Protocol):
    """Draw the form of a seat's place, with what is wrong where it comes back."""

    def __call__(self, request: HttpRequest, seat: SeatStanding, *, refusal: Refusal | None = None) -> HttpResponse: ...


class Take(Protocol):
    """Keep what was posted, and lead on.  Raises: Refusal."""

    def __call__(self, request: HttpRequest, *, code: str) -> HttpResponse: ...


def answer_form(request: HttpRequest, code: str, *, address: str, limit: str, show: Show, take: Take) -> HttpResponse:
    """Answer a request for a form: `address` names its page (other spellings of the code lead there), `limit` how often it is taken."""
    try:
        seat = seats.open_seat(code, now=now())
    except NotFound:
        return not_found(request)
    if code != seat.area.code:
        return redirect(address, code=seat.area.code, permanent=True)
    if request.method != "POST":
        return show(request, seat)
    try:
        limit_page(request, name=limit)
        return take(request, code=code)
    except Refusal as refusal:
        return show(request, seat, refusal=refusal)
