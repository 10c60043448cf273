"""Numbers that were kept before each had one spelling, and agreements to texts before their number said so."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.db import connection

from maillage.kernel.clock import now
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint, ImportedPerson, ImportReading, Person
from maillage.relays.models import Welcome
from tests.backend.people.factories import agree_to_relay, make_person
from tests.backend.people.import_files import PAPER, agreement, imported, line, organiser_of, undone
from tests.backend.territories.factories import SmallCountry

TEXTS = import_module("maillage.people.migrations.0020_numbers_for_texts")
SPELLINGS = import_module("maillage.people.migrations.0021_one_spelling_of_numbers")


def respell() -> None:
    with connection.schema_editor() as editor:
        SPELLINGS.respell(apps, editor)


def point(
    person: Person, value: str, *, channel: Channel = Channel.PHONE, is_proved: bool = True, is_preferred: bool = False
) -> ContactPoint:
    verified_at = now() - timedelta(days=1) if is_proved else None
    return ContactPoint.objects.create(person=person, channel=channel, value=value, verified_at=verified_at, is_preferred=is_preferred)


@pytest.mark.django_db
def test_each_number_is_spelt_anew_and_of_two_that_are_the_same_the_proved_one_stays() -> None:
    person, other = make_person(email="0612345678@people.example"), make_person()
    proved = point(person, "+330612345678")
    unproved = point(person, "0612345678", is_proved=False, is_preferred=True)
    texts = point(person, "0612345678", channel=Channel.SMS)
    abroad, unread, theirs = point(person, "+442079460958"), point(person, "3631"), point(other, "0690123456")
    post = point(person, "0612345678", channel=Channel.POST)
    welcome = Welcome.objects.create(person=person, contact=unproved, as_facilitator=True, as_buddy=False, places=1, since=now())
    respell()
    respell()
    kept = {row.pk: (row.channel, row.value, row.is_preferred) for row in ContactPoint.objects.exclude(channel=Channel.EMAIL)}
    assert kept == {
        proved.pk: ("phone", "+33612345678", True),
        texts.pk: ("sms", "+33612345678", False),
        abroad.pk: ("phone", "+442079460958", False),
        unread.pk: ("phone", "3631", False),
        theirs.pk: ("phone", "+590690123456", False),
        post.pk: ("post", "0612345678", False),
    }
    welcome.refresh_from_db()
    assert welcome.contact_id == proved.pk
    assert person.contact_points.get(channel=Channel.EMAIL).value == "0612345678@people.example"


def test_a_file_that_was_brought_in_before_is_still_undone(small_country: SmallCountry) -> None:
    known = make_person(email="n@people.example", area=small_country.area("0101"), given_name="Nadia", family_name="Ferhat")
    batch = imported(
        organiser_of(small_country),
        [
            line(email="n@people.example", phone="0612345678"),
            line("Hugo", "Lamy", phone="0612345679"),
            line("Ada", "Lou", phone="+33612345670"),
        ],
    )
    for model, column in ((ContactPoint, "value"), (ImportReading, "phone")):
        for old, new in (("+33612345678", "0612345678"), ("+33612345679", "+330612345679")):
            model._default_manager.filter(**{column: old}).update(**{column: new})
    ImportedPerson.objects.filter(act="filled").update(filled={"phone": "0612345678"})
    respell()
    numbers = ContactPoint.objects.filter(channel=Channel.PHONE).values_list("value", flat=True)
    assert set(numbers) == {"+33612345678", "+33612345679", "+33612345670"}
    undone(batch)
    assert list(Person.objects.all()) == [known]
    assert list(known.contact_points.values_list("channel", flat=True)) == ["email"]


def test_a_number_for_texts_from_a_file_of_before_goes_with_the_file(small_country: SmallCountry) -> None:
    known = make_person(email="n@people.example", area=small_country.area("0101"), given_name="Nadia", family_name="Ferhat")
    point(known, "+33699999999")
    said = line(email="n@people.example", phone="0612345678", **PAPER)
    batch = imported(organiser_of(small_country), [said], consents=[agreement(channel="sms")])
    texts = known.contact_points.get(channel=Channel.SMS)
    ContactPoint.objects.filter(pk=texts.pk).update(value="0612345678")
    (met,) = ImportedPerson.objects.filter(act="filled")
    assert met.filled == {"sms": "+33612345678"}
    ImportedPerson.objects.filter(pk=met.pk).update(filled={"sms": "0612345678"})
    respell()
    texts.refresh_from_db()
    met.refresh_from_db()
    assert texts.value == met.filled["sms"] == "+33612345678"
    undone(batch)
    assert not known.contact_points.filter(channel=Channel.SMS).exists()


@pytest.mark.django_db
def test_numbers_are_read_some_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(SPELLINGS, "AT_ONCE", 2)
    person = make_person()
    for n in range(5):
        point(person, f"061234567{n}")
    respell()
    kept = person.contact_points.filter(channel=Channel.PHONE).values_list("value", flat=True)
    assert sorted(kept) == [f"+3361234567{n}" for n in range(5)]


@pytest.mark.django_db
def test_who_had_agreed_to_texts_has_a_number_for_them() -> None:
    agreed, refused, called = (make_person(phone=f"+3361234567{n}") for n in range(3))
    agree_to_relay(agreed, channel=Channel.SMS)
    agree_to_relay(called, channel=Channel.PHONE)
    for _time in range(2):
        with connection.cursor() as cursor:
            cursor.execute(TEXTS.WRITE)
    texts = ContactPoint.objects.get(channel=Channel.SMS)
    assert (texts.person, texts.value, texts.is_preferred, texts.verified_at is not None) == (agreed, "+33612345670", True, True)
    assert not refused.contact_points.filter(channel=Channel.SMS).exists()


@pytest.mark.parametrize("is_from_file", [True, False])
def test_a_number_copied_for_texts_goes_with_the_file_that_filled_it_in(small_country: SmallCountry, is_from_file: bool) -> None:
    known = make_person(email="n@people.example", area=small_country.area("0101"), given_name="Nadia", family_name="Ferhat")
    if not is_from_file:
        point(known, "+33612345678")
    said = line(email="n@people.example", phone="+33612345678", **PAPER)
    batch = imported(organiser_of(small_country), [said], consents=[agreement(channel="sms")])
    known.contact_points.filter(channel=Channel.SMS).delete()  # as a file left it before
    ImportedPerson.objects.update(filled={"phone": "+33612345678"} if is_from_file else {})
    with connection.cursor() as cursor:
        cursor.execute(TEXTS.WRITE)
    assert known.contact_points.get(channel=Channel.SMS).value == "+33612345678"
    undone(batch)
    kept = known.contact_points.exclude(channel=Channel.EMAIL).order_by("channel")
    assert list(kept.values_list("channel", flat=True)) == ([] if is_from_file else ["phone", "sms"])
