"""Who reaches which place (decision 10)."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.kernel.errors import Forbidden
from maillage.territories.models import Area, AreaClosure

Actor = User | AnonymousUser


def running_grants(user: Actor, *, now: datetime) -> QuerySet[Grant]:
    """Return the roles that a user holds now; none for who is not signed in."""
    return Grant.objects.filter(user_id=user.pk).running(now) if user.pk else Grant.objects.none()


def holds_role(user: Actor, *, roles: Iterable[Role], now: datetime) -> bool:
    """Say whether a user holds one of these roles somewhere."""
    return running_grants(user, now=now).filter(role__in=list(roles)).exists()


def as_administrator(user: Actor, *, now: datetime) -> User:
    """Return the user, who administers this installation. Raises: Forbidden (`administrators_only`)."""
    if not isinstance(user, User) or not holds_role(user, roles=[Role.ADMINISTRATOR], now=now):
        raise Forbidden(_("Only an administrator does this."), code="administrators_only")
    return user


def areas_reached(user: Actor, *, roles: Iterable[Role], now: datetime) -> QuerySet[Area]:
    """Return the areas at or wholly below those where a user holds one of these roles.

    A commune split between two constituencies is below neither: its people are reached by their constituency.
    """
    held = running_grants(user, now=now).filter(role__in=list(roles)).values("area_id")
    below = AreaClosure.objects.filter(ancestor_id__in=held, whole=True)
    return Area.objects.filter(pk__in=below.values("descendant_id"))


class _LookedUp(Exists):
    """Looked up for each row by itself.

    Left to choose, the database reads all 42,000 places below a country, once for each place of a statement that asks, to compare
    fifty rows with them: it takes any area to hold a few hundred.
    """

    template = "(SELECT EXISTS(%(subquery)s))"


def reaches(user: Actor, *, roles: Iterable[Role], area: str, now: datetime, are_seats: bool = False) -> Exists:
    """Return, for a queryset's rows, whether the area at the path `area` is at or wholly below one where the user holds a role.

    It looks up from each row's area, a handful of lines, where `areas_reached` looks down at every commune of a country.
    `are_seats`: each area is of a kind that bears seats, as people's are; many rows are then compared with a few hundred places.
    """
    held = running_grants(user, now=now).filter(role__in=list(roles)).values("area_id")
    above = AreaClosure.objects.filter(descendant_id=OuterRef(area), ancestor_id__in=held, whole=True)
    return Exists(above.filter(to_seat=True)) if are_seats else _LookedUp(above)


def is_reached(user: Actor, *, roles: Iterable[Role], area_id: UUID, now: datetime) -> bool:
    """Say whether this area is at or wholly below one where the user holds one of these roles; one query."""
    above = AreaClosure.objects.filter(descendant_id=area_id, whole=True).values("ancestor_id")
    return running_grants(user, now=now).filter(role__in=list(roles), area_id__in=above).exists()


def organisers_above(area: Area, *, now: datetime) -> QuerySet[User]:
    """Return the active organisers whose grants reach an area, the nearest first, each once."""
    above = AreaClosure.objects.filter(descendant=area, whole=True).values("ancestor_id")
    running = Grant.objects.filter(role=Role.ORGANISER, area_id__in=above).running(now)
    return (
        User.objects.filter(is_active=True, grants__in=running)
        .annotate(nearness=Max("grants__area__kind__level"))
        .order_by("-nearness", "pk")
    )
