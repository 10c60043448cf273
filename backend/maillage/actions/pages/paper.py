"""A brief on paper: one A4 page for one seat, to carry along and to read from; a longer brief goes on on a second one."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from maillage.actions import services
from maillage.actions.domain import ActionStatus, Way
from maillage.actions.selectors import answer_token, brief_of, reader_name, sheet_of
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import Refusal
from maillage.kernel.qr import qr_drawing
from maillage.people.selectors.organisation import organisation
from maillage.relays.selectors.networks import office_of


@never_cache
@require_safe
def paper(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page to print. It bears its reader's name; the holder's own a code that takes their answer and their report."""
    now = read_clock()
    try:
        sheet = sheet_of(token, now=now)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    assignment, language = sheet.assignment, get_language() or "fr"
    if sheet.reader is not None and request.method == "GET":
        services.note_opening(action=assignment.action, seat_id=assignment.seat_id, reader=sheet.reader, way=Way.PAPER, now=now)
    brief = brief_of(assignment, language=language, now=now, is_inside=sheet.is_inside)
    link = ""
    if sheet.author_id is not None:
        own = answer_token(assignment, author_id=sheet.author_id)
        link = f"{settings.PUBLIC_URL}{reverse('answer', kwargs={'token': own})}"
    context = {
        "action": assignment.action,
        "area": assignment.seat.area,
        "text": brief.text,
        "reader": reader_name(sheet.reader),
        "is_fallback": brief.is_fallback,
        "is_stopped": assignment.action.status == ActionStatus.STOPPED,
        "brief": brief.html,
        "official": brief.official,
        "office": office_of(assignment.action.network, language=language),
        "house": organisation(),
        "link": link,
        "qr": qr_drawing(link) if link else None,
        "site": settings.PUBLIC_URL.split("://", 1)[-1],
    }
    return render(request, "actions/paper.html", context)
