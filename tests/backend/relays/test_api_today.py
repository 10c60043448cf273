"""What waits for each of us today: where and by when, and of whom nothing."""

from datetime import timedelta
from typing import Any

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.people.models import Access, Person
from maillage.relays import services
from maillage.relays.domain import ApplicationStatus
from maillage.relays.domain.filling import Answer, AskKind
from maillage.relays.models import Concern
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, make_application, make_conversation, make_holder
from tests.backend.relays.test_services_asks import ask

TODAY = "/api/v1/relays/today/"
NOTHING = {"call": None, "concern": None, "message": None, "held": None, "hand_over": None, "stand_in": None, "meanwhile": []}


def as_(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, user)
    return client


def today(user: User) -> dict[str, Any]:
    answer = as_(user).get(TODAY)
    assert answer.status_code == 200, answer.content
    return dict(answer.json())


def test_each_sees_what_waits_for_them_alone(net: SmallNetwork) -> None:
    term, relay = make_holder(net.seat("0101"))
    _, elsewhere = make_holder(net.seat("0201"), email="elsewhere@people.example")
    near, far = net.organiser("department", "01", name="Inès Prat"), net.organiser("department", "02", name="Hugo Lamy")
    first = make_application(net.seat("0102"), at=now() - timedelta(hours=20))
    make_application(net.seat("0103"), email="later@people.example")
    kept = make_application(net.seat("0104"), email="called@people.example")
    services.note_contact(application_id=kept.pk, by=near, now=now())
    make_conversation(net.seat("0101"))
    services.begin_hand_over(term_id=term.pk, ends_on=in_days(3), by=relay.user, words="zzword", now=now())
    assert Client().get(TODAY).status_code == 403
    assert relay.user
    assert elsewhere.user
    for stranger in (make_user("member@people.example"), elsewhere.user, far):
        assert today(stranger) == NOTHING, stranger.email
    theirs = today(relay.user)
    assert theirs | {"message": None} == NOTHING
    assert (theirs["message"]["place"], theirs["message"]["count"]) == ("Hautes-Brumes, constituency 1", 1)
    owed = today(near)
    assert first.promise
    assert owed["call"] == {
        "application": str(first.pk),
        "place": "Hautes-Brumes, constituency 2",
        "started_at": first.promise.made_at.isoformat().replace("+00:00", "Z"),
        "due_at": first.promise.due_at.isoformat().replace("+00:00", "Z"),
        "count": 2,
    }
    assert owed["message"] is None, "its relay answers it"
    assert owed["hand_over"]["count"] == 1
    assert today(net.organiser())["call"] is None, "the nearest owe it"


def test_it_names_nobody_and_writes_no_reading_down(net: SmallNetwork) -> None:
    _, relay = make_holder(net.seat("0101"), given_name="Zzholder")
    make_application(net.seat("0102"), given_name="Zzgiven", family_name="Zzfamily", motivation="zzwhy")
    make_conversation(net.seat("0101"), name="Zzwriter", words="zzwords")
    for user in (net.organiser(), relay.user):
        assert user
        before = Access.objects.count()
        assert "zz" not in as_(user).get(TODAY).content.decode().lower()
        assert Access.objects.count() == before


def test_what_was_told_waits_for_its_reader_until_it_has_an_outcome(net: SmallNetwork) -> None:
    organiser, other = net.organiser(), net.organiser(name="Hugo Lamy", email="hugo@desk.example")
    _, relay = make_holder(net.seat("0101"))
    services.name_safety_contacts(emails=[organiser.email], by=organiser, now=now())
    told = {"who": "", "happened": "", "reporter": relay, "conversation": None, "now": now()}
    services.tell_concern(what="Des menaces.", **told)
    concern = Concern.objects.get()
    assert today(organiser)["concern"] == {
        "due_at": concern.due_at.isoformat().replace("+00:00", "Z"),
        "taken_at": None,
        "count": 1,
    }
    assert today(other)["concern"] is None
    services.take_up_concern(concern_id=concern.pk, by=organiser, now=now())
    assert today(organiser)["concern"]["taken_at"]
    services.close_concern(concern_id=concern.pk, outcome="C’est réglé.", by=organiser, now=now())
    assert today(organiser)["concern"] is None


def test_a_neighbours_yes_waits_for_those_who_organise_the_seat(net: SmallNetwork) -> None:
    near, far = net.organiser("department", "01", name="Inès Prat"), net.organiser("department", "02", name="Hugo Lamy")
    _, neighbour = make_holder(net.seat("0102"))
    asked = ask(net, neighbour, kind=AskKind.STAND_IN, by=near)
    assert today(near)["stand_in"] is None
    services.answer_ask(ask_id=asked.pk, answer=Answer.YES, now=now())
    asked.refresh_from_db()
    assert asked.answered_at
    assert today(near)["stand_in"] == {
        "seat": str(asked.seat_id),
        "place": "Hautes-Brumes, constituency 1",
        "since": asked.answered_at.isoformat().replace("+00:00", "Z"),
        "count": 1,
    }
    assert neighbour.user
    assert [today(user)["stand_in"] for user in (far, neighbour.user)] == [None, None]
    services.confirm_stand_in(ask_id=asked.pk, by=near, now=now())
    assert today(near)["stand_in"] is None


def test_who_waits_for_a_look_waits_for_the_organisers_of_the_place(net: SmallNetwork) -> None:
    near, far = net.organiser("department", "01", name="Inès Prat"), net.organiser("department", "02", name="Hugo Lamy")
    first = make_application(net.seat("0102"), status=ApplicationStatus.HELD, at=now() - timedelta(hours=5))
    later = make_application(net.seat("0101"), status=ApplicationStatus.HELD, email="later@people.example")
    assert today(near)["held"] == {
        "place": "Hautes-Brumes, constituency 2",
        "since": first.confirmed_at.isoformat().replace("+00:00", "Z"),
        "count": 2,
    }
    assert today(far) == NOTHING
    services.release_applications(application_ids=[first.pk, later.pk], by=near, now=now())
    assert today(near)["held"] is None


def test_who_waits_for_a_call_has_three_things_to_do(net: SmallNetwork) -> None:
    user = make_user("samir@people.example")
    application = make_application(net.seat("0101"))
    Person.objects.filter(pk=application.person_id).update(user=user)
    meanwhile = as_(user).get(TODAY).json()["meanwhile"]
    assert len(meanwhile) == 3
    assert all(each["path"].startswith("/en/") and each["title"] for each in meanwhile)
    for each in meanwhile:
        assert Client().get(each["path"].partition("#")[0]).status_code == 200, each
    application.status = ApplicationStatus.DECLINED
    application.save()
    assert today(user) == NOTHING


def test_it_costs_the_same_however_much_waits(net: SmallNetwork, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    organiser = net.organiser()
    client = as_(organiser)
    client.get(TODAY)
    with django_assert_num_queries(13):
        client.get(TODAY)
    for number in range(4):
        make_application(net.seat("0101"), email=f"{number}@people.example")
        make_conversation(net.seat("0102"), email=f"{number}@visitors.example")
    with django_assert_num_queries(13):
        found = client.get(TODAY).json()
    assert (found["call"]["count"], found["message"]["count"]) == (4, 4)
