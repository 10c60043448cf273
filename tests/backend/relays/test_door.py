"""People without an e-mail address ask for a seat like others: entered on paper, called, approved, sworn in on paper, seated."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden
from maillage.messaging.models import Message
from maillage.messaging.services import deliver_message
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import Consent, PaperForm, Person, Promise
from maillage.people.selectors import may_contact
from maillage.relays import services
from maillage.relays.domain import APPLICANT_CONTACT, FLOOD, PAPER_SOURCE, ApplicationStatus, SeatState
from maillage.relays.models import Application, SeatStanding, Term
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.people.documents import make_charter
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

ENTERED = "/api/v1/relays/applications/entered/"
LIST = "/api/v1/relays/applications/"
LETTERS = "/api/v1/messaging/letters/"


@pytest.fixture
def organiser(net: SmallNetwork) -> User:
    return net.organiser("department", "01", name="Nadia Ferhat")


@pytest.fixture
def other(net: SmallNetwork) -> User:
    return net.organiser("country", "XM", name="Paul Delorme")


def browser(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, user)
    return client


def on_paper(seat: str = "0101", **change: Any) -> dict[str, Any]:
    return {
        "seat": seat,
        "newcomer": {
            "place": "0101",
            "given_name": "Odette",
            "family_name": "Marchand",
            "contacts": [{"channel": "phone", "value": "06 12 34 56 78"}],
        },
        "paper_number": "val-0042",
        "is_read_aloud": True,
        "is_of_age": True,
        "agrees_to_contact": True,
        "motivation": "Je connais tout le monde ici.",
        **change,
    }


def enter(user: User, **change: Any) -> Any:
    return browser(user).post(ENTERED, on_paper(**change), content_type="application/json")


def member(by: User, net: SmallNetwork, *, number: str = "M-001", **contacts: str) -> Person:
    reached = {Channel(name): value for name, value in (contacts or {"phone": "0612345678"}).items()}
    return people.enter_person(
        area_id=net.seat("0101").area_id,
        given_name="Odette",
        family_name="Marchand",
        contacts=reached,
        agrees_to={},
        paper_number=number,
        is_read_aloud=True,
        is_of_age=True,
        language="fr",
        by=by,
        now=now(),
    )


def deliver_all() -> None:
    for message in Message.objects.filter(status="queued"):
        deliver_message(message_id=message.pk, now=now())


def test_the_whole_way_from_the_paper_to_the_seat(net: SmallNetwork, organiser: User, other: User) -> None:
    version = make_charter()
    answer = enter(organiser)
    assert answer.status_code == 201, answer.content
    said = answer.json()
    assert (said["status"], said["paper_number"], bool(said["call_before"])) == ("submitted", "VAL-0042", True)
    application = Application.objects.get()
    assert SeatStanding.objects.get(seat=application.seat_id).state == SeatState.APPLIED
    consent = Consent.objects.get(purpose=APPLICANT_CONTACT.purpose)
    assert (consent.channel, consent.source, consent.wording) == ("phone", PAPER_SOURCE, APPLICANT_CONTACT.version)
    # The other organiser is told and owes the call; what the applicant would be mailed is said to them on the telephone.
    told = Message.objects.filter(purpose="relays.application_waiting").values_list("person__user_id", flat=True)
    assert list(told) == [other.pk]
    deliver_all()
    desk = browser(other)
    (row,) = desk.get(f"{LIST}?status=submitted").json()["items"]
    assert (row["promise"]["owed_by"], row["promise"]["is_mine"]) == ("Paul Delorme", True)
    assert row["paper"] == {"number": "VAL-0042", "is_mine": False}
    (letter,) = desk.get(LETTERS).json()["items"]
    assert letter["channel"] == "phone"
    words = desk.get(f"{LETTERS}{letter['id']}/").json()
    assert any("Paul Delorme" in paragraph for paragraph in words["paragraphs"])
    assert not any("trois choses" in paragraph for paragraph in words["paragraphs"])
    # Called, the charter signed on paper, approved: a term without a user.
    path = f"{LIST}{application.pk}/"
    assert desk.post(f"{path}contact/").json()["status"] == "contacted"
    assert desk.post(f"{path}approve/", {}, content_type="application/json").json()["code"] == "charter_missing"
    assert desk.get(f"{path}readiness/").json()["abilities"]["send_charter"] is False
    assert desk.post(f"{path}charter/paper/", {"paper_number": "C-7"}, content_type="application/json").status_code == 200
    assert desk.post(f"{path}approve/", {}, content_type="application/json").status_code == 200
    term = Term.objects.get()
    assert (term.person.given_name, term.person.user, term.seat_id) == ("Odette", None, application.seat_id)
    assert term.person.agreements.get().version_id == version.pk
    assert not Grant.objects.filter(origin=f"term:{term.pk}").exists()
    assert SeatStanding.objects.get(seat=term.seat_id).state == SeatState.FILLED
    deliver_all()
    welcome = next(one for one in desk.get(LETTERS).json()["items"] if one["id"] != letter["id"])
    paragraphs = desk.get(f"{LETTERS}{welcome['id']}/").json()["paragraphs"]
    assert any("posté ou lu" in paragraph for paragraph in paragraphs)
    assert Promise.objects.get().kept_by == other
    facts = Entry.objects.filter(name="application.entered")
    assert facts.get().actor_id == organiser.pk


def test_who_entered_it_neither_calls_nor_decides(net: SmallNetwork, organiser: User, other: User) -> None:
    enter(organiser)
    application = Application.objects.get()
    desk = browser(organiser)
    (row,) = desk.get(f"{LIST}?status=submitted").json()["items"]
    assert row["abilities"] == {"contact": False, "approve": False, "decline": False, "release": False, "withdraw": True}
    assert (row["paper"]["is_mine"], row["promise"]["is_mine"], row["promise"]["owed_by"]) == (True, False, "Paul Delorme")
    for deed, said in (("contact", {}), ("approve", {}), ("decline", {"words": "Non."})):
        answer = desk.post(f"{LIST}{application.pk}/{deed}/", said, content_type="application/json")
        assert (answer.status_code, answer.json()["code"]) == (403, "entered_by_you")
    for deed in (services.note_contact, services.approve_application):
        with pytest.raises(Forbidden):
            deed(application_id=application.pk, by=organiser, now=now())
    assert Application.objects.get().status == ApplicationStatus.SUBMITTED


def test_the_missed_promise_climbs_past_who_entered_it(net: SmallNetwork, organiser: User, other: User) -> None:
    enter(organiser)
    later = now() + timedelta(hours=49)
    services.climb_promises(now=later)
    services.climb_promises(now=later + timedelta(hours=12))
    told = set(
        Message.objects.filter(purpose__in=["relays.promise_reminder", "relays.promise_climbed"]).values_list("person__user_id", flat=True)
    )
    assert told == {other.pk}


def test_nobody_enters_where_nobody_else_decides(net: SmallNetwork, organiser: User) -> None:
    answer = enter(organiser)
    assert (answer.status_code, answer.json()["code"]) == (409, "nobody_else_decides")
    assert not Person.objects.filter(given_name="Odette").exists()
    _term, relay = make_holder(net.seat("0102"))
    assert relay.user is not None
    asks = on_paper(seat="0102", newcomer={**on_paper()["newcomer"], "place": "0102"})
    assert browser(relay.user).post(ENTERED, asks, content_type="application/json").json()["code"] == "seat_filled"


def test_a_member_without_an_address_says_yes_on_the_telephone(net: SmallNetwork, organiser: User, other: User) -> None:
    odette = member(organiser, net)
    answer = enter(organiser, newcomer=None, person=str(odette.pk), paper_number="tel-7")
    assert answer.status_code == 201, answer.content
    application = Application.objects.get()
    assert application.paper
    assert (application.person, application.paper.number) == (odette, "TEL-7")
    assert PaperForm.objects.filter(person=odette).count() == 2
    again = enter(organiser, newcomer=None, person=str(odette.pk), paper_number="tel-8")
    assert (again.status_code, again.json()["code"]) == (409, "applied_already")
    assert PaperForm.objects.filter(person=odette).count() == 2


def test_who_has_an_address_asks_themselves(net: SmallNetwork, organiser: User, other: User) -> None:
    reached = make_person(given_name="Lou", email="lou@people.example", area=net.seat("0101").area)
    answer = enter(organiser, newcomer=None, person=str(reached.pk))
    assert (answer.status_code, answer.json()["code"]) == (409, "has_address")
    mailed = {**on_paper()["newcomer"], "contacts": [{"channel": "email", "value": "odette@people.example"}]}
    assert list(enter(organiser, newcomer=mailed).json()["fields"]) == ["contacts"]


def test_only_of_ones_own_places_and_people(net: SmallNetwork, organiser: User, other: User) -> None:
    stranger = make_granted(Role.ORGANISER, net.country.area("02", "department"))
    assert enter(stranger).json()["code"] == "not_your_place"
    odette = member(organiser, net)
    seat = {"seat": "0201", "newcomer": None, "person": str(odette.pk), "paper_number": "X-123"}
    assert enter(stranger, **seat).status_code == 404
    plain = make_person(given_name="Lou", email="lou@people.example")
    assert Client().post(ENTERED, on_paper(), content_type="application/json").status_code == 403
    assert plain.user is None


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"is_read_aloud": False}, "is_read_aloud"),
        ({"is_of_age": False}, "is_of_age"),
        ({"agrees_to_contact": False}, "agrees_to_contact"),
        ({"paper_number": ""}, "paper_number"),
        ({"seat": "9999"}, "seat"),
        ({"newcomer": None}, "given_name"),
    ],
)
def test_what_is_missing_is_said_by_field(net: SmallNetwork, organiser: User, other: User, change: dict[str, Any], field: str) -> None:
    answer = enter(organiser, **change)
    assert answer.status_code == 400, answer.content
    assert field in answer.json()["fields"]
    assert not Application.objects.exists()
    assert not Person.objects.filter(given_name="Odette").exists()


def test_a_flood_of_papers_waits_whatever_the_network(net: SmallNetwork, organiser: User, other: User) -> None:
    instant = now()
    _span, most = FLOOD[0]
    for number in range(most):
        paper = PaperForm.objects.create(number=f"F-{number}", person=make_person(given_name="A"), entered_by=organiser, entered_at=instant)
        make_application(net.seat("0102"), person=paper.person, at=instant, network=f"stand{number}", paper=paper)
    answer = enter(organiser)
    assert (answer.status_code, answer.json()["status"], answer.json()["call_before"]) == (201, "held", None)
    held = Application.objects.get(status=ApplicationStatus.HELD)
    assert services.release_applications(application_ids=[held.pk], by=organiser, now=now()) == 0
    assert services.release_applications(application_ids=[held.pk], by=other, now=now()) == 1
    held.refresh_from_db()
    assert held.promise is not None
    assert held.promise.brought_by == organiser


def test_it_is_taken_back_by_word_of_mouth_with_what_was_agreed(net: SmallNetwork, organiser: User, other: User) -> None:
    enter(organiser)
    application = Application.objects.get()
    path = f"{LIST}{application.pk}/withdraw/"
    answer = browser(organiser).post(path, {"words": "Elle garde son petit-fils."}, content_type="application/json")
    assert (answer.status_code, answer.json()["status"], answer.json()["why_withdrawn"]) == (200, "withdrawn", "Elle garde son petit-fils.")
    assert not may_contact(person_id=application.person_id, purpose=APPLICANT_CONTACT.purpose, channel=Channel.PHONE)
    assert Promise.objects.get().released_at is not None


def test_an_organiser_takes_back_no_application_of_who_has_a_mailbox(net: SmallNetwork, organiser: User) -> None:
    application = make_application(net.seat("0101"))
    assert browser(organiser).post(f"{LIST}{application.pk}/withdraw/").status_code == 403


def test_a_stand_in_enters_and_the_organisers_are_told(net: SmallNetwork, organiser: User) -> None:
    stand_in = make_granted(Role.STAND_IN, net.country.area("0101"))
    assert enter(stand_in).status_code == 201
    told = Message.objects.filter(purpose="relays.application_waiting").values_list("person__user_id", flat=True)
    assert list(told) == [organiser.pk]


def test_a_second_press_enters_nobody_twice(net: SmallNetwork, organiser: User, other: User) -> None:
    client, key = browser(organiser), {"Idempotency-Key": "0192f5f0-0000-7000-8000-000000000001"}
    first, second = (client.post(ENTERED, on_paper(), content_type="application/json", headers=key) for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    assert Application.objects.count() == 1


def test_a_closed_network_takes_none(net: SmallNetwork, organiser: User, other: User) -> None:
    odette = member(organiser, net)
    net.network.closes_at = now() - timedelta(days=1)
    net.network.save()
    with pytest.raises(Conflict) as refusal:
        services.enter_application(
            seat_id=net.seat("0101").pk,
            person_id=odette.pk,
            paper=services.Paper(number="Z-123", is_read_aloud=True, is_of_age=True, agrees_to_contact=True),
            by=organiser,
            network="",
            now=now(),
        )
    assert refusal.value.code == "network_closed"


def test_what_was_taken_back_is_listed_with_why_and_never_what_nobody_confirmed(net: SmallNetwork, organiser: User) -> None:
    said = make_application(net.seat("0101"))
    services.withdraw_application(application_id=said.pk, words="Je déménage.", now=now())
    typed = make_application(net.seat("0102"), status=ApplicationStatus.UNCONFIRMED, email="who@people.example")
    services.withdraw_application(application_id=typed.pk, now=now())
    (row,) = browser(organiser).get(f"{LIST}?status=withdrawn").json()["items"]
    assert (row["id"], row["why_withdrawn"], row["person"]["contacts"]) == (str(said.pk), "Je déménage.", [])
