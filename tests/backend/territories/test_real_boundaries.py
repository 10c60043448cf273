"""Acceptance on real open data, where they are: France at its finest, the United Kingdom, the United States.

Everything is loaded once, into a database of its own, and only read.
"""

import csv
import os
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection, connections

from maillage.territories import selectors
from maillage.territories.domain import NEAREST_METRES
from maillage.territories.models import AreaClosure, AreaShape, BoundarySet
from maillage.territories.services import pictures

DATA = Path(os.environ.get("MAILLAGE_BOUNDARIES") or settings.BOUNDARIES_BESIDE)
pytestmark = [
    pytest.mark.skipif(not (DATA / "fr_constituencies_detailed.geojson").is_file(), reason=f"the open data are not in {DATA}"),
    pytest.mark.django_db,  # without a test so marked, as when this file is run alone, no database is made
]

NAME = "real_boundaries"


@pytest.fixture(scope="module")
def country(django_db_setup, django_db_blocker):
    """Load all three countries into a database beside the tests' own, and point the connection at it meanwhile.

    Their pictures have tests of their own and are not drawn here.
    """
    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        patch.setattr(pictures, "bake_pictures", lambda **_: None)
        database = connections["default"]
        usual = database.settings_dict["NAME"]
        beside = f"{usual}_{NAME}"
        with database.cursor() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{beside}"')
        database.close()
        with database._nodb_cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{beside}" TEMPLATE "{usual}"')
        database.settings_dict["NAME"] = beside
        said = StringIO()
        try:
            call_command("load_territories", source=str(DATA), stdout=said)
            call_command("load_territories", country="GB", source=str(DATA / "uk_constituencies_2024.geojson"), stdout=said)
            call_command("load_territories", country="US", source=str(DATA / "us_congressional_districts.geojson"), stdout=said)
            yield said.getvalue()
        finally:
            database.close()
            database.settings_dict["NAME"] = usual
            with database._nodb_cursor() as cursor:
                cursor.execute(f'DROP DATABASE IF EXISTS "{beside}" WITH (FORCE)')


@pytest.fixture(autouse=True)
def reading(country, django_db_blocker):
    with django_db_blocker.unblock():
        yield


def rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_france_has_577_seats_and_566_shapes(country):
    assert "FR: 577 seats, 566 drawn." in country
    assert "without outline" not in country, "the 11 seats abroad have no shape by nature and are not missing"
    seats = selectors.seat_bearing_areas("FR")
    assert seats.count() == 577
    abroad = seats.filter(has_shape=False)
    assert sorted(abroad.values_list("code", flat=True)) == [f"99{number:02d}" for number in range(1, 12)]
    assert all(len(zones) > 1 for zones in abroad.values_list("time_zones", flat=True))
    placing = selectors.placing_set(country="FR")
    assert AreaShape.objects.filter(boundary_set=placing, geometry__isnull=False).count() == 566
    assert (placing.precision_m, placing.approximate) == (50, False)
    assert "OpenStreetMap" in placing.attribution


def test_no_code_is_only_for_france(country):
    assert "GB: 650 seats, 650 drawn." in country
    assert "US: 441 seats, 441 drawn." in country
    assert selectors.area_by_code("E14001063", country="GB").parent.code == "England"
    assert selectors.area_by_code("ak0", country="US").code == "AK-0"
    assert selectors.neighbours_of(selectors.area_by_code("E14001063", country="GB")).exists()


@pytest.mark.parametrize(
    ("lat", "lon", "code"),
    [(51.5014, -0.1419, "E14001172"), (38.8899, -77.0091, "DC-0"), (48.8606, 2.3376, "7501"), (-20.88, 55.45, "97401")],
)
def test_known_places(client, lat, lon, code):
    body = client.get("/api/v1/territories/locate/", {"lat": lat, "lon": lon}).json()
    assert body["area"]["code"] == code


def test_every_spelling_of_every_seat_is_accepted():
    columns = ("code", "code_an", "code_results_2024", "code_interieur_2017", "code_insee")
    asked = {
        (spelled, row["code"])
        for row in rows("fr_constituencies.csv")
        for spelled in (f"{row['dept_code']}-{int(row['number']):02d}", *(row[column] for column in columns))
        if spelled
    }
    assert [(spelled, code) for spelled, code in asked if selectors.area_by_code(spelled, country="FR").code != code] == []


def test_communes_of_one_seat_fall_in_it():
    """34,737 town halls; at most 2 lie in another seat than INSEE says."""
    single = [row for row in rows("fr_communes.csv") if row["kind"] == "commune" and row["n_constituencies"] == "1" and row["lat"]]
    assert len(single) == 34_737
    placed = selectors.seats_of_points([(float(row["lat"]), float(row["lon"])) for row in single])
    wrong = [(row["insee_code"], code) for row, code in zip(single, placed, strict=True) if code != row["constituencies"]]
    assert len(wrong) <= 2, wrong


def test_one_by_one_and_together_say_the_same():
    some = [row for row in rows("fr_communes.csv") if row["lat"]][::350]
    points = [(float(row["lat"]), float(row["lon"])) for row in some] + border_points(60) + [(0.0, 0.0), (90.0, 180.0), (-90.0, -180.0)]
    from maillage.territories.domain import Position

    one_by_one = [selectors.located(position=Position(lat=lat, lon=lon), language="fr") for lat, lon in points]
    assert selectors.seats_of_points(points) == [found and found.area_json.split('"code":"')[1].split('"')[0] for found in one_by_one]


def border_points(count: int) -> list[tuple[float, float]]:
    """Take vertices of outlines, at regular steps through the whole set."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT ST_Y(p.geom), ST_X(p.geom) FROM territories_areashape s
            JOIN territories_area a ON a.id = s.area_id, LATERAL ST_DumpPoints(s.geometry) p
            WHERE s.boundary_set_id = %s AND p.path[3] %% 97 = 3 ORDER BY a.code, p.path LIMIT %s OFFSET 100""",
            [selectors.placing_set(country="FR").pk, count],
        )
        return cursor.fetchall()


def test_border_points_never_fall_through():
    points = border_points(1_500)
    placed = selectors.seats_of_points(points)
    assert None not in placed
    placing = selectors.placing_set(country="FR")
    with connection.cursor() as cursor:
        for (lat, lon), code in list(zip(points, placed, strict=True))[::30]:
            cursor.execute(
                """SELECT a.code FROM territories_areashape s JOIN territories_area a ON a.id = s.area_id
                WHERE s.boundary_set_id = %s AND ST_DWithin(s.geometry, ST_SetSRID(ST_MakePoint(%s, %s), 4326), 0.000009)""",
                [placing.pk, lon, lat],
            )
            assert code in {touching for (touching,) in cursor}


def test_split_communes_and_postal_codes():
    seat = BoundarySet.objects.get(pk=selectors.placing_set(country="FR").pk).kind
    links = AreaClosure.objects.filter(ancestor__kind=seat, whole=False)
    assert links.filter(descendant__kind__code="commune").values("descendant").distinct().count() == 133
    paris = selectors.area_by_code("75056", kind="commune")
    assert selectors.seats_of(paris).count() == 18
    wrong = []
    for row in rows("fr_postal_codes.csv")[::40]:
        postal = selectors.area_by_code(row["postal_code"], kind="postal_code", country="FR")
        if "|".join(area.code for area in selectors.seats_of(postal)) != row["constituencies"]:
            wrong.append(row["postal_code"])
    assert wrong == []


def test_each_arrondissement_lies_in_the_seats_that_it_touches(client):
    """Paris, Lyon and Marseille: 45 districts, each with its own seats and not with all of its city's."""
    wrong = []
    for row in (row for row in rows("fr_communes.csv") if row["kind"] == "arrondissement_municipal"):
        district = selectors.area_by_code(row["insee_code"], kind="arrondissement", country="FR")
        if "|".join(area.code for area in selectors.seats_of(district)) != row["constituencies"]:
            wrong.append(row["insee_code"])
    assert wrong == []
    found = client.get("/api/v1/territories/search/", {"q": "Lyon 1er"}, headers={"Accept-Language": "fr"}).json()["items"][0]
    assert (found["name"], [seat["code"] for seat in found["seats"]]) == ("Lyon 1er arrondissement", ["6901", "6902"])


FOUND = {
    "le havre": "Le Havre", "havre": "Le Havre", "l abergement clem": "L'Abergement-Clémenciat", "saint etienne": "Saint-Étienne",
    "st etienne": "Saint-Étienne", "PARIS": "Paris", "75011": "75011", "allemagne": "Allemagne", "germany": "Allemagne",
    "75-02": "Paris, 2e circonscription", "7511": "Paris, 11e circonscription",
}  # fmt: skip


@pytest.mark.parametrize(("typed", "first"), FOUND.items())
def test_searching_in_france(client, typed, first):
    assert client.get("/api/v1/territories/search/", {"q": typed}, headers={"Accept-Language": "fr"}).json()["items"][0]["name"] == first


def test_every_seat_of_france_is_called_by_its_number_in_both_languages():
    seats = {area.code: area for area in selectors.seat_bearing_areas("FR")}
    said = {code: (seats[code].called_in("fr"), seats[code].called_in("en")) for code in ("5906", "0101", "9904")}
    assert said == {
        "5906": ("Nord, 6e circonscription", "Nord, constituency 6"),
        "0101": ("Ain, 1re circonscription", "Ain, constituency 1"),
        "9904": (
            "Français établis hors de France, 4e circonscription (Benelux)",
            "Français établis hors de France, constituency 4 (Benelux)",
        ),
    }
    for language in ("fr", "en"):
        assert len({area.called_in(language) for area in seats.values()}) == 577
        assert not [area.code for area in seats.values() if " - " in area.called_in(language)]


def test_a_quay_near_the_land_is_placed_and_the_sea_is_not(client):
    assert NEAREST_METRES == 500
    assert client.get("/api/v1/territories/locate/", {"lat": 48.6361, "lon": -1.5115}).json()["area"]["code"] == "5002", (
        "the Mont-Saint-Michel"
    )
    assert client.get("/api/v1/territories/locate/", {"lat": 46.0, "lon": -5.0}).status_code == 404


def test_the_distance_in_an_island_territory_is_across_the_ocean(client):
    """Saint-Pierre-et-Miquelon is one seat: the nearest other is thousands of kilometres away, reckoned on the Earth."""
    body = client.get("/api/v1/territories/locate/", {"lat": 46.78, "lon": -56.18}).json()
    assert (body["area"]["code"], body["confidence"]) == ("97501", "certain")
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT min(ST_Distance(s.geometry::geography, ST_MakePoint(-56.18, 46.78)::geography))
            FROM territories_areashape s JOIN territories_area a ON a.id = s.area_id
            JOIN territories_boundaryset b ON b.id = s.boundary_set_id
            JOIN territories_areakind k ON k.id = a.kind_id
            WHERE k.bears_seats AND b.use = 'locate' AND a.code <> '97501' AND s.geometry && ST_MakeEnvelope(-75, 30, -50, 55, 4326)"""
        )
        (expected,) = cursor.fetchone()
    assert body["metres_to_other"] == pytest.approx(expected, rel=0.001)
