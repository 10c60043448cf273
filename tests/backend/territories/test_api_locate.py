import logging

import pytest
from django.db import connection
from django.test import Client

from maillage.kernel.logs import JsonFormatter
from maillage.territories import selectors
from maillage.territories.domain import Position
from maillage.territories.selectors import located
from tests.backend.territories.places import copied, load

pytestmark = pytest.mark.django_db

URL = "/api/v1/territories/locate/"
MIDDLE_OF_0101 = {"lat": "47.6", "lon": "2.2"}
IN_VALBRUNE_AND_0101 = {"lat": "47.22", "lon": "2.47"}


@pytest.fixture
def country():
    return load()


def ask(client: Client, query: dict[str, str], language: str = "fr"):
    return client.get(URL, query, headers={"Accept-Language": language})


def test_a_point_well_inside_is_certain(client, country):
    answer = ask(client, MIDDLE_OF_0101)
    assert answer.status_code == 200
    body = answer.json()
    assert body["area"] == body["constituency"] == {"kind": "constituency", "code": "0101", "name": "Hautes-Brumes, 1re circonscription"}
    assert [(row["kind"], row["code"]) for row in body["ancestors"]] == [("department", "01"), ("region", "10"), ("country", "XM")]
    assert body["locality"] == {"code": "01002", "name": "Aubépine"}
    assert (body["confidence"], body["alternatives"], body["approximate"]) == ("certain", [], False)
    assert body["metres_to_other"] > 10_000
    assert body["set"] == selectors.placing_set(country="XM").hash
    assert answer.headers["Cache-Control"] == "no-store"


def test_names_are_in_the_language_asked_for(client, country):
    assert ask(client, MIDDLE_OF_0101, "en").json()["area"]["name"] == "Hautes-Brumes, constituency 1"


def test_a_point_near_another_seat_says_which(client, country):
    body = ask(client, {"lat": "47.53", "lon": "2.4647"}).json()
    near = body if body["confidence"] == "near_boundary" else _walk_to_the_border(client)
    assert near["confidence"] == "near_boundary"
    assert near["metres_to_other"] < 100
    assert {near["area"]["code"], near["alternatives"][0]["code"]} == {"0101", "0102"}
    assert near["alternatives"][0]["metres"] == near["metres_to_other"]


def _walk_to_the_border(client):
    """Halve the way between 0101 and 0102 until a step is a few metres."""
    west, east = 2.2, 2.7
    while east - west > 0.0002:
        middle = (west + east) / 2
        west, east = (middle, east) if ask(client, {"lat": "47.6", "lon": str(middle)}).json()["area"]["code"] == "0101" else (west, middle)
    return ask(client, {"lat": "47.6", "lon": str(west)}).json()


def test_the_distance_is_to_another_seat_and_not_to_a_coast(client, country):
    """The islet's middle is about a kilometre from its own coast; the nearest other seat is the island of 0202."""
    position = Position(lat=47.54, lon=4.71)
    found = located(position=position, language="fr")
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT min(ST_Distance(s.geometry::geography, ST_SetSRID(ST_MakePoint(4.71, 47.54), 4326)::geography))
            FROM territories_areashape s JOIN territories_area a ON a.id = s.area_id
            JOIN territories_areakind k ON k.id = a.kind_id WHERE k.bears_seats AND a.code <> '0205'"""
        )
        (expected,) = cursor.fetchone()
    assert found.metres_to_other == pytest.approx(expected, abs=0.5)
    assert expected > 5_000


def test_an_enclave_is_not_the_seat_around_it(client, country):
    assert ask(client, {"lat": "46.63", "lon": "3.62"}).json()["area"]["code"] == "0204"


def test_overseas_and_its_distance_across_the_world(client, country):
    body = ask(client, {"lat": "16.1", "lon": "-61.4"}).json()
    assert body["area"]["code"] == "0301"
    assert body["ancestors"][1]["name"] == "Outre-mer"


def test_a_quay_belongs_to_the_nearest_seat(client, country):
    body = ask(client, {"lat": "47.54", "lon": "4.7225"}).json()  # about 190 m east of the islet
    assert (body["area"]["code"], body["confidence"]) == ("0205", "nearest")


SEA = [("47.54", "4.73"), ("0", "0"), ("90", "180"), ("-90", "-180")]


@pytest.mark.parametrize("query", [{"lat": lat, "lon": lon} for lat, lon in SEA])
def test_the_open_sea_is_a_problem_that_points_to_the_search_abroad(client, country, query):
    answer = ask(client, query, "en")
    assert answer.status_code == 404
    assert answer.headers["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert (body["code"], body["search"]) == ("outside", "/api/v1/territories/search/")
    assert "abroad" in body["detail"]


BAD = [
    ("", ""), ("47", ""), ("", "2"), ("nan", "2"), ("inf", "2"), ("-Infinity", "2"), ("91", "2"), ("47", "180.0001"), ("1e400", "2"),
    ("47,5", "2"), ("4_7", "2"), ("٤٧", "2"), ("4" * 5000, "2"), ("0x2F", "2"), ("47; DROP TABLE", "2"),
]  # fmt: skip


@pytest.mark.parametrize("query", [{}, {"lat": "47"}, {"lon": "2"}, *({"lat": lat, "lon": lon} for lat, lon in BAD)])
def test_bad_numbers_are_a_problem_and_never_a_failure(client, query):
    answer = ask(client, query)
    assert answer.status_code == 400
    assert answer.json()["code"] == "bad_position"
    assert set(answer.json()["fields"]) <= {"lat", "lon"}


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_only_reading(client, method):
    answer = getattr(client, method)(URL)
    assert answer.status_code == 405
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_an_empty_installation_places_nobody(client):
    assert ask(client, MIDDLE_OF_0101).status_code == 404


def test_one_query_for_a_point_well_inside(client, country):
    """The query bypasses Django's log of queries on purpose: what is counted here is that nothing else is asked."""
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        assert ask(client, MIDDLE_OF_0101).status_code == 200
    assert len(asked) == 0


def test_nothing_that_is_asked_reaches_a_log(client, country, caplog, settings):
    settings.DEBUG = True
    connection.force_debug_cursor = True
    caplog.set_level(logging.DEBUG)
    try:
        for path, query in (
            (URL, {"lat": "47.612345", "lon": "2.212345"}),
            (URL, {"lat": "95.612345", "lon": "2.212345"}),
            ("/api/v1/territories/search/", {"q": "zyxwvuts"}),
            ("/api/v1/territories/geocode/", {"q": "zyxwvuts"}),
        ):
            client.get(path, query)
        written = " ".join(JsonFormatter().format(record) for record in caplog.records) + str(connection.queries)
    finally:
        connection.force_debug_cursor = False
    assert "612345" not in written
    assert "212345" not in written
    assert "zyxwvuts" not in written


def test_an_approximate_set_places_by_the_table_and_is_never_certain_in_a_split_commune(client, tmp_path):
    from dataclasses import replace

    from tests.backend.territories.places import PROFILE

    spec = PROFILE.sets[0]
    coarse = replace(
        PROFILE, sets=[replace(spec, origins=[replace(spec.origins[0], approximate=True, precision_m=1000)]), *PROFILE.sets[1:]]
    )

    def swallow(content):
        """Draw 0102 over the whole commune of Aubépine (01002), which the table puts in 0101."""
        commune = next(
            row
            for row in __import__("json").loads((tmp_path / "communes.geojson").read_text())["features"]
            if row["properties"]["code"] == "01002"
        )
        for row in content["features"]:
            if row["properties"]["ref"] == "0101":
                row["geometry"] = {"type": "Polygon", "coordinates": [[[1.0, 45.0], [1.1, 45.0], [1.1, 45.1], [1.0, 45.0]]]}
            if row["properties"]["ref"] == "0102":
                row["geometry"] = {
                    "type": "MultiPolygon",
                    "coordinates": [row["geometry"]["coordinates"], commune["geometry"]["coordinates"]],
                }

    load(copied(tmp_path, swallow), profile=coarse)
    placed = ask(client, {"lat": "47.82", "lon": "2.2"}).json()
    assert placed["area"]["code"] == "0101", "by the table, not by the outline"
    assert placed["approximate"] is True
    split = ask(client, {"lat": "47.24", "lon": "2.53"}).json()
    assert split["locality"]["code"] == "01001"
    assert split["confidence"] != "certain"
