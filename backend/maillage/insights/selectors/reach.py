"""Which seats lie below which area."""

from dataclasses import dataclass, field
from uuid import UUID

from maillage.kernel.errors import NotFound
from maillage.relays.models import Seat
from maillage.territories.models import Area, AreaClosure


@dataclass
class Level:
    """An area above seats of a network, and the areas of those that lie wholly in it."""

    area: Area
    seat_areas: set[UUID] = field(default_factory=set)


def areas_above(network_id: UUID) -> list[Level]:
    """Return the country of a network's seats and whatever lies between it and them, the widest first, then by code. Two queries."""
    seats = Seat.objects.filter(network_id=network_id).values("area_id")
    lines = AreaClosure.objects.filter(descendant_id__in=seats, whole=True).values_list("ancestor_id", "descendant_id")
    below: dict[UUID, set[UUID]] = {}
    for ancestor_id, descendant_id in lines:
        if ancestor_id != descendant_id:
            below.setdefault(ancestor_id, set()).add(descendant_id)
    areas = Area.objects.filter(pk__in=below).select_related("kind", "parent").order_by("kind__level", "code")
    return [Level(area, below[area.pk]) for area in areas]


def area_above(network_id: UUID, area_id: UUID) -> Area:
    """Return an area in which seats of a network wholly lie, one of theirs included. Raises: NotFound."""
    found = (
        Area.objects.select_related("kind", "parent")
        .filter(pk=area_id, below__whole=True, below__descendant__seats__network_id=network_id)
        .first()
    )
    if found is None:
        raise NotFound(code="no_such_area")
    return found
