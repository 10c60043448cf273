"""What people do about seats is a sign of life, what is done to them is none."""

from datetime import timedelta

import pytest

from maillage.kernel.clock import now
from maillage.people.models import Person
from maillage.relays.models import Application, Conversation, SeatNote, Term, Turn
from maillage.relays.selectors.signs import signs_of_seats
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import make_application, make_holder, make_network

pytestmark = pytest.mark.django_db
NOW = now()
LONG_AGO = NOW - timedelta(days=1000)


def sign_of(person: Person) -> object:
    return signs_of_seats([person.pk], NOW).get(person.pk)


def test_a_term_that_runs_is_a_sign_of_today_and_an_ended_one_of_its_end() -> None:
    net = make_network()
    make_holder(net.seat("0101"))
    term = Term.objects.get()
    Term.objects.update(starts_at=LONG_AGO, seen_at=LONG_AGO)
    Application.objects.all().delete()
    assert sign_of(term.person) == NOW
    Term.objects.update(ends_at=LONG_AGO + timedelta(days=1))
    assert sign_of(term.person) == LONG_AGO + timedelta(days=1)


def test_an_application_counts_from_its_confirmation() -> None:
    application = make_application(make_network().seat("0101"), at=LONG_AGO)
    assert sign_of(application.person) == application.confirmed_at


def test_notes_and_messages_count_from_whoever_wrote_them() -> None:
    seat = make_network().seat("0101")
    writer, other = make_person(email="writer@people.example"), make_person(email="other@people.example")
    assert sign_of(writer) is None
    conversation = Conversation.objects.create(
        seat=seat,
        writer_name="W",
        writer_email="writer@people.example",
        language="fr",
        status="waiting",
        confirmed_at=LONG_AGO,
        answerer=other,
        last_at=NOW,
    )
    Turn.objects.create(conversation=conversation, number=1, side="writer", words="?", at=LONG_AGO)
    assert sign_of(writer) == LONG_AGO
    assert sign_of(other) is None, "a message was passed on to them, and they did nothing"
    Turn.objects.create(conversation=conversation, number=2, side="seat", words="!", at=NOW, author=other)
    assert sign_of(other) == NOW
    assert sign_of(writer) == LONG_AGO
    SeatNote.objects.create(seat=seat, author=writer, kind="person", text="n", written_at=NOW - timedelta(days=1))
    assert sign_of(writer) == NOW - timedelta(days=1)
