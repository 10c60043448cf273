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
MARGIN = 1.16
"""How much wider than the place the sheet is."""

# Degrees are stretched by the cosine of the middle latitude: true enough at this size, and thirty times cheaper than a
# projection. All cells are rounded to one grid of 1.5 units, so that shared borders stay shared.
_CELLS = """
WITH here AS (
    SELECT geometry AS shape FROM territories_areashape WHERE boundary_set_id = %(set)s AND area_id = %(area)s
), frame AS (
    SELECT ST_XMin(shape) AS x0, ST_XMax(shape) AS x1, ST_YMin(shape) AS y0, ST_YMax(shape) AS y1,
           cos(radians((ST_YMin(shape) + ST_YMax(shape)) / 2)) AS squeeze
    FROM here
), scale AS (
    SELECT (x0 + x1) / 2 AS x, (y0 + y1) / 2 AS y, squeeze,
           greatest((x1 - x0) * squeeze / %(width)s, (y1 - y0) / %(height)s) * %(margin)s AS per_unit
    FROM frame
), sheet AS (
    SELECT x, y, per_unit / squeeze AS across, per_unit AS up,
        ST_MakeEnvelope(
            x - per_unit / squeeze * (%(width)s / 2 + 8), y - per_unit * (%(height)s / 2 + 8),
            x + per_unit / squeeze * (%(width)s / 2 + 8), y + per_unit * (%(height)s / 2 + 8), 4326
        ) AS box
    FROM scale
)
SELECT cell.area_id, area.code, ST_AsSVG(
    ST_SnapToGrid(
        ST_TransScale(ST_ClipByBox2D(cell.geometry, sheet.box), -sheet.x + sheet.across * %(width)s / 2,
                      -sheet.y - sheet.up * %(height)s / 2, 1 / sheet.across, 1 / sheet.up), 1.5), 1, 1),
    sheet.x, sheet.y, sheet.across, sheet.up
FROM sheet
JOIN territories_areashape cell ON cell.boundary_set_id = %(set)s AND cell.geometry && sheet.box
JOIN territories_area area ON area.id = cell.area_id
"""

_TOWNS = """
SELECT town.name, ST_X(point) AS x, ST_Y(point) AS y FROM (
    SELECT area.name, area.population, shape.inner_point AS point
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
    """A place in the middle of its neighbours: paths in a sheet of 640 by 560 units, and the names of its largest towns.

    `bounds` is the place's box (west, south, east, north, degrees), for a map that zooms.
    """

    here: Cell
    around: list[Cell]
    towns: list[Label]
    bounds: tuple[float, float, float, float]
    boundary_set: BoundarySet


@dataclass(frozen=True)
class _Drawn:
    here: Cell
    around: list[Cell]
    towns: list[Label]
    bounds: tuple[float, float, float, float]


def local_map(area: Area) -> LocalMap | None:
    """Draw a place; None for one without a shape (abroad) or before boundaries are loaded. Kept in memory by the set's hash."""
    sets = BoundarySet.objects.filter(kind=area.kind_id, cut=area.cut, use=SetUse.LOCATE, in_force=True)
    boundary_set = sets.select_related("kind").first()
    drawn = _drawn(boundary_set.pk, boundary_set.hash, area.pk) if boundary_set else None
    if boundary_set is None or drawn is None:
        return None
    return LocalMap(drawn.here, drawn.around, drawn.towns, drawn.bounds, boundary_set)


@lru_cache(maxsize=1024)
def _drawn(set_id: int, set_hash: str, area_id: UUID) -> _Drawn | None:
    """Ask the two queries once for each place of a set; `set_hash` is in the key because it names the content."""
    with connection.cursor() as cursor:
        cursor.execute(_CELLS, {"set": set_id, "area": area_id, "width": float(WIDTH), "height": float(HEIGHT), "margin": MARGIN})
        rows = cursor.fetchall()
        cursor.execute(_TOWNS, {"area": area_id})
        places = cursor.fetchall()
    cells = [Cell(cell_id, code, d) for cell_id, code, d, *_frame in rows if d]
    here = next((cell for cell in cells if cell.area_id == area_id), None)
    if here is None:
        return None
    x, y, across, up = rows[0][3:]
    towns = [(name, (tx - x) / across + WIDTH / 2, HEIGHT / 2 - (ty - y) / up) for name, tx, ty in places]
    half_width, half_height = across * WIDTH / 2 / MARGIN, up * HEIGHT / 2 / MARGIN
    bounds = (x - half_width, y - half_height, x + half_width, y + half_height)
    return _Drawn(here, [cell for cell in cells if cell is not here], placed_labels(towns, width=WIDTH, height=HEIGHT, most=TOWNS), bounds)
