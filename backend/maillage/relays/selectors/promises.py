"""Who makes the promised call."""

from datetime import datetime
from uuid import UUID

from maillage.accounts import selectors as accounts
from maillage.people.models import Person
from maillage.territories.models import Area


def contact_person(area: Area, *, now: datetime, without: UUID | None = None) -> Person | None:
    """The organiser who calls applicants of an area: the nearest above it who is known by name, `without` one of them."""
    named = accounts.organisers_above(area, now=now).filter(person__isnull=False).exclude(person__given_name="")
    nearest = (named.exclude(pk=without) if without else named).first()
    return nearest.person if nearest else None
