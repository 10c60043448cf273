"""People, narrowed to what the actor may see (decision 9)."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any
from uuid import UUID

from django.contrib.postgres.fields import ArrayField
from django.db.models import BooleanField, Exists, F, Func, OuterRef, Q, QuerySet, UUIDField, Value

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.models import User
from maillage.accounts.selectors.grants import Actor
from maillage.people.domain import RELAY_CONTACT
from maillage.people.models import Person
from maillage.people.selectors.consents import people_who_agreed
from maillage.people.selectors.organisation import zone_of_house


@dataclass(frozen=True)
class Reach:
    """The constituencies whose people somebody sees: as an organiser, or as the relay or stand-in there."""

    organised: frozenset[UUID]
    held: Mapping[UUID, Role]

    def role_in(self, area_id: UUID) -> Role:
        """Say as what they see the people of one of these constituencies."""
        return Role.ORGANISER if area_id in self.organised else self.held[area_id]


def reach_of(user: Actor, *, now: datetime, within: UUID | None = None) -> Reach:
    """Return the constituencies (areas that bear seats) that a user's roles reach, in an area or anywhere; one query."""
    below: dict[str, Any] = {"area__below__whole": True, "area__below__to_seat": True}
    if within is not None:
        below |= {"area__below__descendant__above__ancestor_id": within, "area__below__descendant__above__whole": True}
    grants = accounts.running_grants(user, now=now).filter(role__in=[Role.ORGANISER, *HOLDERS], **below)
    reached = set(grants.values_list("role", "area__below__descendant_id", "area_id"))
    organised = frozenset(area for role, area, _at in reached if role == Role.ORGANISER)
    # "The relay of my constituency": who holds the seat of a whole department is not. A relay before a stand-in.
    held = {area: Role(role) for role, area, at in sorted(reached, reverse=True) if at == area and area not in organised}
    return Reach(organised=organised, held=held)


def people_reached(user: Actor, *, now: datetime) -> QuerySet[Person]:
    """Return the confirmed people whom a user may see.

    An organiser sees the people of every constituency below; a relay or stand-in those of their own who agreed that
    their relay may contact them, and less of each (`domain.sight`); everybody else sees nobody.
    """
    return people_within(reach_of(user, now=now))


def zone_of_person(person_id: UUID) -> str:
    """Return the time zone whose days and hours are said to somebody: their constituency's, else their commune's, else the house's."""
    zones = Person.objects.filter(pk=person_id).values_list("area__time_zone", "locality__time_zone").first()
    return next(filter(None, zones or ()), "") or zone_of_house()


def people_within(reach: Reach) -> QuerySet[Person]:
    """Return the people of `people_reached` for a reach that is known: constituencies as a constant, so that an index serves."""
    seen = []
    if reach.organised:
        seen.append(in_one_of(reach.organised))
    if reach.held:
        seen.append(in_one_of(reach.held) & _AGREED)
    if not seen:
        return Person.objects.none()
    return Person.objects.standing().filter(reduce(or_, seen))


# Made once: it is part of every page that a relay reads.
_AGREED = Q(Exists(people_who_agreed(purpose=RELAY_CONTACT.purpose).filter(person=OuterRef("pk"))))


def in_one_of(areas: Collection[UUID], column: str = "area_id") -> Q:
    """Say that people live in one of these constituencies; one is said by `=`, so that the index of its names gives them in order."""
    return Q(**{column: next(iter(areas))}) if len(areas) == 1 else is_any_of(column, areas)


def is_any_of(column: str, ids: Collection[UUID]) -> Q:
    """Say `column = ANY(array)`: one parameter for any number of ids, where `IN` writes and reads hundreds."""
    array = Value(sorted(ids), output_field=ArrayField(UUIDField()))
    return Q(Func(F(column), array, template="(%(expressions)s))", arg_joiner=" = ANY(", output_field=BooleanField()))


def person_of(user: User) -> dict[str, Any] | None:
    """Say who is behind a user, for `accounts/me/`: id, names, and the name of their constituency; None when nobody is."""
    person = Person.objects.filter(user=user).select_related("area").first()
    if person is None:
        return None
    return {
        "id": person.pk,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "place": person.area.called if person.area else "",
    }
