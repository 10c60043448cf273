"""What no mail can bring: posted, called or texted by a human, who says so once; and undone."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, NotFound
from maillage.messaging.domain import RENDERERS, AttemptOutcome, Letter, MessageStatus, Reason
from maillage.messaging.models import Attempt, Message
from maillage.messaging.selectors.circumstances import why_not_passed_on
from maillage.messaging.services.origins import with_origins

CODE = "by_hand"

STOPPED = (Reason.STOPPED, Reason.NO_CONSENT)
"""What the gate says of a message of which its person wants no more."""


def letter_of(message: Message) -> Letter:
    """Write a message in the words and the language of its reader, as it would have left. Raises: NotFound (nothing left to say)."""
    with translation.override(message.language):
        try:
            return with_origins(RENDERERS[message.purpose](message), message)
        except LookupError:
            raise NotFound(_("What it was about is gone: there is nothing left to say."), code="nothing_to_say") from None


def note_passed_on(*, message_id: UUID, by: User, now: datetime) -> Message:
    """Keep that somebody posted, said or texted a message: done once, whoever else tries.

    Facts: message.passed_on.  Raises: NotFound, Conflict (`already_passed_on`).
    """
    with transaction.atomic():
        message = _locked(message_id)
        if message.status != MessageStatus.BY_HAND:
            raise Conflict(_("Somebody has already done this one."), code="already_passed_on")
        Attempt.objects.create(message=message, at=now, outcome=AttemptOutcome.TAKEN, code=CODE)
        message.status, message.sent_at = MessageStatus.SENT, now
        message.save(update_fields=["status", "sent_at"])
        journal.record("message.passed_on", subject=message, at=now, actor_id=by.pk, channel=message.channel)
    return message


def refuse_stopped(*, person_id: UUID) -> None:
    """Let wait no more for a human what a person has just said they want no more of."""
    for message in Message.objects.select_for_update(of=("self",)).filter(person_id=person_id, status=MessageStatus.BY_HAND).order_by("pk"):
        reason = why_not_passed_on(message)
        if reason in STOPPED:
            message.status, message.refusal = MessageStatus.REFUSED, reason
            message.save(update_fields=["status", "refusal"])


def undo_passed_on(*, message_id: UUID, by: User, now: datetime) -> Message:
    """Let a message wait again that was marked by mistake. Safe to repeat.

    Facts: message.taken_back.  Raises: NotFound, Conflict (`stopped_since`).
    """
    with transaction.atomic():
        message = _locked(message_id)
        if message.status == MessageStatus.SENT:
            if why_not_passed_on(message) in STOPPED:
                raise Conflict(_("They want no more of this since: it does not wait to be passed on again."), code="stopped_since")
            message.attempts.filter(code=CODE).delete()
            message.status, message.sent_at = MessageStatus.BY_HAND, None
            message.save(update_fields=["status", "sent_at"])
            journal.record("message.taken_back", subject=message, at=now, actor_id=by.pk)
    return message


def _locked(message_id: UUID) -> Message:
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise NotFound(code="letter_unknown")
    return message
