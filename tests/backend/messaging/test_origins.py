"""The first message to somebody who came from a file says from where; the second does not."""

import pytest
from django.core import mail

from maillage.kernel.clock import now
from maillage.messaging import services as messaging
from maillage.messaging.services.by_hand import letter_of
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT
from maillage.people.models import Import, Person
from tests.backend.messaging.factories import BRIEF
from tests.backend.people.factories import make_person
from tests.backend.people.import_files import ORIGIN, agreement, imported, line, organiser_of
from tests.backend.territories.factories import SmallCountry

TOLD = "D’où nous tenons vos données"


def told(person: Person) -> str:
    """Write to somebody and return the text that arrives."""
    mail.outbox.clear()
    message = messaging.queue_message(BRIEF.name, person=person, now=now())
    assert message
    assert messaging.deliver_message(message_id=message.pk, now=now()) == "sent"
    return str(mail.outbox[0].body)


@pytest.fixture
def imported_person(small_country: SmallCountry) -> Person:
    """Somebody from a file, who proved their address by another way than the question."""
    imported(organiser_of(small_country), [line(email="n@people.example")])
    person = Person.objects.get()
    people.verify_contact_point(contact_point_id=person.contact_points.get().pk, now=now())
    return person


def test_the_first_message_says_from_where_the_data_came(imported_person: Person) -> None:
    first, second = told(imported_person), told(imported_person)
    assert (TOLD in first, ORIGIN in first) == (True, True)
    assert TOLD not in second


def test_what_is_brought_in_later_is_said_again(imported_person: Person) -> None:
    told(imported_person)
    by = Import.objects.get().by
    assert by
    imported(by, [line(email="n@people.example", phone="0612345678")])
    assert TOLD in told(imported_person), "their telephone came from there"
    assert TOLD not in told(imported_person)


def test_who_is_only_met_in_a_file_or_came_by_themselves_is_told_nothing(small_country: SmallCountry) -> None:
    person = make_person(email="n@people.example", area=small_country.area("0101"), given_name="Nadia", family_name="Ferhat")
    assert TOLD not in told(person)
    imported(organiser_of(small_country), [line(email="n@people.example")])
    assert TOLD not in told(person), "the file said nothing that we did not have"


def test_a_call_says_it_too(small_country: SmallCountry) -> None:
    imported(
        organiser_of(small_country),
        [line(phone="0612345678", agreed="oui", on="01/03/2026", paper="B-1")],
        consents=[agreement(channel="phone", purpose=RELAY_CONTACT.purpose)],
    )
    message = messaging.queue_message(BRIEF.name, person=Person.objects.get(), now=now())
    assert message
    assert messaging.deliver_message(message_id=message.pk, now=now()) == "by_hand"
    message.refresh_from_db()
    assert ORIGIN in letter_of(message).plain()
