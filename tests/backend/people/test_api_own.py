"""What is kept of me: read, taken away, agreed to, erased."""

from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.models import Grant, Session, User
from maillage.actions.models import Assignment
from maillage.fundraising.domain.news import DONATION_NEWS
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.domain import AREA_NEWS, HALLS, RELAY_CONTACT, Channel
from maillage.people.models import Consent, ContactPoint, Person
from maillage.people.selectors import may_contact
from maillage.relays.domain.filling import SEAT_ASKING
from maillage.relays.models import Application, SeatStanding, Term
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.actions.factories import make_launched
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.relays.factories import make_application, make_holder, make_network
from tests.backend.territories.factories import SmallCountry

ME = "/api/v1/people/me/"
EMAIL = "nadia@people.example"


@pytest.fixture
def nadia(small_country: SmallCountry) -> Person:
    """Somebody with an address and a telephone, who signs in."""
    return make_person(user=make_user(EMAIL), email=EMAIL, phone="+33612345678", area=small_country.area("0101"))


def signed_in(user: User | None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    assert user
    sign_in(client, user)
    return client


def choose(client: Client, **asked: Any) -> Any:
    return client.post(f"{ME}consents/", asked, content_type="application/json")


def test_i_read_what_is_known_of_me(nadia: Person, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    client = signed_in(nadia.user)
    with django_assert_max_num_queries(13):
        mine = client.get(ME).json()
    assert (mine["given_name"], mine["family_name"], mine["area"]) == ("Nadia", "Ferhat", nadia.area.called)
    assert {point["value"] for point in mine["contacts"]} == {EMAIL, "+33612345678"}
    assert [(consent["purpose"], consent["channel"], consent["is_given"], consent["can_be_changed"]) for consent in mine["consents"]] == [
        (DONATION_NEWS.purpose, "email", False, True),
        (AREA_NEWS.purpose, "email", False, True),
        (RELAY_CONTACT.purpose, "email", False, True),
        (RELAY_CONTACT.purpose, "phone", False, True),
        (SEAT_ASKING.purpose, "email", False, True),
        (SEAT_ASKING.purpose, "phone", False, True),
    ]


def test_i_agree_and_take_it_back_and_the_log_has_each_once(nadia: Person) -> None:
    client = signed_in(nadia.user)
    for is_given in (True, True, False, False):
        answer = choose(client, purpose=RELAY_CONTACT.purpose, channel="phone", is_given=is_given)
        assert answer.status_code == 200
        said = {(consent["purpose"], consent["channel"]): consent["is_given"] for consent in answer.json()["consents"]}
        assert said.pop((RELAY_CONTACT.purpose, "phone")) is is_given
        assert not any(said.values())
        assert may_contact(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE) is is_given
    assert list(Consent.objects.order_by("id").values_list("act", "wording", "source")) == [
        ("given", RELAY_CONTACT.version, "my_data"),
        ("withdrawn", "", "my_data"),
    ]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"purpose": "relays.application", "channel": "email"}, "purpose"),
        ({"purpose": "people.moon", "channel": "email"}, "purpose"),
        ({"purpose": RELAY_CONTACT.purpose, "channel": "sms"}, "channel"),
        ({"purpose": RELAY_CONTACT.purpose, "channel": "pigeon"}, "channel"),
    ],
)
def test_what_cannot_be_chosen_is_said_by_field(nadia: Person, asked: dict[str, str], field: str) -> None:
    answer = choose(signed_in(nadia.user), **asked, is_given=True)
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [field])
    assert not Consent.objects.exists()


def test_an_address_that_is_not_proved_can_agree_to_nothing(nadia: Person) -> None:
    ContactPoint.objects.filter(channel=Channel.PHONE).update(verified_at=None)
    assert choose(signed_in(nadia.user), purpose=RELAY_CONTACT.purpose, channel="phone", is_given=True).status_code == 400


def test_what_was_agreed_to_is_taken_back_also_where_nobody_is_reached_any_more(nadia: Person) -> None:
    agree_to_relay(nadia, channel=Channel.SMS)
    client = signed_in(nadia.user)
    (given,) = [one for one in client.get(ME).json()["consents"] if one["channel"] == "sms"]
    assert (given["is_given"], given["can_be_changed"]) == (True, True)
    answer = choose(client, purpose=RELAY_CONTACT.purpose, channel="sms", is_given=False)
    assert answer.status_code == 200
    assert not may_contact(person_id=nadia.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.SMS)
    assert [one for one in answer.json()["consents"] if one["channel"] == "sms"] == []
    assert choose(client, purpose=RELAY_CONTACT.purpose, channel="sms", is_given=True).status_code == 400


def test_the_file_has_a_section_a_hall(nadia: Person) -> None:
    answer = signed_in(nadia.user).get(f"{ME}export/")
    assert answer["Content-Disposition"] == 'attachment; filename="maillage.json"'
    assert set(answer.json()) == {"controller", "made_at", *HALLS}
    assert {"people", "messaging", "relays", "actions"} <= set(HALLS)
    assert answer.json()["people"]["sign_in"]["email"] == EMAIL


def test_the_file_says_where_i_am_signed_in_and_by_what_and_no_secret(nadia: Person) -> None:
    client = signed_in(nadia.user)
    for kind, data in (("totp", {"secret": "ZZYXSECRET"}), ("webauthn", {"name": "My key", "credential": {"id": "ZZYXCREDENTIAL"}})):
        Authenticator.objects.create(user=nadia.user, type=kind, data=data)
    kept = client.get(f"{ME}export/").json()["people"]["sign_in"]
    assert [set(one) for one in kept["sessions"]] == [{"browser", "system", "started_at", "seen_at"}]
    assert (kept["has_password"], kept["authenticator_app"] is not None, kept["passkeys"][0]["name"]) == (False, True, "My key")
    session = Session.objects.get()
    assert not [secret for secret in ("ZZYX", session.session_key, str(session.public_id)) if secret in str(kept)]


def test_a_user_whom_nobody_is_behind_has_nothing_here(db: None) -> None:
    assert signed_in(make_user()).get(ME).json()["code"] == "no_person"


def test_i_am_erased_once_i_typed_my_address_again(nadia: Person) -> None:
    client = signed_in(nadia.user)
    assert client.post(f"{ME}erase/", {"email": "other@people.example"}, content_type="application/json").json()["fields"]["email"]
    assert Person.objects.get().given_name == "Nadia"
    assert client.post(f"{ME}erase/", {"email": " Nadia@People.example "}, content_type="application/json").status_code == 204
    person = Person.objects.get()
    assert (person.full_name, person.folded_name, person.user, person.area, bool(person.erased_at)) == ("", "", None, None, True)
    assert not User.objects.exists()
    assert not ContactPoint.objects.exists()
    assert client.get(ME).status_code == 403
    assert list(Entry.objects.filter(name="person.erased").values_list("subject_id", flat=True)) == [str(nadia.pk)]


def test_a_relay_who_is_erased_leaves_a_vacant_seat_and_answers_without_a_name(db: None) -> None:
    net = make_network()
    seat = net.seat("0101")
    term, relay = make_holder(seat)
    waiting = make_application(net.seat("0102"), person=relay)
    action = make_launched(net)
    assignment = Assignment.objects.get(action=action, seat=seat)
    Assignment.objects.filter(pk=assignment.pk).update(answer="declined", reason="Je pars vivre à Lyon")
    services.erase_person(person_id=relay.pk, now=now())
    term.refresh_from_db()
    assignment.refresh_from_db()
    assert term.ends_at is not None
    assert SeatStanding.objects.get(seat_id=seat.pk).state == "vacant"
    assert not Application.objects.filter(pk=waiting.pk).exists()
    assert not Grant.objects.filter(origin=f"term:{term.pk}").exists()
    assert (assignment.answer, assignment.reason) == ("declined", "")
    assert Term.objects.filter(pk=term.pk, person=relay).exists(), "that somebody held the seat stays"


def test_erasing_twice_is_erasing_once_and_half_of_it_is_none(nadia: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as broken:
        broken.setattr("maillage.people.services.erasure.accounts.delete_user", _fails)
        with pytest.raises(RuntimeError, match="the power went"):
            services.erase_person(person_id=nadia.pk, now=now())
    assert ContactPoint.objects.filter(person=nadia).count() == 2
    for _time in range(2):
        services.erase_person(person_id=nadia.pk, now=now())
    assert Entry.objects.filter(name="person.erased").count() == 1


def _fails(**_: object) -> None:
    raise RuntimeError("the power went")
