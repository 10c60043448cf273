"""A message leaves: prepared in one short transaction, handed over in none, settled in another (architecture, section 4)."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.db import transaction
from django.urls import reverse
from django.utils import translation

from maillage import journal
from maillage.kernel.links import sign_link
from maillage.messaging.domain import PURPOSES, RENDERERS, AttemptOutcome, MessageStatus, Reason, RecipientKind, gate, next_try
from maillage.messaging.domain.stop import STOP_KEPT, STOP_LINK
from maillage.messaging.gateways import email
from maillage.messaging.models import Attempt, Message
from maillage.messaging.selectors.circumstances import channel_by_hand, circumstances_of, why_not_passed_on
from maillage.messaging.services.compose import compose
from maillage.messaging.services.origins import with_origins
from maillage.messaging.services.preference_letters import preferences_address
from maillage.messaging.services.queue import DELIVER
from maillage.people.selectors import mailbox_mark, record_reached


def deliver_message(*, message_id: UUID, now: datetime) -> MessageStatus | None:
    """Send a message that still waits, if the gate lets it; return where it stands, None when it is gone.

    Safe to run twice: a message that was handed over is left alone. Killed between the server's "250" and our commit,
    it leaves again with the same Message-ID. A server that says "not now" is asked again for about a day.
    """
    mail = _prepare(message_id, now=now)
    if mail is None:
        status = Message.objects.filter(pk=message_id).values_list("status", flat=True).first()
        return MessageStatus(status) if status else None
    return _settle(message_id, email.hand_over(mail), now=now)


def _prepare(message_id: UUID, *, now: datetime) -> email.Mail | None:
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=message_id).first()
        if message is None or message.status != MessageStatus.QUEUED:
            journal.jobs.settle()
            return None
        purpose = PURPOSES.get(message.purpose)
        address, circumstances = circumstances_of(message)
        reason = gate(purpose, circumstances)
        if reason == Reason.NO_ADDRESS and not (purpose and purpose.confides):
            reason = _leave_to_a_hand(message)
            if reason is None:
                journal.jobs.settle()
                return None
        mail = None if reason else _render(message, address)
        if mail is None:
            message.status, message.refusal = MessageStatus.REFUSED, reason or Reason.NOTHING_TO_SAY
            _empty(message)
            message.save(update_fields=["status", "refusal", "secret", "address"])
            journal.jobs.settle()
        return mail


def _leave_to_a_hand(message: Message) -> Reason | None:
    """Leave what no mail can bring to a human of the place, on the first way that the person gave; say why the same gate does not."""
    channel = channel_by_hand(message)
    if not channel:
        return Reason.NO_ADDRESS
    message.channel = channel
    reason = why_not_passed_on(message)
    if reason is None:
        message.status = MessageStatus.BY_HAND
        message.save(update_fields=["channel", "status"])
    return reason


def _render(message: Message, address: str) -> email.Mail | None:
    purpose = PURPOSES[message.purpose]
    with translation.override(message.language):
        try:
            letter = with_origins(RENDERERS[message.purpose](message), message)
        except (LookupError, ObjectDoesNotExist):
            return None
        mailbox = mailbox_mark(address)
        stop_url = stop_address(message, mailbox=mailbox) if purpose.carries_stop else ""
        is_to_person = message.recipient_kind == RecipientKind.PERSON
        choices = record_reached(message.person_id, address) if message.person_id and is_to_person else None
        rendered = compose(
            letter,
            language=message.language,
            stop_url=stop_url,
            stop_title=str(purpose.title),
            choices_url=preferences_address(choices, mailbox=[mailbox], language=message.language, now=message.queued_at)
            if choices
            else "",
        )
    headers = {"List-Unsubscribe": f"<{stop_url}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"} if stop_url else {}
    return email.Mail(
        id=message.pk,
        to=address,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        attachments=rendered.attachments,
        reply_to=message.reply_to,
        language=message.language,
        headers=headers,
    )


def stop_address(message: Message, *, mailbox: UUID) -> str:
    """Return the address of the page that stops what this message is; RFC 8058 posts to it without a login.

    `mailbox` (`mailbox_mark`) goes on to the page of choices, which is shown to that mailbox while it is theirs.
    """
    token = sign_link(STOP_LINK, ids=[message.pk, mailbox], ends_at=message.queued_at + STOP_KEPT)
    with translation.override(message.language):
        return f"{settings.PUBLIC_URL}{reverse('mail-stop', args=[token])}"


def _settle(message_id: UUID, answer: email.Answer, *, now: datetime) -> MessageStatus | None:
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(pk=message_id).first()
        if message is None or message.status != MessageStatus.QUEUED:
            journal.jobs.settle()
            return None
        Attempt.objects.create(message=message, at=now, outcome=answer.outcome, code=answer.code)
        if answer.outcome == AttemptOutcome.TAKEN:
            message.status, message.sent_at = MessageStatus.SENT, now
        elif answer.outcome == AttemptOutcome.NEVER or not _try_again(message, now=now):
            message.status = MessageStatus.FAILED
        if message.status != MessageStatus.QUEUED:
            _empty(message)
            message.save(update_fields=["status", "sent_at", "secret", "address"])
        journal.jobs.settle()
    return MessageStatus(message.status)


def _empty(message: Message) -> None:
    """Keep nothing of what was said, nor of an address, once it was written to or will not be: it may be nobody's of whom it is said."""
    message.secret = None
    if message.recipient_kind == RecipientKind.ADDRESS:
        message.address = ""


def _try_again(message: Message, *, now: datetime) -> bool:
    again_at = next_try(tries=message.attempts.count(), now=now)
    if again_at is not None:
        journal.jobs.enqueue(DELIVER, run_at=again_at, queue=message.lane, message_id=message.pk)
    return again_at is not None
