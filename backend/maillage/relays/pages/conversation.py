"""One's own conversation with whoever answers for a place, behind the link of its mails. GET shows and changes nothing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound, Refusal
from maillage.kernel.forms import shown_again, texts_typed
from maillage.kernel.ids import uuid7
from maillage.kernel.links import read_link
from maillage.kernel.rest.throttles import limit_page
from maillage.relays import services
from maillage.relays.domain import CONVERSATION_LINK, LONGEST_WORDS, ConversationStatus, concern_due
from maillage.relays.models import Conversation
from maillage.relays.selectors.concerns import readers_for_visitor, somebody_is_named, standing_from, zone_of
from maillage.relays.selectors.conversations import own_conversation, shown_answerer
from maillage.relays.services.concerns import LONGEST


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def conversation(request: HttpRequest, token: str) -> HttpResponse:
    """Show what was said; posted, say one thing more, end it, or erase it."""
    refusal: Refusal | None = None
    try:
        found = _own(token)
        if request.method == "POST":
            try:
                limit_page(request, name="relays.conversation")
                answer: HttpResponse = _act(request, found, token)
                return answer
            except Refusal as refused:
                refusal = refused
                found = _own(token)
    except Refusal as gone:
        return _gone(request, gone)
    context: dict[str, Any] = {
        "conversation": found,
        "turns": found.turns.order_by("number"),
        "name": shown_answerer(found),
        "may_write": found.status == ConversationStatus.ANSWERED,
        "token": token,
        "typed": request.POST.get("words", ""),
        "refusal": refusal,
        "error": " ".join(refusal.fields.get("words", ())) if refusal else "",
        "key": uuid7(),
        "most": LONGEST_WORDS,
    }
    return render(request, "relays/conversation.html", context, status=refusal.status if refusal else 200)


@idempotent
def _act(request: HttpRequest, found: Conversation, token: str) -> HttpResponse:
    way = request.POST.get("way")
    if way == "erase":
        services.forget_conversation(conversation_id=found.pk, now=now())
    elif way == "end":
        services.end_conversation(conversation_id=found.pk, by=None, now=now())
    else:
        services.write_again(conversation_id=found.pk, words=request.POST.get("words", "").replace("\r\n", "\n"), now=now())
    return redirect("conversation", token=token)


@csrf_exempt  # as above
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def wrong(request: HttpRequest, token: str) -> HttpResponse:
    """Tell that something is wrong with a conversation: who reads it, and by when, stands above the form and is sent with it."""
    refusal: Refusal | None = None
    try:
        found = _own(token)
        if request.method == "POST":
            try:
                limit_page(request, name="relays.concern")
                answer: HttpResponse = _tell(request, found, token)
                return answer
            except Refusal as refused:
                refusal = refused
    except Refusal as gone:
        return _gone(request, gone)
    is_asked = "again" in request.GET or refusal is not None
    told = None if is_asked else found.concerns.filter(from_writer=True).order_by("-made_at").first()
    instant, zone = now(), zone_of(found.seat.area)
    readers = readers_for_visitor(found.seat.area, now=instant)
    standing = standing_from(told.rung, now=instant, past=told.passed_over) if told else readers.first
    context: dict[str, Any] = {
        "conversation": found,
        "told": told,
        "reader": standing.name,
        "seen": readers.seen,
        "is_alone": readers.is_alone,
        "is_named": somebody_is_named(instant),
        "due_at": told.due_at if told else concern_due(instant, zone=zone),
        "zone": zone,
        "token": token,
        "key": uuid7(),
        **shown_again(request, LONGEST, refusal),
    }
    return render(request, "relays/wrong.html", context, status=refusal.status if refusal else 200)


@idempotent
def _tell(request: HttpRequest, found: Conversation, token: str) -> HttpResponse:
    said = texts_typed(request, LONGEST)
    services.tell_concern(
        what=said["what"],
        who=said["who"],
        happened=said["happened"],
        seen=request.POST.get("reader"),
        conversation=found,
        now=now(),
    )
    return redirect("conversation-wrong", token=token)


def _own(token: str) -> Conversation:
    (conversation_id,) = read_link(CONVERSATION_LINK, token, now=now())
    return own_conversation(conversation_id)


def _gone(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    if isinstance(refusal, NotFound) and refusal.code == "conversation_unknown":
        return render(request, "relays/write_confirm.html", {"is_gone": True})
    return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
