"""Anyone can type anyone's name and address: what a public form may change, and what it may say."""

from datetime import timedelta
from typing import Any

import pytest

from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.people import services
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, Person
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db


def meet(**changes: Any) -> services.Meeting:
    fields: dict[str, Any] = {
        "given_name": "Nadia",
        "family_name": "Ferhat",
        "email": "nadia@people.example",
        "language": "fr",
        "now": now(),
    }
    return services.meet_person(**{**fields, **changes})


def test_a_stranger_is_written_down_unproved() -> None:
    meeting = meet(email=" Nadia@People.example ", phone="06 12 34 56 78")
    assert not meeting.is_known
    assert meeting.person.confirmed_at is None
    assert meeting.contact_point.value == "nadia@people.example"
    assert meeting.contact_point.verified_at is None
    assert ContactPoint.objects.get(channel=Channel.PHONE).value == "+33612345678"
    assert Entry.objects.get(name="person.met").data == {}


def test_a_proved_address_with_the_same_name_is_that_person_untouched(small_country: SmallCountry) -> None:
    known = make_person(email="nadia@people.example", family_name="Férhat", area=small_country.area("0101"), language="en")
    meeting = meet(given_name="nadia", family_name="FERHAT", area=small_country.area("0203"), phone="0600000000")
    assert meeting.is_known
    assert meeting.person == known
    known.refresh_from_db()
    assert (known.area, known.language, known.given_name, known.family_name) == (small_country.area("0101"), "en", "Nadia", "Férhat")
    assert not known.contact_points.filter(channel=Channel.PHONE).exists()


def test_a_couple_shares_an_address_and_stays_two_people() -> None:
    make_person(email="both@people.example")
    meeting = meet(given_name="Karim", email="both@people.example")
    assert not meeting.is_known
    assert Person.objects.count() == 2


def test_before_the_proof_a_second_form_rewrites_nothing() -> None:
    first = meet()
    second = meet(language="en")
    assert first.person != second.person
    first.person.refresh_from_db()
    assert first.person.language == "fr"


def test_an_erased_person_is_not_known() -> None:
    make_person(email="nadia@people.example", erased_at=now())
    assert not meet().is_known


@pytest.mark.parametrize(
    ("field", "value"), [("email", "nadia"), ("email", ""), ("email", "a@b"), ("phone", "call me"), ("phone", "1" * 30)]
)
def test_bad_contact_points_are_named(field: str, value: str) -> None:
    with pytest.raises(Invalid) as refusal:
        meet(**{field: value})
    assert list(refusal.value.fields) == [field]
    assert not Person.objects.exists()


def test_the_proof_makes_a_person_known_once() -> None:
    meeting = meet()
    for _ in range(2):
        services.verify_contact_point(contact_point_id=meeting.contact_point.pk, now=now())
    meeting.person.refresh_from_db()
    assert meeting.person.confirmed_at is not None
    assert Entry.objects.filter(name="person.confirmed").count() == 1
    assert Entry.objects.filter(name="contact_point.verified").count() == 1
    assert meet().person == meeting.person


def test_who_never_confirms_is_forgotten_after_thirty_days() -> None:
    forgotten = meet(now=now() - timedelta(days=31)).person
    fresh = meet(email="fresh@people.example").person
    kept = make_person(email="kept@people.example", created_at=now() - timedelta(days=400))
    assert services.forget_unconfirmed(now=now()) == 1
    assert set(Person.objects.all()) == {fresh, kept}
    assert Entry.objects.get(name="person.forgotten").subject_id == str(forgotten.pk)


def test_an_account_is_given_to_a_proved_address() -> None:
    person = make_person(email="nadia@people.example", language="en")
    user = services.give_account(person_id=person.pk, now=now())
    assert user is not None
    assert (user.email, user.language) == ("nadia@people.example", "en")
    assert services.give_account(person_id=person.pk, now=now()) == user
    assert Entry.objects.filter(name="user.invited").count() == 1


def test_no_account_without_a_proof_nor_for_the_second_of_a_couple() -> None:
    assert services.give_account(person_id=meet().person.pk, now=now()) is None
    first, second = make_person(email="both@people.example"), make_person(email="both@people.example", given_name="Karim")
    assert services.give_account(person_id=first.pk, now=now()) is not None
    assert services.give_account(person_id=second.pk, now=now()) is None
    assert User.objects.count() == 1


def test_a_promise_lasts_48_hours_and_is_kept_once() -> None:
    from tests.backend.territories.factories import make_small_country

    area = make_small_country().area("0101")
    made = now()
    promise = services.make_promise(person=make_person(), area=area, now=made)
    assert promise.due_at - made == timedelta(hours=48)
    organiser = User.objects.create_user("organiser@people.example")
    services.keep_promise(promise_id=promise.pk, by=organiser, now=made + timedelta(hours=50))
    services.keep_promise(promise_id=promise.pk, by=None, now=made + timedelta(hours=60))
    promise.refresh_from_db()
    assert (promise.kept_at, promise.kept_by) == (made + timedelta(hours=50), organiser)
    assert Entry.objects.get(name="promise.kept").data["on_time"] is False
