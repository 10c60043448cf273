"""Near a border: one of the touching seats, never none, always the same; a metre away, what ST_Covers says."""

from itertools import pairwise

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from maillage.territories.domain import Position
from maillage.territories.models import AreaBorder, AreaPiece, AreaShape
from maillage.territories.selectors import located
from tests.backend.territories.places import digests, load

pytestmark = pytest.mark.django_db

TOUCHING = """
SELECT a.code, ST_Covers(s.geometry, p.point), ST_Distance(s.geometry::geography, p.point::geography),
       ST_Distance(ST_Boundary(s.geometry)::geography, p.point::geography)
FROM territories_areashape s JOIN territories_area a ON a.id = s.area_id JOIN territories_areakind k ON k.id = a.kind_id AND k.bears_seats,
     (SELECT ST_SetSRID(ST_MakePoint(%s, %s), 4326) AS point) p
WHERE ST_DWithin(s.geometry, p.point, 0.01)
"""


def truth(lon: float, lat: float) -> list[tuple[str, bool, float, float]]:
    with connection.cursor() as cursor:
        cursor.execute(TOUCHING, [lon, lat])
        return cursor.fetchall()


def code_at(lon: float, lat: float) -> str | None:
    found = located(position=Position(lat=lat, lon=lon), language="fr")
    return found and found.area_json.split('"code":"')[1].split('"')[0]


def check(lon: float, lat: float) -> None:
    around = truth(lon, lat)
    given_code = code_at(lon, lat)
    covering = sorted(code for code, covers, _, _ in around if covers)
    if around and min(edge for *_, edge in around) > 1.0:
        assert [given_code] == covering or (not covering and given_code in (None, min(around, key=lambda row: row[2])[0]))
    elif around:
        assert given_code in {code for code, _, metres, _ in around if metres <= 1.0}, (lon, lat, around)
    assert code_at(lon, lat) == given_code


def border_points() -> list[tuple[float, float]]:
    """Every vertex of every outline, and points along each edge, which no float lies exactly on."""
    points = []
    for shape in AreaShape.objects.filter(area__kind__bears_seats=True, geometry__isnull=False):
        for polygon in shape.geometry:
            for ring in polygon:
                vertices = list(ring.coords)
                points += vertices
                points += [((a[0] * 2 + b[0]) / 3, (a[1] * 2 + b[1]) / 3) for a, b in pairwise(vertices)]
    return points


def test_no_border_point_falls_through_a_crack():
    load()
    points = border_points()
    assert len(points) > 800
    for lon, lat in points:
        check(lon, lat)


def test_the_answers_are_the_same_after_a_reload():
    load()
    points = border_points()[::7]
    before = [code_at(lon, lat) for lon, lat in points]
    tables = digests()
    AreaPiece.objects.all().delete()
    AreaBorder.objects.all().delete()
    AreaShape.objects.all().delete()
    load(force=True)
    assert [code_at(lon, lat) for lon, lat in points] == before
    assert digests().keys() == tables.keys()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lon=st.floats(1.85, 4.8), lat=st.floats(46.0, 48.2))
def test_any_point(loaded_once, lon, lat):
    check(lon, lat)


@pytest.fixture
def loaded_once():
    load()
