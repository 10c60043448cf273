"""People as situations: confirmed or not, agreed or not, somewhere."""

from datetime import datetime
from typing import Any

from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.models import ContactPoint, Person

_CONFIRMED = object()


def make_person(
    *,
    email: str = "",
    phone: str = "",
    given_name: str = "Nadia",
    family_name: str = "Ferhat",
    confirmed_at: Any = _CONFIRMED,
    **fields: Any,
) -> Person:
    """Somebody with proved contact points, or unproved ones when `confirmed_at` is None."""
    at: datetime | None = now() if confirmed_at is _CONFIRMED else confirmed_at
    person = Person.objects.create(given_name=given_name, family_name=family_name, confirmed_at=at, **fields)
    for channel, value in ((Channel.EMAIL, email), (Channel.PHONE, phone)):
        if value:
            ContactPoint.objects.create(person=person, channel=channel, value=value, verified_at=at, is_preferred=True)
    return person


def agree_to_relay(person: Person, *, channel: Channel = Channel.EMAIL) -> Person:
    """Let the relay contact them."""
    services.record_consent(
        person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=channel, wording=RELAY_CONTACT.version, source="tests", now=now()
    )
    return person
