"""Who sees what was said and done with an office holder: the relay and stand-in of their place, and the organisers above it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.models import User
from maillage.accounts.selectors.grants import Actor
from maillage.advocacy.models import Contact, Mandate, Position
from maillage.kernel.errors import NotFound
from maillage.people.selectors import own_person_id
from maillage.territories.models import Area


@dataclass(frozen=True)
class HolderSight:
    """An office holder in the place where they sit, or sat last, and as what the reader sees them."""

    holder_id: UUID
    full_name: str
    area: Area
    role: Role

    @property
    def is_organised(self) -> bool:
        """Whether the reader organises the place from above."""
        return self.role == Role.ORGANISER


def holder_seen(user: Actor, holder_id: UUID, *, now: datetime) -> HolderSight:
    """An office holder whose positions and contacts a user may see, and write. Three queries at most. Raises: NotFound."""
    mandates = Mandate.objects.filter(holder_id=holder_id).select_related("area__kind", "holder")
    mandate = mandates.filter(ends_on=None).order_by("begins_on").last() or mandates.order_by("ends_on").last()
    role = _role_in(user, mandate.area_id, now=now) if mandate else None
    if mandate is None or role is None:
        raise NotFound(code="office_holder_unknown")
    return HolderSight(holder_id=holder_id, full_name=mandate.holder.full_name, area=mandate.area, role=role)


def positions_seen(user: Actor, *, now: datetime) -> QuerySet[Position]:
    """The positions that a user may see, with `organised`: they organise the place from above."""
    return Position.objects.annotate(organised=_organised(user, now=now)).filter(Q(organised=True) | Q(area_id__in=_held(user, now=now)))


def contacts_seen(user: Actor, *, now: datetime) -> QuerySet[Contact]:
    """The contacts that a user may see, with `organised`: those of their place that relays may read, those below, their own."""
    here = Q(area_id__in=_held(user, now=now)) & (Q(readable_by="relays") | Q(by=user.pk) | Q(author_id__in=reader_ids(user)))
    return Contact.objects.annotate(organised=_organised(user, now=now)).filter(Q(organised=True) | here)


def reader_ids(user: Actor) -> list[UUID]:
    """The record of who reads, if they have one: what they wrote is known by it."""
    person_id = own_person_id(user) if isinstance(user, User) else None
    return [person_id] if person_id else []


def is_own(row: dict[str, Any], *, user: Actor, person_ids: Collection[UUID]) -> bool:
    """Say whether the reader wrote a line: by their account, or as a person without one."""
    return row["author_id"] in person_ids or (row["by_id"] is not None and row["by_id"] == user.pk)


def _organised(user: Actor, *, now: datetime) -> Any:
    above = accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now)
    return ExpressionWrapper(Q(above), output_field=BooleanField())


def _held(user: Actor, *, now: datetime) -> Any:
    return accounts.running_grants(user, now=now).filter(role__in=HOLDERS).values("area_id")


def _role_in(user: Actor, area_id: UUID, *, now: datetime) -> Role | None:
    if accounts.is_reached(user, roles=[Role.ORGANISER], area_id=area_id, now=now):
        return Role.ORGANISER
    held = accounts.running_grants(user, now=now).filter(role__in=HOLDERS, area_id=area_id).values_list("role", flat=True)
    return Role(min(held)) if held else None  # a relay before a stand-in
