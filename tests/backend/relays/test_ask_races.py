"""Two at once about a question for a seat: the person hears one thing, and one thing becomes of it."""

from datetime import timedelta
from threading import Event
from time import sleep

import pytest
from django.db import transaction

from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, NotFound
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.models import Person, Promise
from maillage.relays import services
from maillage.relays.domain import ApplicationStatus, TermKind
from maillage.relays.domain.filling import Answer, AskKind, AskStatus, Unasked
from maillage.relays.models import Application, FillingStep, SeatAsk, Term
from maillage.relays.services.asks import AskedPeople
from tests.backend.relays.factories import SmallNetwork, make_holder, make_network
from tests.backend.relays.filling_factories import make_next_door, make_volunteer
from tests.backend.relays.test_races import at_once
from tests.backend.relays.test_services_asks import ask


@pytest.fixture
def net(transactional_db: None) -> SmallNetwork:
    return make_network()


@pytest.mark.parametrize("turn", range(3))
def test_two_organisers_ask_one_person(net: SmallNetwork, turn: int):
    awa = make_volunteer(net, "0101")
    nadia, paul = net.organiser(name="Nadia Ferhat"), net.organiser("department", "01", name="Paul Autre")
    seats = (net.seat("0101"), net.seat("0102"))
    outcomes = at_once(
        *(
            lambda seat=seat, by=by: services.ask_people(  # type: ignore[misc]
                seat_id=seat.pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=by, now=now()
            )
            for seat, by in zip(seats, (nadia, paul), strict=True)
        )
    )
    made = [outcome for outcome in outcomes if isinstance(outcome, AskedPeople)]
    assert sorted(len(outcome.asks) for outcome in made) == [0, 1]
    assert [outcome.unasked for outcome in made if not outcome.asks] == [{awa.pk: Unasked.ASKED_ALREADY}]
    assert [step.count for step in FillingStep.objects.all()] == [1], "who was too late has tried nothing"
    one = SeatAsk.objects.get()
    at_once(*[lambda: services.send_ask(ask_id=one.pk, now=one.leaves_at)] * 2)
    assert Message.objects.filter(person=awa).count() == 1


def test_the_same_yes_from_the_mail_and_from_the_app(net: SmallNetwork):
    asked = ask(net, make_volunteer(net, "0101"))
    yes = lambda: services.answer_ask(ask_id=asked.pk, answer=Answer.YES, agrees_to_contact=True, now=now())  # noqa: E731
    outcomes = at_once(yes, yes)
    assert [type(outcome) for outcome in outcomes] == [SeatAsk, SeatAsk]
    assert (Application.objects.count(), Promise.objects.count()) == (1, 1)
    assert Entry.objects.filter(name="seat_ask.answered").count() == 1


def test_a_yes_and_a_no_of_one_person(net: SmallNetwork):
    asked = ask(net, make_volunteer(net, "0101"))
    outcomes = at_once(
        lambda: services.answer_ask(ask_id=asked.pk, answer=Answer.YES, agrees_to_contact=True, now=now()),
        lambda: services.answer_ask(ask_id=asked.pk, answer=Answer.NO, now=now()),
    )
    (conflict,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert conflict.code == "ask_over"
    asked.refresh_from_db()
    said_yes = asked.status == AskStatus.CONFIRMED
    assert Application.objects.count() == said_yes


@pytest.mark.parametrize("turn", range(2))
def test_two_volunteers_say_yes_to_one_seat(net: SmallNetwork, turn: int):
    one, other = ask(net, make_volunteer(net, "0101")), ask(net, make_volunteer(net, "0102", name="Lin Cho"))
    outcomes = at_once(
        *(
            lambda asked=asked: services.answer_ask(ask_id=asked.pk, answer=Answer.YES, agrees_to_contact=True, now=now())  # type: ignore[misc]
            for asked in (one, other)
        )
    )
    assert [type(outcome) for outcome in outcomes] == [SeatAsk, SeatAsk], "each is called within 48 hours, and an organiser chooses"
    assert set(Application.objects.values_list("person_id", "status")) == {
        (one.person_id, ApplicationStatus.SUBMITTED),
        (other.person_id, ApplicationStatus.SUBMITTED),
    }
    assert Promise.objects.count() == 2


@pytest.mark.parametrize("turn", range(3))
def test_two_organisers_let_two_neighbours_stand_in(net: SmallNetwork, turn: int):
    make_next_door(net, "0101", "0102", "0103")
    neighbours = [make_holder(net.seat(code), email=f"{code}@people.example", given_name=code)[1] for code in ("0102", "0103")]
    asks = [ask(net, neighbour, kind=AskKind.STAND_IN) for neighbour in neighbours]
    for asked in asks:
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
    outcomes = at_once(
        *(
            lambda asked=asked: services.confirm_stand_in(ask_id=asked.pk, by=asked.asked_by, now=now())  # type: ignore[misc]
            for asked in asks
        )
    )
    (conflict,) = [outcome for outcome in outcomes if isinstance(outcome, Conflict)]
    assert conflict.code == "seat_taken"
    (term,) = [outcome for outcome in outcomes if isinstance(outcome, Term)]
    assert list(Term.objects.filter(seat=net.seat("0101"), kind=TermKind.STAND_IN)) == [term]
    assert sorted(SeatAsk.objects.values_list("status", flat=True)) == [AskStatus.AGREED, AskStatus.CONFIRMED]
    assert Message.objects.filter(purpose="relays.welcome", about_id=term.pk).count() == 1


@pytest.mark.parametrize("turn", range(3))
def test_a_neighbour_is_dismissed_while_their_yes_is_confirmed(net: SmallNetwork, turn: int):
    term, neighbour = make_holder(net.seat("0102"))
    make_next_door(net, "0101", "0102")
    asked = ask(net, neighbour, kind=AskKind.STAND_IN)
    services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
    by = net.organiser()
    ended, confirmed = at_once(
        lambda: services.end_term(term_id=term.pk, by=by, now=now()),
        lambda: services.confirm_stand_in(ask_id=asked.pk, by=by, now=now()),
    )
    assert isinstance(ended, Term)
    asked.refresh_from_db()
    stands_in = Term.objects.filter(person=neighbour, kind=TermKind.STAND_IN, ends_at__isnull=True)
    if isinstance(confirmed, Term):
        assert (asked.status, stands_in.count()) == (AskStatus.CONFIRMED, 1), "it was confirmed while they still were a relay"
    else:
        assert isinstance(confirmed, Conflict), confirmed
        assert (asked.status, stands_in.count()) == (AskStatus.TAKEN_BACK, 0)


@pytest.mark.parametrize("turn", range(3))
def test_taken_back_at_the_moment_in_which_it_leaves(net: SmallNetwork, turn: int):
    awa, nadia = make_volunteer(net, "0101"), net.organiser()
    (asked,) = services.ask_people(
        seat_id=net.seat("0101").pk, person_ids=[awa.pk], kind=AskKind.VOLUNTEER, by=nadia, now=now() - timedelta(minutes=3)
    ).asks
    _sent, taken = at_once(
        lambda: services.send_ask(ask_id=asked.pk, now=now()),
        lambda: services.take_back_ask(ask_id=asked.pk, by=nadia, now=now()),
    )
    asked.refresh_from_db()
    left = asked.sent_at is not None
    assert isinstance(taken, Conflict) == left, "the organiser hears which of the two it was"
    assert Message.objects.filter(person=awa).count() == left
    assert asked.status == (AskStatus.WAITING if left else AskStatus.TAKEN_BACK)


@pytest.mark.parametrize("act", ["confirmed", "answered"])
def test_whoever_is_erased_while_their_yes_is_dealt_with_is_erased(net: SmallNetwork, act: str):
    neighbour = make_holder(net.seat("0102"))[1]
    make_next_door(net, "0101", "0102")
    asked = ask(net, neighbour, kind=AskKind.STAND_IN)
    if act == "confirmed":
        services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
    acts = {
        "confirmed": lambda: services.confirm_stand_in(ask_id=asked.pk, by=asked.asked_by, now=now()),
        "answered": lambda: services.answer_ask(ask_id=asked.pk, answer=Answer.NEVER, now=now()),
    }
    locked = Event()

    def erase() -> None:
        with transaction.atomic():
            Person.objects.select_for_update().get(pk=neighbour.pk)
            locked.set()
            sleep(0.5)
            people.erase_person(person_id=neighbour.pk, now=now())

    def deal_with() -> None:
        locked.wait(timeout=10)
        with pytest.raises(NotFound):
            acts[act]()

    at_once(erase, deal_with)
    assert not Term.objects.filter(ends_at__isnull=True).exists()
    assert Person.objects.get(pk=neighbour.pk).erased_at is not None
