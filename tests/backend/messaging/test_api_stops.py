"""What somebody said in person or by telephone is written down by who reaches them, and told to who has a proved address."""

from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.messaging import services
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import AREA_NEWS, RELAY_CONTACT, Channel, ReasonKind
from maillage.people.models import Consent, ConsentState, Person
from maillage.people.selectors import consent_mismatches
from maillage.relays.domain import APPLICANT_CONTACT, APPLY_SOURCE, ApplicationStatus
from tests.backend.accounts.factories import make_granted, sign_in
from tests.backend.messaging.factories import BRIEF
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.relays.factories import make_application, make_holder, make_network
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db

STOPS = "/api/v1/messaging/stops/"


@pytest.fixture
def marthe(small_country: SmallCountry) -> Person:
    """Somebody who agreed that her relay calls her, and has no e-mail."""
    person = make_person(given_name="Marthe", email="", phone="+33298000000", area=small_country.area("0101"), language="en")
    people.record_consent(
        person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE, wording=RELAY_CONTACT.version, source="paper", now=now()
    )
    return person


def signed_in(user: User | None) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    assert user
    sign_in(client, user)
    return client


def stop(client: Client, person: Person, **said: Any) -> Any:
    return client.post(STOPS, {"person": str(person.pk), **said}, content_type="application/json")


def organiser_of(country: SmallCountry, code: str) -> Client:
    return signed_in(make_granted(Role.ORGANISER, country.area(code, "department")))


def given(person: Person) -> set[str]:
    return set(ConsentState.objects.filter(person=person, is_given=True).values_list("purpose", flat=True))


def test_her_relay_writes_down_that_she_wants_no_more_calls(marthe: Person, small_country: SmallCountry) -> None:
    _term, holder = make_holder(make_network(small_country).seat("0101"))
    relay = signed_in(holder.user)
    answer = stop(relay, marthe, purpose=RELAY_CONTACT.purpose)
    assert (answer.status_code, given(marthe)) == (200, set())
    assert answer.json()["changed"] >= 1
    assert Consent.objects.filter(person_id=marthe.pk, source="said", act="withdrawn", channel="phone").count() == 1
    assert not consent_mismatches(limit=5)
    assert not Message.objects.filter(person=marthe).exists(), "she has no address at which to be told"
    assert stop(relay, marthe).status_code == 404, "her relay reaches her no more"


def test_who_has_a_proved_address_is_told_and_can_undo_it(small_country: SmallCountry) -> None:
    nadia = agree_to_relay(make_person(given_name="Nadia", email="nadia@people.example", area=small_country.area("0101"), language="en"))
    assert stop(organiser_of(small_country, "01"), nadia).status_code == 200
    assert given(nadia) == set()
    services.deliver_message(message_id=Message.objects.get(purpose="messaging.preferences_changed").pk, now=now())
    assert "written down for you" in mail.outbox[0].body
    assert "/mail/choices/" in mail.outbox[0].body


def test_an_organiser_elsewhere_writes_nothing_down_and_learns_nothing(marthe: Person, small_country: SmallCountry) -> None:
    assert stop(organiser_of(small_country, "02"), marthe).status_code == 404
    assert given(marthe) == {RELAY_CONTACT.purpose}


def test_the_officer_does_it_for_a_reason_that_is_about_her(marthe: Person, small_country: SmallCountry) -> None:
    user = make_granted(Role.DATA_PROTECTION_OFFICER, small_country.country)
    officer = signed_in(user)
    reason = people.give_reason(reader=user, kind=ReasonKind.OFFICER, words="She telephoned on 3 March", now=now())
    assert stop(officer, marthe).status_code == 404
    assert stop(officer, marthe, reason=str(reason.pk)).status_code == 404, "it is about nobody yet"
    people.narrow_reason(reason_id=reason.pk, reader=user, person_id=marthe.pk, now=now())
    assert stop(officer, marthe, reason=str(reason.pk)).status_code == 200
    assert given(marthe) == set()


def test_what_nobody_is_asked_is_no_purpose(marthe: Person, small_country: SmallCountry) -> None:
    assert stop(organiser_of(small_country, "01"), marthe, purpose="x.y").status_code == 400
    assert given(marthe) == {RELAY_CONTACT.purpose}


def test_what_somebody_asked_on_a_form_is_taken_back_with_its_agreement(small_country: SmallCountry) -> None:
    net = make_network(small_country)
    application = make_application(net.seat("0101"))
    person = application.person
    people.record_consent(
        person_id=person.pk,
        purpose=APPLICANT_CONTACT.purpose,
        channel=Channel.EMAIL,
        wording=APPLICANT_CONTACT.version,
        source=APPLY_SOURCE,
        now=now(),
    )
    answer = stop(signed_in(net.organiser("department", "01", name="Inès Prat")), person, purpose=APPLICANT_CONTACT.purpose)
    assert (answer.status_code, answer.json()["changed"]) == (200, 1)
    assert given(person) == set()
    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN
    assert not consent_mismatches(limit=5)


def test_what_never_stood_is_not_counted_and_refused_all_the_same(marthe: Person, small_country: SmallCountry) -> None:
    organiser = organiser_of(small_country, "01")
    assert stop(organiser, marthe, purpose=AREA_NEWS.purpose).json()["changed"] == 0
    assert ConsentState.objects.filter(person=marthe, purpose=AREA_NEWS.purpose, is_given=False).exists()
    services.queue_message(BRIEF.name, person=marthe, about_id=uuid4(), now=now())
    assert stop(organiser, marthe).json()["changed"] == 2, "the calls that she agreed to, and the briefs that she had"
    assert stop(organiser, marthe).json()["changed"] == 0
    assert stop(organiser, marthe, purpose=APPLICANT_CONTACT.purpose).json()["changed"] == 0
