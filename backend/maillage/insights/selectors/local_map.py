"""A small picture of one place among its neighbours, drawn from the set that places people."""

from dataclasses import dataclass
from functools import lru_cache
from uuid import UUID

from django.db import connection

from maillage.insights.domain import Label, placed_labels
from maillage.territories.domain import SetUse
from maillage.territories.models import Area, BoundarySet

WIDTH, HEIGHT = 640, 560
TOWNS = 6

# Web Mercator keeps shapes; all cells are rounded to one grid of 1.5 units, so that shared borders stay shared.
_CELLS = """
WITH here AS (
    SELECT ST_Transform(geometry, 3857) AS shape FROM territories_areashape WHERE boundary_set_id = %(set)s AND area_id = %(area)s
), frame AS (
    SELECT ST_XMin(shape) AS x0, ST_XMax(shape) AS x1, ST_YMin(shape) AS y0, ST_YMax(shape) AS y1 FROM here
), scale AS (
    SELECT (x0 + x1) / 2 AS x, (y0 + y1) / 2 AS y, greatest((x1 - x0) / %(width)s, (y1 - y0) / %(height)s) * 1.16 AS per_unit FROM frame
), sheet AS (
    SELECT x, y, per_unit,
        ST_MakeEnvelope(
            x - per_unit * (%(width)s / 2 + 8), y - per_unit * (%(height)s / 2 + 8),
            x + per_unit * (%(width)s / 2 + 8), y + per_unit * (%(height)s / 2 + 8), 3857
        ) AS box
    FROM scale
)
SELECT cell.area_id, area.code, ST_AsSVG(
    ST_SnapToGrid(
        ST_TransScale(ST_ClipByBox2D(ST_Transform(cell.geometry, 3857), sheet.box), -sheet.x + sheet.per_unit * %(width)s / 2,
                      -sheet.y - sheet.per_unit * %(height)s / 2, 1 / sheet.per_unit, 1 / sheet.per_unit), 1.5), 1, 1),
    sheet.x, sheet.y, sheet.per_unit
FROM sheet
JOIN territories_areashape cell ON cell.boundary_set_id = %(set)s AND cell.geometry && ST_Transform(sheet.box, 4326)
JOIN territories_area area ON area.id = cell.area_id
"""

_TOWNS = """
SELECT town.name, ST_X(point) AS x, ST_Y(point) AS y FROM (
    SELECT area.name, area.population, ST_Transform(shape.inner_point, 3857) AS point
    FROM territories_areaclosure closure
    JOIN territories_area area ON area.id = closure.descendant_id
    JOIN territories_areashape shape ON shape.area_id = area.id AND shape.inner_point IS NOT NULL
    WHERE closure.ancestor_id = %(area)s AND closure.whole AND area.id <> %(area)s
) town ORDER BY population DESC NULLS LAST, name LIMIT 40
"""


@dataclass(frozen=True)
class Cell:
    """An area on the picture: its code and its path."""

    area_id: UUID
    code: str
    d: str


@dataclass(frozen=True)
class LocalMap:
    """A place in the middle of its neighbours: paths in a sheet of 640 by 560 units, and the names of its largest towns."""

    here: Cell
    around: list[Cell]
    towns: list[Label]
    attribution: str
    licence: str
    approximate: bool
    set_hash: str
    kind: str


def local_map(area: Area) -> LocalMap | None:
    """Draw a place; None for one without a shape (abroad) or before boundaries are loaded. Kept in memory by the set's hash."""
    sets = BoundarySet.objects.filter(kind=area.kind_id, cut=area.cut, use=SetUse.LOCATE, in_force=True)
    boundary_set = sets.values_list("pk", "hash", "attribution", "licence", "approximate").first()
    if boundary_set is None:
        return None
    set_id, set_hash, attribution, licence, approximate = boundary_set
    drawn = _drawn(set_id, set_hash, area.pk)
    if drawn is None:
        return None
    here, around, towns = drawn
    return LocalMap(here, around, towns, attribution, licence, approximate, set_hash, area.kind.code)


@lru_cache(maxsize=1024)
def _drawn(set_id: int, set_hash: str, area_id: UUID) -> tuple[Cell, list[Cell], list[Label]] | None:
    """Ask the two queries once for each place of a set; `set_hash` is in the key because it names the content."""
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, {"set": set_id, "area": area_id, "width": float(WIDTH), "height": float(HEIGHT)})
        rows = cursor.fetchall()
        if not rows:
            return None
        x, y, per_unit = rows[0][3:]
        cursor.execute(_TOWNS, {"area": area_id})
        towns = [(name, (tx - x) / per_unit + WIDTH / 2, HEIGHT / 2 - (ty - y) / per_unit) for name, tx, ty in cursor.fetchall()]
    cells = [Cell(cell_id, code, d) for cell_id, code, d, *_frame in rows if d]
    here = next(cell for cell in cells if cell.area_id == area_id)
    return here, [cell for cell in cells if cell is not here], placed_labels(towns, width=WIDTH, height=HEIGHT, most=TOWNS)
