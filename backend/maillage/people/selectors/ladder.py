"""Who organises a place, from the nearest up: the ladder that a missed promise climbs."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.territories.models import AreaClosure


@dataclass(frozen=True)
class Rung:
    """The organisers of one place, and the one of them who is named; `named` is None when nobody is known by name."""

    area_id: UUID
    organisers: tuple[User, ...]

    @property
    def named(self) -> User | None:
        """The first who has a first name to be called by."""
        return next((user for user in self.organisers if hasattr(user, "person") and user.person.given_name), None)

    def without(self, user_ids: Collection[UUID | None]) -> "Rung":
        """The same rung, some of them left out."""
        return Rung(self.area_id, tuple(user for user in self.organisers if user.pk not in user_ids))


def ladders(area_ids: Collection[UUID], *, now: datetime) -> dict[UUID, list[Rung]]:
    """The organisers at or above each of these areas, the nearest first, each person once. Two queries."""
    closures = list(
        AreaClosure.objects.filter(descendant_id__in=set(area_ids), whole=True)
        .order_by("-ancestor__kind__level", "ancestor_id")
        .values_list("descendant_id", "ancestor_id")
    )
    running = (
        Grant.objects.filter(role=Role.ORGANISER, area_id__in={ancestor for _area, ancestor in closures}, user__is_active=True)
        .running(now)
        .select_related("user__person")
        .order_by("area_id", "starts_at", "user_id")
    )
    holding = {area_id: [grant.user for grant in grants] for area_id, grants in groupby(running, key=lambda grant: grant.area_id)}
    found: dict[UUID, list[Rung]] = {area_id: [] for area_id in area_ids}
    seen: dict[UUID, set[UUID]] = {area_id: set() for area_id in area_ids}
    for area_id, ancestor_id in closures:
        new = {user.pk: user for user in holding.get(ancestor_id, []) if user.pk not in seen[area_id]}
        if new:
            seen[area_id] |= set(new)
            found[area_id].append(Rung(ancestor_id, tuple(new.values())))
    return found


def ladder(area_id: UUID, *, now: datetime, without: Collection[UUID | None] = ()) -> list[Rung]:
    """The organisers at or above one area, the nearest first, `without` some of them. Two queries."""
    rungs = (rung.without(without) for rung in ladders([area_id], now=now)[area_id])
    return [rung for rung in rungs if rung.organisers]
