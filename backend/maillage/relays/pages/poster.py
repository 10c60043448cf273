"""A poster for one seat: one A4 page with the address of its page as a QR code, to be put up where people pass."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.http import not_found
from maillage.kernel.qr import qr_drawing
from maillage.people.selectors.organisation import organisation
from maillage.relays.domain import SeatState
from maillage.relays.selectors import seats
from maillage.relays.selectors.invitations import seat_page
from maillage.relays.selectors.networks import office_of


@require_safe
def poster(request: HttpRequest, code: str) -> HttpResponse:
    """Show the page to print; it names nobody, and its link says nothing of who put it up."""
    try:
        seat = seats.open_seat(code, now=now())
    except NotFound:
        return not_found(request)
    if code != seat.area.code:
        return redirect("poster", code=seat.area.code, permanent=True)
    url = seat_page(seat.area)
    context = {
        "area": seat.area,
        "house": organisation(),
        "url": url,
        "shown_url": url.split("://", 1)[-1],
        "qr": qr_drawing(url),
        "office": office_of(seat.network, language=get_language() or "fr"),
        "is_filled": seat.state == SeatState.FILLED,
    }
    response = render(request, "relays/poster.html", context)
    patch_cache_control(response, public=True, max_age=300)
    return response
