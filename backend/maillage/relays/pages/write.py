"""Writing to whoever answers for a place: a form that needs no script, the page of its mail, and what the browser is told."""

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
from maillage.kernel.forms import shown_again, texts_typed
from maillage.kernel.http import not_found
from maillage.kernel.ids import uuid7
from maillage.kernel.links import read_link
from maillage.relays import services
from maillage.relays.domain import CONFIRM_WITHIN, LONGEST_WORDS, WRITE_LINK, ConversationStatus
from maillage.relays.models import SeatStanding
from maillage.relays.pages.place_form import answer_form
from maillage.relays.selectors import seats
from maillage.relays.selectors.conversations import answerer_of, own_conversation

TEXTS = {"name": 100, "email": 254, "words": LONGEST_WORDS}
"""The fields of the form and how many letters each takes."""


@csrf_exempt  # anyone may write, signed in or not: no cookie is read, so there is nothing to forge (decision 16)
@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form, or take it; what was typed comes back with what is wrong with it."""
    return answer_form(request, code, address="write", limit="relays.write", show=_form, take=_take)


@idempotent
def _take(request: HttpRequest, *, code: str) -> HttpResponse:
    said = texts_typed(request, TEXTS)
    services.write_to_seat(
        seat_id=seats.open_seat(code, now=read_clock()).seat_id,
        name=said["name"],
        email=said["email"],
        words=said["words"],
        language=get_language() or "fr",
        now=read_clock(),
    )
    return HttpResponseRedirect(reverse("write-sent", kwargs={"code": code}), status=303)


@never_cache
@require_safe
def written(request: HttpRequest, code: str) -> HttpResponse:
    """Say that a mail waits, the same whatever the address; the address stands nowhere in this page."""
    try:
        seat = seats.open_seat(code, now=read_clock())
    except NotFound:
        return not_found(request)
    return render(request, "relays/written.html", {"seat": seat, "days": CONFIRM_WITHIN.days, "mailbox_url": settings.MAILBOX_URL})


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_written(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was written under this address, and ask whether it was they; only a POST sends it or erases it."""
    try:
        (conversation_id,) = read_link(WRITE_LINK, token, now=read_clock())
        if request.method == "POST":
            said = request.POST.get("was")
            if said == "me":
                services.confirm_conversation(conversation_id=conversation_id, now=read_clock())
            elif said == "not-me":  # of anything else nothing follows: the question is asked again
                services.forget_conversation(conversation_id=conversation_id, now=read_clock())
            return redirect("write-confirm", token=token)
        conversation = own_conversation(conversation_id)
    except NotFound as refusal:
        if refusal.code == "conversation_unknown":
            return render(request, "relays/write_confirm.html", {"is_gone": True})
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    context = {
        "conversation": conversation,
        "words": conversation.turns.get(number=1).words if conversation.status == ConversationStatus.UNCONFIRMED else "",
        "is_sent": conversation.status != ConversationStatus.UNCONFIRMED,
    }
    return render(request, "relays/write_confirm.html", context)


def _form(request: HttpRequest, seat: SeatStanding, *, refusal: Refusal | None = None) -> HttpResponse:
    answerer = answerer_of(seat.seat, now=read_clock())
    person = answerer.person if answerer else None
    context: dict[str, Any] = {
        "seat": seat,
        "answerer": answerer,
        "name": person.given_name if person and person.shows_given_name else "",
        "key": uuid7(),
        **shown_again(request, TEXTS, refusal),
    }
    return render(request, "relays/write.html", context, status=refusal.status if refusal else 200)
