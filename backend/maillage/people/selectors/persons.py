"""People, narrowed to what the actor may see (decision 9)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.models import User
from maillage.accounts.selectors.grants import Actor
from maillage.people.domain import RELAY_CONTACT
from maillage.people.models import Person
from maillage.people.selectors.consents import people_who_agreed


@dataclass(frozen=True)
class Reach:
    """The constituencies whose people somebody sees: as an organiser, or as the relay or stand-in there."""

    organised: frozenset[UUID]
    held: frozenset[UUID]


def reach_of(user: Actor, *, now: datetime) -> Reach:
    """Return the constituencies (areas that bear seats) that a user's roles reach; two queries."""
    organised = _seats(user, [Role.ORGANISER], now=now)
    return Reach(organised=organised, held=_seats(user, HOLDERS, now=now) - organised)


def people_reached(user: Actor, *, now: datetime) -> QuerySet[Person]:
    """Return the confirmed people whom a user may see, each with `seen_as_organiser`.

    An organiser sees the people of every constituency below; a relay or stand-in those of their own who agreed that
    their relay may contact them, and less of each (`domain.sight`); everybody else sees nobody.
    """
    return people_within(reach_of(user, now=now))


def people_within(reach: Reach) -> QuerySet[Person]:
    """Return the people of `people_reached` for a reach that is known: constituencies as constants, so that an index serves."""
    seen = Q(area_id__in=reach.organised)
    if reach.held:
        agreed = Exists(people_who_agreed(purpose=RELAY_CONTACT.purpose).filter(person=OuterRef("pk")))
        seen |= Q(agreed, area_id__in=reach.held)
    as_organiser = Case(When(area_id__in=reach.organised, then=Value(True)), default=Value(False), output_field=BooleanField())
    return Person.objects.filter(seen, confirmed_at__isnull=False, erased_at__isnull=True).annotate(seen_as_organiser=as_organiser)


def _seats(user: Actor, roles: Iterable[Role], *, now: datetime) -> frozenset[UUID]:
    return frozenset(accounts.areas_reached(user, roles=roles, now=now).filter(kind__bears_seats=True).values_list("pk", flat=True))


def person_of(user: User) -> dict[str, Any] | None:
    """Say who is behind a user, for `accounts/me/`: id, names, and the name of their constituency; None when nobody is."""
    person = Person.objects.filter(user=user).select_related("area").first()
    if person is None:
        return None
    return {
        "id": person.pk,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "place": person.area.name if person.area else "",
    }
