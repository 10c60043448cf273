"""Killed between any two writes: a letter is passed on once or not at all, and the owner of an address is asked once."""

import os
import signal
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from maillage import journal
from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.messaging import services as messaging
from maillage.messaging.domain import MessageStatus
from maillage.messaging.models import Attempt, Message, Suppression
from maillage.messaging.services import by_hand
from maillage.messaging.services.imported import ask_imported_addresses
from maillage.messaging.services.questions import IMPORTED
from maillage.people.domain import Channel
from maillage.people.domain.waiting import ASKED_FROM
from maillage.people.models import Consent, ContactPoint, Person, WaitingAddress
from maillage.people.services import confirm_entered_address
from tests.backend.people.factories import make_person
from tests.backend.people.import_files import agreement, imported, line, organiser_of
from tests.backend.relays.factories import make_application, make_network
from tests.backend.relays.test_promise_killed import die_after
from tests.backend.territories.factories import make_small_country


def run_and_die(act: Callable[[], object], module: Any, name: str, *, calls: int = 1) -> int:
    """Do something in a process of its own that dies there; return the signal that ended it."""
    child = os.fork()
    if not child:
        parents = connection.connection  # kept, so that it is not closed behind the parent's back
        connection.connection = None
        die_after(module, name, calls=calls)
        act()
        os._exit(0 if parents else 1)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


@pytest.fixture
def letter(transactional_db: None) -> Message:
    """What an organiser decided about somebody who gave a postal address alone; queued."""
    net = make_network()
    person = make_person(given_name="Odette", family_name="Marchand", area=net.country.area("0101"))
    ContactPoint.objects.create(person=person, channel=Channel.POST, value="3 rue du Pont", verified_at=now(), is_preferred=True)
    application = make_application(net.seat("0101"), person=person, decision_words="Merci, le siège est promis.")
    message = messaging.queue_message("relays.application_declined", person=person, about_id=application.pk, now=now())
    assert message
    net.organiser("department", "01", name="Inès Prat")
    return message


def by() -> User:
    return User.objects.get(person__given_name="Inès")


def test_a_letter_that_is_killed_on_its_way_to_a_hand_waits_for_one(letter: Message) -> None:
    deliver = lambda: messaging.deliver_message(message_id=letter.pk, now=now())  # noqa: E731
    assert run_and_die(deliver, Message, "save") == signal.SIGKILL
    letter.refresh_from_db()
    assert (letter.status, letter.channel) == (MessageStatus.QUEUED, Channel.EMAIL)
    assert [deliver(), deliver()] == [MessageStatus.BY_HAND] * 2


@pytest.mark.parametrize(("module", "name"), [(Attempt.objects, "create"), (Message, "save"), (journal, "record")])
def test_who_dies_while_marking_it_as_passed_on_has_not(letter: Message, module: Any, name: str) -> None:
    messaging.deliver_message(message_id=letter.pk, now=now())
    entries, act = Entry.objects.count(), lambda: by_hand.note_passed_on(message_id=letter.pk, by=by(), now=now())
    assert run_and_die(act, module, name) == signal.SIGKILL
    letter.refresh_from_db()
    assert (letter.status, letter.sent_at, Attempt.objects.count(), Entry.objects.count()) == (MessageStatus.BY_HAND, None, 0, entries)
    act()
    letter.refresh_from_db()
    assert (letter.status, Attempt.objects.count(), Entry.objects.count()) == (MessageStatus.SENT, 1, entries + 1)


@pytest.mark.parametrize(("module", "name"), [(Message, "save"), (journal, "record")])
def test_who_dies_while_undoing_it_has_undone_nothing(letter: Message, module: Any, name: str) -> None:
    messaging.deliver_message(message_id=letter.pk, now=now())
    by_hand.note_passed_on(message_id=letter.pk, by=by(), now=now())
    act = lambda: by_hand.undo_passed_on(message_id=letter.pk, by=by(), now=now())  # noqa: E731
    assert run_and_die(act, module, name) == signal.SIGKILL
    letter.refresh_from_db()
    assert (letter.status, Attempt.objects.count()) == (MessageStatus.SENT, 1)
    act()
    letter.refresh_from_db()
    assert (letter.status, Attempt.objects.count()) == (MessageStatus.BY_HAND, 0)


@pytest.fixture
def waiting(transactional_db: None) -> Person:
    """Somebody of a file, whose address waits to be asked."""
    country = make_small_country()
    imported(
        organiser_of(country),
        [line(email="n@people.example", agreed="oui", on="01/03/2026", paper="B-1")],
        consents=[agreement()],
    )
    return Person.objects.get()


def later() -> datetime:
    return now() + ASKED_FROM + timedelta(minutes=1)


@pytest.mark.parametrize(
    ("module", "name"),
    [(WaitingAddress.objects, "bulk_update"), (Suppression.objects, "bulk_create"), (journal.jobs, "enqueue_many")],
    ids=["marked", "remembered", "queued"],
)
def test_who_dies_while_asking_has_asked_nobody_and_the_next_asks_once(waiting: Person, module: Any, name: str) -> None:
    assert run_and_die(lambda: ask_imported_addresses(now=later()), module, name) == signal.SIGKILL
    assert (Message.objects.count(), Suppression.objects.count(), WaitingAddress.objects.get().state) == (0, 0, "waiting")
    assert [ask_imported_addresses(now=later()) for _time in range(2)] == [1, 0]
    assert Message.objects.filter(purpose=IMPORTED.name).count() == 1


@pytest.mark.parametrize(("module", "name"), [(ContactPoint, "save"), (WaitingAddress, "save"), (Consent.objects, "create")])
def test_a_yes_that_is_killed_can_be_said_again(waiting: Person, module: Any, name: str) -> None:
    ask_imported_addresses(now=later())
    point = waiting.contact_points.get()
    act = lambda: confirm_entered_address(contact_point_id=point.pk, now=now())  # noqa: E731
    assert run_and_die(act, module, name) == signal.SIGKILL
    point.refresh_from_db()
    assert (point.verified_at, Consent.objects.count(), WaitingAddress.objects.get().state) == (None, 0, "asked")
    act()
    act()
    assert (Consent.objects.count(), WaitingAddress.objects.get().state) == (1, "said_yes")
