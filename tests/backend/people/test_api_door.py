"""People entered from a numbered paper: members like others, with or without an e-mail address."""

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.messaging import services as messaging
from maillage.messaging.models import Message
from maillage.messaging.services.entered import ask_entered_address
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.waiting import ASKED_ON_PAPER
from maillage.people.models import Consent, PaperForm, Person
from maillage.people.selectors import may_contact
from maillage.relays import services as relays
from maillage.relays.domain import TermKind
from maillage.relays.domain.filling import SEAT_ASKING
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.relays.factories import make_network
from tests.backend.territories.factories import SmallCountry

ENTERED = "/api/v1/people/entered/"
CONTACT = [RELAY_CONTACT.purpose]
QUESTION = "messaging.confirm_entered"
VICTIM = [{"channel": "email", "value": "victim@people.example", "agrees_to": CONTACT}]


@pytest.fixture
def relay(small_country: SmallCountry) -> User:
    return make_granted(Role.RELAY, small_country.area("0101"))


def enter(user: User, country: SmallCountry, **change: Any) -> Any:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, user)
    said = {
        "place": "0101",
        "given_name": "Odette",
        "family_name": "Marchand",
        "contacts": [{"channel": "phone", "value": "06 12 34 56 78", "agrees_to": CONTACT}],
        "paper_number": "val-0042",
        "is_read_aloud": True,
        "is_of_age": True,
        **change,
    }
    return client.post(ENTERED, said, content_type="application/json")


def test_somebody_without_an_address_is_a_member_like_others(relay: User, small_country: SmallCountry) -> None:
    answer = enter(relay, small_country)
    assert (answer.status_code, answer.json()["paper_number"]) == (201, "VAL-0042")
    odette = Person.objects.get(pk=answer.json()["id"])
    assert odette.confirmed_at
    consent = Consent.objects.get()
    assert (consent.channel, consent.source, consent.wording) == ("phone", "paper", RELAY_CONTACT.version)
    client = Client()
    sign_in(client, relay)
    (seen,) = client.get("/api/v1/people/").json()["items"]
    assert seen["contacts"] == [{"channel": "phone", "value": "+33612345678", "is_verified": True, "is_chosen": True}]
    assert seen["family_name"] is None


def test_they_agree_to_be_asked_for_a_seat_by_the_way_that_they_ticked(relay: User, small_country: SmallCountry) -> None:
    both = [RELAY_CONTACT.purpose, SEAT_ASKING.purpose]
    contacts = [
        {"channel": "phone", "value": "0612345678", "agrees_to": [SEAT_ASKING.purpose]},
        {"channel": "email", "value": "odette@people.example", "agrees_to": both},
    ]
    odette = Person.objects.get(pk=enter(relay, small_country, contacts=contacts).json()["id"])
    said = Consent.objects.get()
    assert (said.purpose, said.channel, said.wording, said.source) == (SEAT_ASKING.purpose, "phone", SEAT_ASKING.version, "paper")
    assert PaperForm.objects.get().waiting == [RELAY_CONTACT.version, SEAT_ASKING.version]
    Client().post(asked(odette), {"was": "me"})
    given = Consent.objects.filter(channel="email").order_by("purpose").values_list("purpose", "wording")
    assert list(given) == [(RELAY_CONTACT.purpose, RELAY_CONTACT.version), (SEAT_ASKING.purpose, SEAT_ASKING.version)]


def test_what_comes_with_a_form_only_is_not_agreed_to_on_paper(relay: User, small_country: SmallCountry) -> None:
    contacts = [{"channel": "phone", "value": "0612345678", "agrees_to": ["relays.application"]}]
    assert list(enter(relay, small_country, contacts=contacts).json()["fields"]) == ["agrees_to"]
    assert not Person.objects.exists()


def test_they_hold_a_seat_without_a_user(relay: User, small_country: SmallCountry) -> None:
    net = make_network(small_country)
    person = services.enter_person(
        area_id=net.seat("0101").area_id,
        given_name="Odette",
        family_name="",
        contacts={Channel.POST: "3 rue du Pont, 01000 Valbrune"},
        agrees_to={Channel.POST: CONTACT},
        paper_number="P-1",
        is_read_aloud=True,
        is_of_age=True,
        language="fr",
        by=relay,
        now=now(),
    )
    term = relays.open_term(seat=net.seat("0101"), person=person, kind=TermKind.RELAY, now=now(), by=None)
    assert (term.person, term.person.user) == (person, None)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"is_read_aloud": False}, "is_read_aloud"),
        ({"is_of_age": False}, "is_of_age"),
        ({"paper_number": ""}, "paper_number"),
        ({"paper_number": "été"}, "paper_number"),
        ({"given_name": "  "}, "given_name"),
        ({"contacts": []}, "contacts"),
        ({"contacts": [{"channel": "phone", "value": "abc"}]}, "phone"),
        (
            {
                "contacts": [
                    {"channel": "phone", "value": "0612345678"},
                    {"channel": "sms", "value": " ", "agrees_to": CONTACT},
                ]
            },
            "contacts.1.value",
        ),
    ],
)
def test_what_is_missing_is_said_by_field(relay: User, small_country: SmallCountry, change: dict[str, Any], field: str) -> None:
    answer = enter(relay, small_country, **change)
    assert answer.status_code == 400, answer.content
    assert field in answer.json()["fields"]
    assert not Person.objects.exists()


def test_a_paper_is_entered_once(relay: User, small_country: SmallCountry) -> None:
    assert enter(relay, small_country).status_code == 201
    again = enter(relay, small_country, paper_number="VAL-0042 ")
    assert (again.status_code, list(again.json()["fields"])) == (400, ["paper_number"])
    assert Person.objects.count() == 1


def test_only_in_ones_own_places(relay: User, small_country: SmallCountry) -> None:
    assert enter(relay, small_country, place="0102").json()["code"] == "not_your_place"
    assert list(enter(relay, small_country, place="01").json()["fields"]) == ["place"]
    organiser = make_granted(Role.ORGANISER, small_country.area("01", "department"))
    assert enter(organiser, small_country).status_code == 201


def test_an_address_on_paper_counts_once_its_owner_said_yes(relay: User, small_country: SmallCountry) -> None:
    contacts = [{"channel": "email", "value": "Odette@people.example", "agrees_to": CONTACT}]
    odette = Person.objects.get(pk=enter(relay, small_country, contacts=contacts).json()["id"])
    agreed = {"person_id": odette.pk, "purpose": RELAY_CONTACT.purpose, "channel": Channel.EMAIL}
    assert not may_contact(**agreed)
    link = asked(odette)
    assert Client().get(link).status_code == 200
    assert not may_contact(**agreed), "looking changes nothing"
    for _time in range(2):
        assert Client(enforce_csrf_checks=True).post(link, {"was": "me"}).status_code == 200
    assert may_contact(**agreed)
    assert Consent.objects.count() == 1


def test_this_was_not_me_forgets_the_address_and_nothing_else(relay: User, small_country: SmallCountry) -> None:
    contacts = [
        {"channel": "email", "value": "victim@people.example", "agrees_to": CONTACT},
        {"channel": "phone", "value": "0612345678"},
    ]
    odette = Person.objects.get(pk=enter(relay, small_country, contacts=contacts).json()["id"])
    link = asked(odette)
    assert Client().post(link, {"was": "perhaps"}).status_code == 200
    assert odette.contact_points.filter(channel="email").exists(), "neither a yes nor a no: it is asked again"
    assert Client().post(link, {"was": "not-me"}).status_code == 200
    assert list(odette.contact_points.values_list("channel", flat=True)) == ["phone"]
    assert PaperForm.objects.get().waiting == []
    assert Client().post(link, {"was": "me"}).status_code == 404


def test_who_writes_an_address_on_many_papers_does_not_fill_its_mailbox(relay: User, small_country: SmallCountry) -> None:
    for number in range(5):
        answer = enter(relay, small_country, contacts=VICTIM, paper_number=f"P-{number:03}")
        assert answer.status_code == 201, "who stands on the paper is entered all the same, and nothing is told"
        assert answer.json().keys() == {"id", "paper_number"}
        ask_entered_address(person_id=answer.json()["id"], now=now())
    assert Person.objects.filter(contact_points__value="victim@people.example").count() == 5
    assert Message.objects.filter(purpose=QUESTION).count() == ASKED_ON_PAPER


def test_papers_count_anew_once_the_owner_of_the_address_said_yes(relay: User, small_country: SmallCountry) -> None:
    first = Person.objects.get(pk=enter(relay, small_country, contacts=VICTIM, paper_number="P-000").json()["id"])
    Client().post(asked(first), {"was": "me"})
    for number in range(1, 4):
        answer = enter(relay, small_country, contacts=VICTIM, paper_number=f"P-{number:03}")
        ask_entered_address(person_id=answer.json()["id"], now=now())
    assert Message.objects.filter(purpose=QUESTION).count() == 1 + ASKED_ON_PAPER


def test_who_said_no_to_a_paper_is_asked_by_no_other(relay: User, small_country: SmallCountry) -> None:
    first = Person.objects.get(pk=enter(relay, small_country, contacts=VICTIM).json()["id"])
    page = Client(headers={"Accept-Language": "en"}).post(asked(first), {"was": "not-me"})
    assert "nous ne lui reposerons plus la question" in page.content.decode()
    answer = enter(relay, small_country, contacts=VICTIM, paper_number="val-0043")
    assert answer.status_code == 201
    ask_entered_address(person_id=answer.json()["id"], now=now())
    assert Message.objects.filter(purpose=QUESTION).count() == 1
    seen = Person.objects.get(pk=answer.json()["id"]).contact_points.get()
    assert (seen.value, seen.verified_at) == ("victim@people.example", None), "as where nobody answered"


def asked(person: Person) -> str:
    """Deliver the mail that asks, once whatever is told how often, and return its link."""
    assert Entry.objects.filter(name="person.entered", subject_id=str(person.pk)).exists()
    for _time in range(2):
        ask_entered_address(person_id=person.pk, now=now())
    message = Message.objects.get()
    messaging.deliver_message(message_id=message.pk, now=now())
    text = str(mail.outbox[0].body)
    assert "Odette" not in text, "it asserts nothing"
    link = re.search(r"/fr/mail/address/\S+/", text)
    assert link
    return link.group()


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_form_on_paper_is_one_page_of_the_place(small_country: SmallCountry, language: str) -> None:
    page = Client().get(f"/{language}/places/0101/paper/")
    text = page.content.decode()
    assert page.status_code == 200
    assert RELAY_CONTACT.version in text
    assert SEAT_ASKING.version in text
    assert text.count("<li><i></i>") == 9
    assert Client().get(f"/{language}/places/9999/paper/").status_code == 404
