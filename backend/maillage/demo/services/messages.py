"""What people wrote to one place: a conversation that was answered, and one that waits; and who is told when something is wrong."""

from datetime import datetime, timedelta

from maillage.accounts.models import User
from maillage.demo.domain.texts import CONVERSATIONS
from maillage.relays import services as relays
from maillage.relays.models import Conversation, Seat, Term

DAYS_AGO = (3, 1)
ANSWERED_AFTER = timedelta(hours=5)


def write_to_one_place(seat: Seat, *, named: User, now: datetime) -> None:
    """Let two visitors write to the demo's relay, who has answered the first, and name who reads concerns."""
    relays.name_safety_contacts(emails=[named.email], by=named, now=now)
    holder = Term.objects.select_related("person__user").get(seat=seat, ends_at__isnull=True).person.user
    if holder is None:
        raise RuntimeError("the relay of the demo signs in")
    for days, (name, email, words, answer) in zip(DAYS_AGO, CONVERSATIONS, strict=True):
        at = now - timedelta(days=days)
        relays.write_to_seat(seat_id=seat.pk, name=name, email=email, words=words, language="fr", now=at)
        conversation = relays.confirm_conversation(conversation_id=Conversation.objects.get(writer_email=email).pk, now=at)
        if answer:
            relays.answer_conversation(conversation_id=conversation.pk, words=answer, by=holder, now=at + ANSWERED_AFTER)
