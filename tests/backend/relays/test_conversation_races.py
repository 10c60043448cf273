"""Something is written to a place while whoever answers for it leaves or pauses: it waits for nobody who answers no more."""

from collections.abc import Callable
from threading import Event
from time import sleep

import pytest
from django.db import transaction

from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.relays import services
from maillage.relays.domain import ConversationStatus, TermKind
from maillage.relays.models import Conversation, Term
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, make_conversation, make_holder, make_network
from tests.backend.relays.test_races import at_once

LEAVES: dict[str, Callable[[Term], object]] = {
    "left": lambda term: services.end_term(term_id=term.pk, by=term.person.user, now=now()),
    "paused": lambda term: services.pause_term(term_id=term.pk, until=in_days(30), by=term.person.user, now=now()),
}


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    return make_network()


def one_after(first: Callable[[], object], second: Callable[[], object]) -> None:
    """Do the first, which is not committed yet when the second begins."""
    begun = Event()

    def slowly() -> None:
        with transaction.atomic():
            first()
            begun.set()
            sleep(0.5)

    def then() -> None:
        begun.wait(timeout=10)
        second()

    at_once(slowly, then)


@pytest.mark.parametrize("is_written_first", [True, False])
@pytest.mark.parametrize("leave", LEAVES)
def test_what_is_confirmed_while_the_relay_goes_waits_for_whoever_answers_then(net: SmallNetwork, leave: str, is_written_first: bool):
    organiser = net.organiser("department", "01")
    term, _ = make_holder(net.seat("0101"))
    conversation = make_conversation(net.seat("0101"), is_confirmed=False)
    acts = [lambda: services.confirm_conversation(conversation_id=conversation.pk, now=now()), lambda: LEAVES[leave](term)]
    one_after(*(acts if is_written_first else reversed(acts)))
    conversation.refresh_from_db()
    assert (conversation.status, conversation.answerer) == (ConversationStatus.WAITING, None)
    assert Message.objects.filter(purpose="relays.conversation_turn", person=organiser.person).count() == 1


@pytest.mark.parametrize("is_written_first", [True, False])
def test_what_is_written_once_more_while_the_relay_leaves_waits_for_the_organisers(net: SmallNetwork, is_written_first: bool):
    net.organiser("department", "01")
    term, relay = make_holder(net.seat("0101"))
    make_holder(net.seat("0101"), kind=TermKind.STAND_IN)
    conversation = make_conversation(net.seat("0101"), answer="Thursday.", by=relay.user)
    acts = [lambda: services.write_again(conversation_id=conversation.pk, words="Where?", now=now()), lambda: LEAVES["left"](term)]
    one_after(*(acts if is_written_first else reversed(acts)))
    assert not Conversation.objects.filter(answerer__isnull=False).exists()


def test_who_answers_one_message_while_another_is_confirmed_does_both(net: SmallNetwork):
    net.organiser("department", "01")
    _, relay = make_holder(net.seat("0101"))
    waits, fresh = make_conversation(net.seat("0101")), make_conversation(net.seat("0101"), email="b@visitors.example", is_confirmed=False)
    one_after(
        lambda: services.confirm_conversation(conversation_id=fresh.pk, now=now()),
        lambda: services.answer_conversation(conversation_id=waits.pk, words="Thursday.", by=relay.user, now=now()),
    )
    assert set(Conversation.objects.values_list("status", flat=True)) == {ConversationStatus.WAITING, ConversationStatus.ANSWERED}
