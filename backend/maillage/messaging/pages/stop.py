"""The page behind the link that stops a kind of mail (RFC 8058)."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal
from maillage.kernel.links import read_link
from maillage.messaging import services
from maillage.messaging.domain import PURPOSES
from maillage.messaging.domain.stop import STOP_LINK
from maillage.messaging.models import Message
from maillage.messaging.services.preference_letters import preferences_address


@csrf_exempt  # a mail program posts here without having read the page: the signed token is what proves the right
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Show what would stop and a button (GET changes nothing: scanners open links); POST stops it, without login or redirect."""
    try:
        message_id, *mailbox = read_link(STOP_LINK, token, now=now())
        if request.method == "POST":
            services.stop_purpose(message_id=message_id, now=now())
    except Refusal as refusal:
        return render(request, "messaging/stop.html", {"trouble": refusal.detail}, status=refusal.status)
    context = {"what": _what(message_id), "is_stopped": request.method == "POST", "choices_url": _choices(message_id, mailbox=mailbox)}
    return render(request, "messaging/stop.html", context)


def _choices(message_id: UUID, *, mailbox: Sequence[UUID]) -> str:
    person_id = Message.objects.filter(pk=message_id).values_list("person_id", flat=True).first()
    return preferences_address(person_id, mailbox=mailbox, language=get_language() or "", now=now()) if person_id else ""


def _what(message_id: UUID) -> str:
    name = Message.objects.filter(pk=message_id).values_list("purpose", flat=True).first()
    purpose = PURPOSES.get(name or "")
    return str(purpose.title) if purpose else ""
