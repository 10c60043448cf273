"""Which places lie next to which, for networks of any kind of place; and how far people live from one."""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from maillage.territories.models import AreaClosure


def next_door(area_ids: Collection[UUID]) -> dict[UUID, list[UUID]]:
    """Return the places of the same kind next to each of these, the longest shared border first. One query.

    A place that bears no seat by itself (a department) is next to another where a constituency of one is next to one of
    the other.
    """
    found: dict[UUID, list[UUID]] = {id: [] for id in area_ids}
    with connection.cursor() as cursor:
        cursor.execute(_NEXT_DOOR, [list(area_ids)])
        for area_id, other_id in cursor.fetchall():
            found[area_id].append(other_id)
    return found


def seats_below(area_id: UUID) -> set[UUID]:
    """Return the places that bear a seat at or wholly below one: where its people are said to live. One query."""
    return set(AreaClosure.objects.filter(ancestor_id=area_id, whole=True, to_seat=True).values_list("descendant_id", flat=True))


def metres_from(places: Collection[UUID], *, target: Collection[UUID]) -> dict[UUID, float]:
    """Say how far the inner point of each place lies from an area (the seats `target` together), 0 within. One query.

    What has no point, and every place where the target has no outline (a seat abroad), is left out.
    """
    if not places or not target:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_METRES, {"target": list(target), "places": list(places)})
        return {area_id: metres for area_id, metres in cursor.fetchall() if metres is not None}


_NEXT_DOOR = """
SELECT me.id, other.id
FROM territories_areaclosure mine
JOIN territories_area me ON me.id = mine.ancestor_id
JOIN territories_areaneighbour near ON near.area_id = mine.descendant_id
JOIN territories_areaclosure theirs ON theirs.descendant_id = near.other_id AND theirs.whole
JOIN territories_area other ON other.id = theirs.ancestor_id AND other.kind_id = me.kind_id AND other.id <> me.id
WHERE mine.ancestor_id = ANY(%s) AND mine.whole AND mine.to_seat
GROUP BY me.id, other.id
ORDER BY me.id, sum(near.shared_metres) DESC NULLS LAST, other.id
"""

_METRES = """
WITH target AS (
    SELECT ST_Collect(shape.geometry)::geography AS area
    FROM territories_areashape shape
    JOIN territories_boundaryset the_set ON the_set.id = shape.boundary_set_id AND the_set.in_force AND the_set.use = 'locate'
    WHERE shape.area_id = ANY(%(target)s) AND shape.geometry IS NOT NULL
)
SELECT DISTINCT ON (shape.area_id) shape.area_id, ST_Distance(shape.inner_point::geography, target.area, false)
FROM territories_areashape shape
JOIN territories_boundaryset the_set ON the_set.id = shape.boundary_set_id AND the_set.in_force
CROSS JOIN target
WHERE shape.area_id = ANY(%(places)s) AND shape.inner_point IS NOT NULL
ORDER BY shape.area_id, (the_set.use = 'locate') DESC, shape.id
"""
