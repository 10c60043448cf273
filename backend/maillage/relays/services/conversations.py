"""Writing to whoever answers for a place, through the platform: two turns each, then it ends."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.text import typed
from maillage.messaging import selectors as messages
from maillage.messaging import services as messaging
from maillage.messaging.domain import RecipientKind
from maillage.people.domain import Channel, normal_value
from maillage.people.models import Person
from maillage.relays.domain import (
    BLOCKED,
    CONFIRM_CONVERSATION,
    CONFIRM_WITHIN,
    CONVERSATION_KEPT,
    LONGEST_WORDS,
    MOST_TURNS,
    ConversationStatus,
    Side,
)
from maillage.relays.models import Conversation, Seat, Turn
from maillage.relays.selectors.conversations import answerer_of
from maillage.relays.services.answering import give_conversation, tell_seat
from maillage.relays.services.forms import note_wanted, typed_too_often, wrong_contact
from maillage.relays.services.terms import note_sign_of_life

CONFIRM = CONFIRM_CONVERSATION

FORGOTTEN_AT_ONCE = 500


def write_to_seat(*, seat_id: UUID, name: str, email: str, words: str, language: str, now: datetime) -> None:
    """Keep what somebody writes to whoever answers for a place, and ask their address to confirm; nobody else is written to.

    The answer is the same for an address that was blocked (nothing is kept), or one that was typed here too often today.
    Facts: conversation.begun.  Raises: NotFound (seat), Conflict (`nobody_answers`), Invalid by field.
    """
    seat = Seat.objects.select_related("area").filter(pk=seat_id).first()
    if seat is None:
        raise NotFound(code="seat_unknown")
    if answerer_of(seat, now=now) is None:
        raise Conflict(_("Nobody answers for this place yet, so nothing can be written to it."), code="nobody_answers")
    name, fields = " ".join(typed(name).split()), wrong_contact(Channel.EMAIL, email)
    if not name:
        fields["name"] = [_("Write your name as you want to be answered.")]
    if mistake := _mistake(words):
        fields["words"] = [mistake]
    if fields:
        raise Invalid(_("Some fields need another look."), fields=fields)
    address = normal_value(Channel.EMAIL, email)
    if messages.is_suppressed(address, purpose=CONFIRM) or typed_too_often("write", address, now=now):
        return
    with transaction.atomic():
        conversation = Conversation.objects.create(
            seat=seat, writer_name=name[:100], writer_email=address, language=language, created_at=now, last_at=now
        )
        Turn.objects.create(conversation=conversation, number=1, side=Side.WRITER, words=typed(words).strip(), at=now)
        _tell_writer(CONFIRM, conversation, about_id=conversation.pk, now=now)
        journal.record("conversation.begun", subject=conversation, at=now, seat_id=seat.pk)


def confirm_conversation(*, conversation_id: UUID, now: datetime) -> Conversation:
    """Give what was written to whoever answers for the place, now that its writer confirmed the address. Safe to repeat.

    Facts: conversation.confirmed.  Raises: NotFound, Conflict (`nobody_answers`).
    """
    with transaction.atomic():
        conversation = _locked_to_give(conversation_id)
        if conversation.status != ConversationStatus.UNCONFIRMED:
            return conversation
        note_wanted("write", conversation.writer_email)
        conversation.status, conversation.confirmed_at, conversation.last_at = ConversationStatus.WAITING, now, now
        give_conversation(conversation, now=now)
        conversation.save(update_fields=["status", "confirmed_at", "last_at", "answerer"])
        tell_seat(conversation, conversation.turns.get(number=1), now=now)
        journal.record("conversation.confirmed", subject=conversation, at=now, seat_id=conversation.seat_id)
    return conversation


def answer_conversation(*, conversation_id: UUID, words: str, by: User, now: datetime) -> Conversation:
    """Answer whoever wrote; the mail shows neither the answerer's address nor their full name. The second answer ends it.

    Who answers as the holder gives a sign of life. Facts: conversation.answered.
    Raises: NotFound, Invalid (words), Conflict (`already_answered`, `conversation_ended`).
    """
    if mistake := _mistake(words):
        raise Invalid(fields={"words": [mistake]})
    with transaction.atomic():
        conversation = _locked(conversation_id)
        _expect(conversation, ConversationStatus.WAITING)
        author = Person.objects.filter(user=by).first()
        turn = _say(conversation, Side.SEAT, words, author=author, now=now)
        if author is not None and author.pk == conversation.answerer_id:
            note_sign_of_life(person_id=author.pk, now=now)
        _tell_writer("relays.conversation_answer", conversation, about_id=turn.pk, now=now)
        journal.record("conversation.answered", subject=conversation, at=now, actor_id=by.pk, seat_id=conversation.seat_id)
    return conversation


def write_again(*, conversation_id: UUID, words: str, now: datetime) -> Conversation:
    """Say one thing more, once, after an answer; it goes to who answers for the place now.

    Facts: conversation.continued.  Raises: NotFound, Invalid (words), Conflict (`not_your_turn`, `conversation_ended`).
    """
    if mistake := _mistake(words):
        raise Invalid(fields={"words": [mistake]})
    with transaction.atomic():
        conversation = _locked_to_give(conversation_id)
        _expect(conversation, ConversationStatus.ANSWERED)
        turn = _say(conversation, Side.WRITER, words, author=None, now=now)
        give_conversation(conversation, now=now)
        conversation.save(update_fields=["answerer"])
        tell_seat(conversation, turn, now=now)
        journal.record("conversation.continued", subject=conversation, at=now, seat_id=conversation.seat_id)
    return conversation


def end_conversation(*, conversation_id: UUID, by: User | None, now: datetime) -> Conversation:
    """End a conversation; nobody is told, and nothing more can be said in it. Safe to repeat. Facts: conversation.ended."""
    with transaction.atomic():
        conversation = _locked(conversation_id)
        if conversation.status != ConversationStatus.ENDED:
            conversation.status, conversation.ended_at = ConversationStatus.ENDED, now
            conversation.save(update_fields=["status", "ended_at"])
            journal.record("conversation.ended", subject=conversation, at=now, actor_id=by.pk if by else None, seat_id=conversation.seat_id)
    return conversation


def block_writer(*, conversation_id: UUID, by: User, now: datetime) -> Conversation:
    """Take nothing more from whoever wrote, to any seat: a keyed hash of their address is kept, and all they began here ends.

    They are not told; a form sent from that address is answered as ever. Facts: address.suppressed, conversation.ended.
    """
    with transaction.atomic():
        conversation = _locked(conversation_id)
        messaging.suppress_address(address=conversation.writer_email, purpose=CONFIRM, reason=BLOCKED, now=now)
        begun = Conversation.objects.filter(writer_email=conversation.writer_email).exclude(status=ConversationStatus.ENDED)
        begun.filter(status=ConversationStatus.UNCONFIRMED).delete()
        for other_id in begun.order_by("pk").values_list("pk", flat=True):
            end_conversation(conversation_id=other_id, by=by, now=now)
        conversation.refresh_from_db()
    return conversation


def unblock_writer(*, conversation_id: UUID, by: User, now: datetime) -> Conversation:
    """Take again what a writer who was blocked sends, at any place; what ended then stays ended. Safe to repeat.

    Facts: address.released.
    """
    with transaction.atomic():
        conversation = _locked(conversation_id)
        messaging.release_address(address=conversation.writer_email, purpose=CONFIRM, reason=BLOCKED, now=now)
    return conversation


def forget_conversation(*, conversation_id: UUID, now: datetime) -> None:
    """Erase a conversation at the wish of whoever wrote, or because it was not they. Safe to repeat.

    What was told as a concern keeps its own copy, until that is closed and its year over. Facts: conversation.forgotten.
    """
    with transaction.atomic():
        conversation = Conversation.objects.select_for_update().filter(pk=conversation_id).first()
        if conversation is not None:
            journal.record("conversation.forgotten", subject=conversation, at=now, seat_id=conversation.seat_id)
            conversation.delete()


def forget_conversations(*, now: datetime) -> int:
    """Delete what nobody confirmed in a week, and what was last said a year ago; say how many."""
    unconfirmed = Conversation.objects.filter(status=ConversationStatus.UNCONFIRMED, created_at__lt=now - CONFIRM_WITHIN)
    past = Conversation.objects.filter(last_at__lt=now - CONVERSATION_KEPT)
    old = [*unconfirmed.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE], *past.values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE]]
    for conversation_id in old:
        forget_conversation(conversation_id=conversation_id, now=now)
    return len(old)


def _say(conversation: Conversation, side: Side, words: str, *, author: Person | None, now: datetime) -> Turn:
    number = conversation.turns.count() + 1
    try:
        with transaction.atomic():
            turn = Turn.objects.create(
                conversation=conversation, number=number, side=side, author=author, words=typed(words).strip(), at=now
            )
    except IntegrityError:  # the lock keeps this from happening; the database has the last word
        raise Conflict(_("Somebody was faster. Read what they said first."), code="already_answered") from None
    conversation.status = ConversationStatus.ANSWERED if side == Side.SEAT else ConversationStatus.WAITING
    conversation.last_at = now
    if number >= MOST_TURNS:
        conversation.status, conversation.ended_at = ConversationStatus.ENDED, now
    conversation.save(update_fields=["status", "last_at", "ended_at"])
    return turn


def _expect(conversation: Conversation, status: ConversationStatus) -> None:
    if conversation.status == ConversationStatus.ENDED:
        raise Conflict(_("This conversation has ended. A new one can be begun from the page of the place."), code="conversation_ended")
    if conversation.status != status:
        code = "already_answered" if status == ConversationStatus.WAITING else "not_your_turn"
        raise Conflict(_("It is the other's turn: what was said last has not been answered yet."), code=code)


def _tell_writer(purpose: str, conversation: Conversation, *, about_id: UUID, now: datetime) -> None:
    messaging.queue_message(
        purpose,
        address=conversation.writer_email,
        kind=RecipientKind.ADDRESS,
        language=conversation.language,
        about_id=about_id,
        now=now,
    )


def _mistake(words: str) -> str:
    if not typed(words).strip():
        return _("Write a few words first.")
    return _("At most %(most)s letters fit here.") % {"most": LONGEST_WORDS} if len(words) > LONGEST_WORDS else ""


def _locked_to_give(conversation_id: UUID) -> Conversation:
    """Lock the terms of its seat before a conversation, as whatever ends or pauses one does: nobody leaves while it is given to them.

    Against that alone: two messages to a place, and a sign of life of who answers there, wait for nothing. The relay's first, as
    at a hand-over.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT term.id FROM relays_term term JOIN relays_conversation conversation USING (seat_id)"
            " WHERE conversation.id = %s AND term.ends_at IS NULL ORDER BY term.kind FOR KEY SHARE OF term",
            [conversation_id],
        )
    return _locked(conversation_id)


def _locked(conversation_id: UUID) -> Conversation:
    found = Conversation.objects.select_for_update(of=("self",)).select_related("seat__area", "answerer").filter(pk=conversation_id).first()
    if found is None:
        raise NotFound(code="conversation_unknown")
    return found
