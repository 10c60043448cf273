"""What was written to a place is with whoever answers for it now, and they are mailed when it comes to them."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.accounts.models import User
from maillage.kernel.errors import Conflict
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of
from maillage.people.selectors import ladder
from maillage.relays.domain import ConversationStatus, Side
from maillage.relays.models import Conversation, Seat, Turn
from maillage.relays.selectors.conversations import Answerer, answerer_of


def give_conversation(conversation: Conversation, *, now: datetime) -> None:
    """Give a locked conversation to who answers for its place now; it is not saved. Raises: Conflict (`nobody_answers`)."""
    found = answerer_of(conversation.seat, now=now)
    if found is None:
        raise Conflict(_("Nobody answers for this place yet, so nothing can be written to it."), code="nobody_answers")
    _give(conversation, found)


def pass_conversations_on(*, seat_id: UUID, person_id: UUID, now: datetime) -> int:
    """Give what waits for somebody who answers for a place no more to whoever does, who are mailed; say how many went.

    Inside the transaction in which they paused, left or had been silent for too long. Where nobody answers it waits for
    whoever organises the place next. What is being answered in this very moment is passed over: it waits no more.
    """
    theirs = Conversation.objects.filter(seat=seat_id, answerer=person_id, status=ConversationStatus.WAITING)
    waiting = list(theirs.select_for_update(of=("self",), skip_locked=True).select_related("seat__area", "answerer").order_by("pk"))
    if not waiting:
        return 0
    seat = waiting[0].seat
    found = answerer_of(seat, now=now) or Answerer(person=None, kind=None)
    organisers = _nearest_organisers(seat, now=now)
    passed = 0
    for conversation in waiting:
        _give(conversation, found)
        if conversation.answerer_id == person_id:
            continue
        conversation.save(update_fields=["answerer"])
        _tell(conversation, conversation.turns.latest("number"), organisers, now=now)
        passed += 1
    return passed


def tell_seat(conversation: Conversation, turn: Turn, *, now: datetime) -> None:
    """Mail what was written last to who answers it: the relay or stand-in, else the nearest organisers."""
    organisers = () if conversation.answerer is not None else _nearest_organisers(conversation.seat, now=now)
    _tell(conversation, turn, organisers, now=now)


def _tell(conversation: Conversation, turn: Turn, organisers: tuple[User, ...], *, now: datetime) -> None:
    if conversation.answerer is not None:
        messaging.queue_message("relays.conversation_turn", person=conversation.answerer, about_id=turn.pk, now=now)
        return
    messaging.queue_messages("relays.conversation_turn", [recipient_of(user, about_id=turn.pk) for user in organisers], now=now)


def _nearest_organisers(seat: Seat, *, now: datetime) -> tuple[User, ...]:
    nearest = next(iter(ladder(seat.area_id, now=now)), None)
    return nearest.organisers if nearest else ()


def _give(conversation: Conversation, found: Answerer) -> None:
    """Another holder never reads what was said to the one before, the organisers do."""
    was_asked = conversation.turns.filter(side=Side.SEAT).exists()
    same = found.person is not None and found.person.pk == conversation.answerer_id
    conversation.answerer = found.person if same or not was_asked else None
