"""Placing many points at once, against the plain join on the polygons as loaded. LONG=1 for a million."""

import random
from typing import Any

from tests.load.bench import Figure, Result, compare, seconds
from tests.load.world import territories

FEW, MANY = 20_000, 1_000_000

JOIN = """
SELECT p.n, a.code
FROM bench_points p
JOIN territories_areashape s ON s.boundary_set_id = %s AND ST_Covers(s.geometry, p.point)
JOIN territories_area a ON a.id = s.area_id
"""


def figures() -> list[Figure]:
    """List what is measured."""
    unit = "of the time of the plain join on undivided polygons"
    return [
        Figure("twenty-thousand", target=0.5, unit=unit, better="below", measure=lambda: _bulk(FEW, rounds=5)),
        Figure("million", target=0.5, unit=unit, better="below", measure=lambda: _bulk(MANY, rounds=5), needs_long=True),
    ]


def _bulk(count: int, *, rounds: int) -> Result:
    from django.db import connection, transaction
    from psycopg.sql import SQL

    from maillage.territories.selectors import placing_set, seats_of_points

    territories()
    chosen = placing_set(country="FR")
    assert chosen
    drawn = random.Random(577)
    points = [(drawn.uniform(43.0, 50.0), drawn.uniform(-1.0, 7.0)) for _ in range(count)]

    def plain() -> dict[int, Any]:
        """Copy the points in and join, as ours does."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("CREATE TEMPORARY TABLE bench_points (n integer, point geometry(Point, 4326)) ON COMMIT DROP")
            with cursor.copy(SQL("COPY bench_points FROM STDIN")) as copy:
                for n, (lat, lon) in enumerate(points):
                    copy.write(f"{n}\tSRID=4326;POINT({lon} {lat})\n")
            cursor.execute("ANALYZE bench_points")
            cursor.execute(JOIN, [chosen.pk])
            return dict(cursor.fetchall())

    reference, ours = plain(), seats_of_points(points)
    # A random point is within 500 m of the land, and outside it, once in some thousands: ours places those, the join does not.
    correct = all(reference.get(n) in (code, None) for n, code in enumerate(ours)) and all(ours[n] for n in reference)
    result = compare(lambda: seconds(lambda: seats_of_points(points)), lambda: seconds(plain), rounds=rounds)
    result.correct = correct
    return result
