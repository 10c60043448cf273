"""People, narrowed to what the actor may see (decision 9)."""

from datetime import datetime
from uuid import UUID

from django.db.models import BooleanField, Case, Exists, OuterRef, Q, QuerySet, Value, When

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.selectors.grants import Actor
from maillage.people.domain import RELAY_CONTACT
from maillage.people.models import Person
from maillage.people.selectors.consents import people_who_agreed


def people_reached(user: Actor, *, now: datetime) -> QuerySet[Person]:
    """Return the confirmed people whom a user may see, each with `seen_as_organiser`.

    An organiser sees the people of every constituency below; a relay or stand-in those of their own who agreed that
    their relay may contact them, and less of each (`domain.sight`); everybody else sees nobody. Two queries, asked here,
    find the constituencies, so that the list itself is served by an index whatever the number of people.
    """
    organised = seats_of(user, roles=[Role.ORGANISER], now=now)
    held = seats_of(user, roles=HOLDERS, now=now) - organised
    if not organised and not held:
        return Person.objects.none()
    seen = Q(area_id__in=organised)
    if held:
        agreed = Exists(people_who_agreed(purpose=RELAY_CONTACT.purpose).filter(person=OuterRef("pk")))
        seen |= Q(area_id__in=held) & agreed
    as_organiser = Case(When(area_id__in=organised, then=Value(True)), default=Value(False), output_field=BooleanField())
    return Person.objects.filter(seen, confirmed_at__isnull=False, erased_at__isnull=True).annotate(seen_as_organiser=as_organiser)


def seats_of(user: Actor, *, roles: tuple[Role, ...] | list[Role], now: datetime) -> set[UUID]:
    """Return the constituencies (areas that bear seats) that a user reaches with one of these roles; one query."""
    return set(accounts.areas_reached(user, roles=roles, now=now).filter(kind__bears_seats=True).values_list("pk", flat=True))
