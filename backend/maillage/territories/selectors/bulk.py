"""Many points at once: for imports, audits of addresses, and after a new cut."""
# ruff: noqa: S608  the statements are put together from constants; values are bound

from collections.abc import Sequence
from typing import Any

import orjson
from django.db import connection, transaction
from psycopg.sql import SQL

from maillage.territories.domain import NEAREST_METRES, Position
from maillage.territories.selectors.locating import MERCATOR_LATITUDE, MERCATOR_RADIUS, located

PLACED = """
SELECT p.n, piece.area_id
FROM asked_points p
JOIN territories_areapiece piece ON piece.geometry && p.point AND (piece.is_box OR ST_Covers(piece.geometry, p.point))
"""


NEAR = f"""
SELECT p.n
FROM asked_points p
WHERE p.n = ANY(%(unplaced)s) AND EXISTS (
    SELECT 1 FROM territories_areaborder b
    WHERE b.line && ST_Expand(
        ST_SetSRID(ST_MakePoint(
            {MERCATOR_RADIUS} * radians(ST_X(p.point)),
            {MERCATOR_RADIUS} * asinh(tan(radians(greatest(least(ST_Y(p.point), {MERCATOR_LATITUDE}), -{MERCATOR_LATITUDE}))))
        ), 3857),
        1.02 * {NEAREST_METRES} / greatest(cos(radians(ST_Y(p.point))), 0.01)
    )
)
"""


def seats_of_points(points: Sequence[tuple[float, float]]) -> list[str | None]:
    """Give the seat's code of each (latitude, longitude), None where there is none: the same answers as one by one.

    Points that one seat's pieces cover are placed in one statement, and those that no seat is near are left out in
    another; the few on a border or a quay are decided one by one. The points stand in a temporary table for the time
    of the call.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE asked_points (n integer, point geometry(Point, 4326)) ON COMMIT DROP")
        with cursor.copy(SQL("COPY asked_points FROM STDIN")) as copy:
            for n, (lat, lon) in enumerate(points):
                copy.write(f"{n}\tSRID=4326;POINT({lon} {lat})\n")
        cursor.execute(PLACED)
        placed: dict[int, Any] = {}
        unsure: set[int] = set()
        for n, area in cursor:
            if placed.setdefault(n, area) != area:
                unsure.add(n)
        unplaced = [n for n in range(len(points)) if n not in placed]
        cursor.execute(NEAR, {"unplaced": unplaced})
        unsure |= {n for (n,) in cursor}
        cursor.execute("DROP TABLE asked_points")
        cursor.execute("SELECT id, code FROM territories_area WHERE id = ANY(%s)", [list(set(placed.values()))])
        codes = dict(cursor.fetchall())
    answers = [codes[placed[n]] if n in placed else None for n in range(len(points))]
    for n in unsure:
        found = located(position=Position(lat=points[n][0], lon=points[n][1]), language="fr")
        answers[n] = orjson.loads(found.area_json)["code"] if found else None
    return answers
