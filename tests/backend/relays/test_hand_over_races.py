"""Two who hand over, complete or end at once, and a worker killed half way: one of them happens, or nothing."""

import os
import signal
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection

from maillage import journal
from maillage.accounts import services as accounts
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.messaging import services as messaging
from maillage.messaging.models import Message
from maillage.relays import services
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.domain.notes import NoteKind
from maillage.relays.models import HandOver, SeatNote, Term
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder, make_network
from tests.backend.relays.test_promise_killed import die_after
from tests.backend.relays.test_races import at_once


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    return make_network()


def begun(net: SmallNetwork) -> HandOver:
    term, person = make_holder(net.seat("0101"))
    services.write_note(seat_id=term.seat_id, author_id=person.pk, kind=NoteKind.HELP, text="La mairie.", now=now())
    return services.begin_hand_over(term_id=term.pk, ends_on=in_days(2), gives_notes=True, by=person.user, now=now())


def test_two_organisers_complete_it_and_one_reads_who_was_faster(net: SmallNetwork):
    nadia, paul = net.organiser(name="Nadia Ferhat"), net.organiser("department", "01", name="Paul Autre")
    found = begun(net)
    first, second = make_application(net.seat("0101")), make_application(net.seat("0101"), email="other@people.example")

    def complete(by: Any, person_id: Any) -> Callable[[], object]:
        return lambda: services.complete_hand_over(hand_over_id=found.pk, successor_id=person_id, by=by, now=now())

    outcomes = at_once(complete(nadia, first.person_id), complete(paul, second.person_id))
    (term,) = [one for one in outcomes if isinstance(one, Term)]
    (conflict,) = [one for one in outcomes if isinstance(one, Conflict)]
    assert conflict.code == "hand_over_settled"
    assert conflict.extra["decided_by"] == term.application.decided_by.person.full_name
    assert Term.objects.filter(ends_at__isnull=True).get() == term


def test_the_holder_takes_it_back_while_it_is_completed(net: SmallNetwork):
    nadia = net.organiser()
    found = begun(net)
    at_once(
        lambda: services.complete_hand_over(hand_over_id=found.pk, by=nadia, now=now()),
        lambda: services.take_back_hand_over(hand_over_id=found.pk, by=found.term.person.user, now=now()),
    )
    found.refresh_from_db()
    is_done = found.status == HandOverStatus.DONE
    assert Term.objects.get().ends_at is None or is_done
    assert (SeatNote.objects.get().handed_at is not None) == is_done


def test_the_term_is_ended_otherwise_while_it_is_completed(net: SmallNetwork):
    nadia = net.organiser()
    found = begun(net)
    at_once(
        lambda: services.complete_hand_over(hand_over_id=found.pk, by=nadia, now=now()),
        lambda: services.end_term(term_id=found.term_id, by=nadia, now=now()),
    )
    found.refresh_from_db()
    assert found.status == HandOverStatus.DONE
    assert Term.objects.get().ending in ("handed_over", "ended_by_organiser")
    assert SeatNote.objects.get().handed_at is not None


def test_begun_twice_at_once_it_is_under_way_once(net: SmallNetwork):
    term, person = make_holder(net.seat("0101"))
    acts = [lambda: services.begin_hand_over(term_id=term.pk, ends_on=in_days(0), by=person.user, now=now())] * 2
    outcomes = at_once(*acts)
    assert len([one for one in outcomes if isinstance(one, Conflict)]) == 1
    assert HandOver.objects.count() == 1


@pytest.mark.parametrize(
    ("module", "name", "calls"),
    [
        (Term, "save", 1),
        (accounts, "end_grants", 1),
        (HandOver, "save", 1),
        (Term, "save", 2),
        (messaging, "queue_message", 1),
        (journal, "record", 3),
    ],
    ids=lambda value: getattr(value, "__name__", str(value)),
)
def test_killed_between_any_two_writes_nothing_has_happened_and_it_can_be_done(net: SmallNetwork, module: Any, name: str, calls: int):
    nadia = net.organiser()
    found = begun(net)
    application = make_application(net.seat("0101"))
    mails = Message.objects.count()
    child = os.fork()
    if not child:
        parents = connection.connection  # kept, so that it is not closed behind the parent's back
        connection.connection = None
        die_after(module, name, calls=calls)
        services.complete_hand_over(hand_over_id=found.pk, successor_id=application.person_id, by=nadia, now=now())
        os._exit(0 if parents else 1)
    _pid, status = os.waitpid(child, 0)
    assert os.WTERMSIG(status) == signal.SIGKILL
    found.refresh_from_db()
    assert (found.status, Term.objects.get().ends_at, SeatNote.objects.get().handed_at) == (HandOverStatus.BEGUN, None, None)
    assert Message.objects.count() == mails
    assert services.complete_hand_over(hand_over_id=found.pk, successor_id=application.person_id, by=nadia, now=now())
