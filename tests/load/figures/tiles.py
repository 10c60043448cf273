"""Pictures: low tiles drawn at import against cutting them from the finest outlines, close tiles against raw ST_AsMVT, and weights."""

import gzip
from functools import cache
from typing import Any

from tests.load.bench import Figure, MissingData, Result, compare, seconds
from tests.load.world import territories

NATIONAL = (5, 16, 11)
"""The heaviest low tile: most of mainland France."""
CLOSE = [(8, 129, 88), (9, 259, 176), (10, 518, 352), (11, 1036, 704), (12, 2074, 1409), (9, 262, 182), (10, 527, 373)]
"""Paris and its surroundings, Lyon and Marseille, at the zooms of a department and a town."""

RAW = """
    SELECT ST_AsMVT(seat, 'constituency', 4096, 'outline')
    FROM (
        SELECT ST_AsMVTGeom(ST_Transform(shape.geometry, 3857), ST_TileEnvelope(%(z)s, %(x)s, %(y)s), 4096, 64) AS outline,
               area.code, area.name, parent.code AS parent
        FROM territories_areashape AS shape
        JOIN territories_area AS area ON area.id = shape.area_id
        LEFT JOIN territories_area AS parent ON parent.id = area.parent_id
        WHERE shape.boundary_set_id = %(set)s
          AND shape.geometry && ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 64.0 / 4096), 4326)
    ) AS seat
    WHERE seat.outline IS NOT NULL
"""


def figures() -> list[Figure]:
    """List what is measured."""
    return [
        Figure("national", target=0.1, unit="of raw ST_AsMVT on the finest set", better="below", measure=_national),
        Figure("national-weight", target=50.0, unit="kB gzip", better="below", measure=_national_weight),
        Figure("close-cold", target=1.3, unit="of raw ST_AsMVT", better="below", measure=_close),
        Figure("svg-weight", target=50.0, unit="kB gzip", better="below", measure=_svg_weight),
    ]


@cache
def _finest() -> Any:
    from maillage.territories.domain import SetUse
    from maillage.territories.models import BoundarySet

    territories()
    found = BoundarySet.objects.filter(kind__country="FR", kind__code="constituency", use=SetUse.LOCATE, in_force=True).first()
    if found is None:
        raise MissingData("no set of French constituencies is in force")
    return found


def _raw(place: tuple[int, int, int]) -> bytes:
    from django.db import connection

    z, x, y = place
    with connection.cursor() as cursor:
        cursor.execute(RAW, {"set": _finest().pk, "z": z, "x": x, "y": y})
        return bytes(cursor.fetchone()[0])


def _served(place: tuple[int, int, int]) -> bytes:
    """Ask for a tile as a browser does, through every middleware; give the body as sent."""
    z, x, y = place
    return _asked(f"/tiles/{_finest().hash}/constituency/{z}/{x}/{y}.mvt")


@cache
def _client() -> Any:
    """One client for all: a new one would load every middleware anew, which a server does once."""
    from django.test import Client

    return Client(SERVER_NAME="127.0.0.1")


def _asked(path: str) -> bytes:
    answer = _client().get(path, headers={"Accept-Encoding": "gzip"})
    if answer.status_code != 200:
        raise AssertionError(f"{path} answered {answer.status_code}")
    return bytes(answer.content)


def _same_seats(place: tuple[int, int, int]) -> bool:
    """Say whether both tiles show the same seats, apart from what is smaller than a unit of the tile."""
    from tests.backend.territories import mvt

    ours, raw = (mvt.layers(tile)[0] for tile in (gzip.decompress(_served(place)), _raw(place)))
    codes = [{feature.properties["code"] for feature in layer.features} for layer in (ours, raw)]
    return ours.name == raw.name and len(codes[0] ^ codes[1]) <= 0.01 * len(codes[1])


def _national() -> Result:
    correct = _same_seats(NATIONAL)
    result = compare(lambda: seconds(lambda: _served(NATIONAL)), lambda: seconds(lambda: _raw(NATIONAL)))
    result.correct = correct
    return result


def _national_weight() -> Result:
    return Result(ours=len(_served(NATIONAL)) / 1000, correct=_same_seats(NATIONAL))


def _close() -> Result:
    """Each round asks for seven tiles, served through HTTP on our side and straight from the database on the other."""
    correct = all(_same_seats(place) for place in CLOSE)
    result = compare(
        lambda: seconds(lambda: [_served(place) for place in CLOSE]),
        lambda: seconds(lambda: [_raw(place) for place in CLOSE]),
    )
    result.correct = correct
    return result


def _svg_weight() -> Result:
    from xml.etree import ElementTree

    drawing = _asked(f"/maps/{_finest().hash}/constituency.svg")
    paths = ElementTree.fromstring(gzip.decompress(drawing)).iter("{http://www.w3.org/2000/svg}path")
    seats = [path.get("data-code") for path in paths if path.get("data-code") and path.get("data-twin") is None]
    return Result(ours=len(drawing) / 1000, correct=len(seats) == len(set(seats)) == 577)
