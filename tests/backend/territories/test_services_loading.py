import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import F

from maillage.territories import selectors
from maillage.territories.domain import bare_code
from maillage.territories.models import Area, AreaAlias, AreaClosure, AreaFigure, AreaNeighbour, AreaPiece, AreaShape, BoundarySet, Dataset
from maillage.territories.services.importers.loading import load_country
from maillage.territories.services.importers.rows import BoundariesRefused
from maillage.territories.services.importers.sources import Given
from tests.backend.territories.factories import FIXTURES
from tests.backend.territories.places import NOW, PROFILE, copied, digests, feature, load

pytestmark = pytest.mark.django_db


def seat(code: str) -> Area:
    return selectors.area_by_code(code, country="XM")


def test_a_country_is_loaded_from_its_files():
    report = load()
    assert (report.seats, report.drawn, report.missing, report.repaired, report.unknown) == (12, 11, [], [], [])
    assert Area.objects.filter(country="XM", kind__code="commune").count() == 21
    assert seat("0301").time_zone == "America/Guadeloupe"
    assert seat("0101").names == {"fr": "Hautes-Brumes, 1re circonscription", "en": "Hautes-Brumes, constituency 1"}
    assert seat("0101").name == "Hautes-Brumes - 1re circonscription", "as its source writes it"
    abroad = seat("9901")
    assert abroad.called_in("en") == "Hors du pays, constituency 1 (Amérique et Asie)"
    assert (abroad.has_shape, abroad.time_zone) == (False, "America/Toronto")
    assert {"America/Toronto", "Asia/Tokyo", "America/New_York"} <= set(abroad.time_zones)
    assert AreaFigure.objects.get(area=seat("0101"), indicator__code="students").value == pytest.approx(7.7)
    assert not AreaFigure.objects.filter(area=seat("0205"), indicator__code="retired").exists(), "nd is not a number"


@pytest.mark.parametrize("spelled", ["0301", "03-01", "003-01", "ZV01", "zv-01", " 03 01 "])
def test_a_seat_is_found_by_every_spelling(spelled):
    load()
    assert selectors.area_by_code(spelled).code == "0301"


def test_aliases_are_kept_bare_and_never_equal_the_code():
    load()
    for alias in AreaAlias.objects.select_related("area"):
        assert alias.bare == bare_code(alias.code)
        assert alias.code != alias.area.code


def test_a_split_commune_lies_in_part_in_its_seats_and_wholly_in_their_department():
    load()
    commune = selectors.area_by_code("01001", kind="commune", country="XM")
    assert [row.code for row in selectors.seats_of(commune)] == ["0101", "0102", "0103", "0104"]
    assert [row.code for row in selectors.ancestors_of(commune)] == ["01", "10", "XM"]
    assert commune not in selectors.areas_below(seat("0101"))
    assert commune in selectors.areas_below(seat("0101"), whole=False)
    department = selectors.area_by_code("01", kind="department", country="XM")
    assert {row.code for row in selectors.areas_below(department) if row.kind_id == seat("0101").kind_id} == {
        "0101",
        "0102",
        "0103",
        "0104",
    }


def test_what_leads_to_a_seat_is_known_for_every_closure():
    load()
    closures = AreaClosure.objects.annotate(bears=F("descendant__kind__bears_seats"))
    assert closures.exclude(to_seat=F("bears")).count() == 0
    assert closures.filter(ancestor__kind__code="country", to_seat=True, whole=True).count() == 12


def test_neighbours_share_a_border_or_are_near():
    load()
    around = {row.other.code: row.shared_metres for row in selectors.neighbours_of(seat("0204"))}
    assert set(around) == {"0203"}, "an enclave has one neighbour"
    assert around["0203"] > 30_000
    islet = {row.other.code: row.shared_metres for row in selectors.neighbours_of(seat("0205"))}
    assert set(islet.values()) == {None}, "an islet shares no border"
    assert "0202" in islet
    assert {row.other.code for row in selectors.neighbours_of(seat("0301"))} == {"0302"}
    assert not selectors.neighbours_of(seat("9901")).exists()
    for row in AreaNeighbour.objects.filter(shared_metres__isnull=False):
        assert AreaNeighbour.objects.filter(area=row.other, other=row.area, shared_metres=row.shared_metres).exists()


def test_a_second_load_reads_nothing_and_a_forced_one_changes_nothing():
    load()
    before = digests()
    assert load().unchanged
    assert digests() == before
    forced = load(force=True)
    assert not forced.unchanged
    assert not forced.written
    assert digests() == before


def test_names_that_a_profile_gives_since_reach_a_country_that_is_loaded():
    kinds = [replace(kind, names={"en": "{parent_name} {number}"} if kind.names else {}) for kind in PROFILE.kinds]
    load(profile=replace(PROFILE, kinds=kinds))
    assert seat("0101").names == {"en": "Hautes-Brumes 1"}
    report = load()
    assert (report.unchanged, report.written.added, report.written.removed) == (False, 0, 0)
    assert report.written.changed == 12 + 24, "twelve seats, and what an answer says of each in two languages"
    assert seat("0101").called_in("fr") == "Hautes-Brumes, 1re circonscription"
    assert load().unchanged


def test_a_better_file_of_the_same_cut_adds_shapes_and_touches_no_area(tmp_path):
    load()
    before = digests()
    ids = dict(Area.objects.filter(country="XM").values_list("code", "id"))

    def move_a_vertex(content):
        ring = feature(content, "0205")["geometry"]["coordinates"][0]
        ring[1][0] += 0.001

    load(copied(tmp_path, move_a_vertex))
    after = digests()
    assert {name for name in before if before[name] != after[name]} <= {
        "boundaryset",
        "areashape",
        "areapiece",
        "areaborder",
        "dataset",
        "areaneighbour",
    }
    assert dict(Area.objects.filter(country="XM").values_list("code", "id")) == ids
    sets = BoundarySet.objects.filter(kind__code="constituency", kind__country="XM")
    assert sorted(sets.values_list("in_force", flat=True)) == [False, True]
    assert AreaShape.objects.filter(boundary_set__in=sets).count() == 22
    assert set(AreaPiece.objects.values_list("boundary_set__in_force", flat=True)) == {True}


def test_missing_seats_are_named(tmp_path):
    def lose_one(content):
        content["features"].remove(feature(content, "0104"))

    assert load(copied(tmp_path, lose_one)).missing == ["0104"]


def test_an_outline_that_crosses_itself_is_repaired_and_named(tmp_path):
    def cross(content):
        feature(content, "0205")["geometry"]["coordinates"] = [[[4.70, 47.53], [4.72, 47.55], [4.72, 47.53], [4.70, 47.55], [4.70, 47.53]]]

    report = load(copied(tmp_path, cross))
    assert report.repaired == ["constituencies 0205"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT bool_and(ST_IsValid(geometry)) FROM territories_areashape")
        assert cursor.fetchone() == (True,)


def collapse(content):
    feature(content, "0205")["geometry"]["coordinates"] = [[[4.70, 47.53], [4.71, 47.53], [4.72, 47.53], [4.70, 47.53]]]


def project(content):
    feature(content, "0205")["geometry"]["coordinates"] = [[[700000, 6600000], [700100, 6600000], [700100, 6600100], [700000, 6600000]]]


def unnamed(content):
    for row in content["features"]:
        row["properties"] = {"whatever": row["properties"]["ref"]}


@pytest.mark.parametrize(("spoil", "why"), [(collapse, "cannot be repaired"), (project, "degrees"), (unnamed, "none of the fields")])
def test_what_cannot_be_repaired_is_refused_and_the_old_set_stays(tmp_path, spoil, why):
    load()
    before = digests()
    with pytest.raises(BoundariesRefused, match=why):
        load(copied(tmp_path, spoil))
    assert digests() == before


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"features": [{"geometry": {"type": "Polygon", "coordinates": "no"}}]}'])
def test_a_file_that_is_no_geojson_is_refused(tmp_path, content):
    copied(tmp_path, lambda _: None)
    (tmp_path / "constituencies.geojson").write_text(content)
    with pytest.raises(BoundariesRefused):
        load(tmp_path)


def test_checking_writes_nothing():
    report = load(check=True)
    assert report.drawn == 11
    assert not Area.objects.filter(country="XM").exists()


def test_only_named_sets_are_drawn():
    load(only={"constituencies"})
    assert set(BoundarySet.objects.values_list("kind__code", flat=True)) == {"constituency"}
    assert Area.objects.filter(country="XM", kind__code="commune").exists(), "tables are always read"


def test_each_table_and_set_says_where_it_is_from():
    load()
    assert set(Dataset.objects.values_list("name", flat=True)) >= {"seats", "communes", "constituencies", "indicators"}
    for row in [*Dataset.objects.all(), *BoundarySet.objects.all()]:
        assert row.licence
        assert row.attribution
        assert row.source


def test_the_command_says_what_it_does(tmp_path):
    said = StringIO()
    call_command("load_territories", profile=FIXTURES / "xm.toml", source=str(FIXTURES), stdout=said)
    assert "12 seats, 11 drawn" in said.getvalue()
    again = StringIO()
    call_command("load_territories", profile=FIXTURES / "xm.toml", source=str(FIXTURES), stdout=again)
    assert "nothing has changed" in again.getvalue()
    for wrong in ({"country": "QQ"}, {"source": str(tmp_path / "absent")}, {"profile": FIXTURES / "communes.csv"}, {"only": "nothing"}):
        with pytest.raises(CommandError):
            call_command("load_territories", **wrong)


def test_a_file_of_boundaries_alone_is_enough_where_it_names_its_areas(tmp_path):
    """Any GeoJSON with a mapping of its fields opens a country; no table, no code."""
    profile = tmp_path / "xn.toml"
    profile.write_text(
        """
        country = "XN"
        name = { en = "Elsewhere" }
        cut = "xn-2021"
        time_zone = "Europe/Madrid"
        [[kinds]]
        code = "country"
        level = 0
        name = { en = "country" }
        [[kinds]]
        code = "province"
        level = 1
        name = { en = "province" }
        [[kinds]]
        code = "constituency"
        level = 2
        bears_seats = true
        name = { en = "constituency" }
        [[sets]]
        name = "constituencies"
        kind = "constituency"
        use = "locate"
        [[sets.origins]]
        reader = "geojson"
        file = "anything.geojson"
        code = ["ref"]
        precision_m = 100
        licence = "CC0 1.0"
        attribution = "Elsewhere"
        areas = [{ kind = "province", code = "dept", name = "dept" }, { kind = "constituency", code = "ref", name = "title" }]
        """
    )
    said = StringIO()
    call_command("load_territories", profile=profile, source=str(FIXTURES / "constituencies.geojson"), stdout=said)
    assert "11 seats, 11 drawn" in said.getvalue()
    assert selectors.area_by_code("0101", country="XN").parent.code == "01"
    assert selectors.area_by_code("0101", country="XN").time_zone == "Europe/Madrid"


def test_a_shapefile_in_another_projection_is_brought_to_degrees(tmp_path):
    subprocess.run(
        ["ogr2ogr", "-t_srs", "EPSG:3857", "-f", "ESRI Shapefile", str(tmp_path / "drawn.shp"), str(FIXTURES / "constituencies.geojson")],
        check=True,
    ) if _has("ogr2ogr") else pytest.skip("needs ogr2ogr (gdal-bin) to make a shapefile")
    from dataclasses import replace

    spec = PROFILE.sets[0]
    origin = replace(spec.origins[0], reader="shapefile", file="drawn.shp")
    profile = replace(PROFILE, sets=[replace(spec, origins=[origin])])
    for name in ("constituencies.csv", "communes.csv"):
        (tmp_path / name).write_text((FIXTURES / name).read_text())
    report = load_country(profile=profile, given=Given(folder=tmp_path), now=NOW)
    assert (report.drawn, report.missing) == (11, [])
    box = AreaShape.objects.get(area=seat("0205"), boundary_set__kind__code="constituency").geometry.extent
    assert box == pytest.approx((4.70, 47.53, 4.72, 47.55), abs=1e-6)


def _has(program: str) -> bool:
    return any((Path(folder) / program).exists() for folder in os.environ["PATH"].split(":"))


@pytest.mark.django_db(transaction=True)
def test_a_load_that_is_killed_leaves_the_old_set_in_force(tmp_path):
    load()
    before = digests()

    def move(content):
        feature(content, "0205")["geometry"]["coordinates"][0][1][0] += 0.001

    copied(tmp_path, move)
    database = connection.settings_dict
    address = f"postgis://{database['USER']}:{database['PASSWORD']}@{database['HOST'] or 'localhost'}:{database['PORT']}/{database['NAME']}"
    script = f"""
import os, signal, django
django.setup()
from pathlib import Path
from tests.backend.territories.places import load
from maillage.territories.services.importers import neighbours
def killed(**_):
    print("pieces written", flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
neighbours.write_neighbours = killed
load(Path({str(tmp_path)!r}))
"""
    root = Path(__file__).resolve().parents[3]
    environment = {**os.environ, "DATABASE_URL": address, "PYTHONPATH": f"{root}:{root / 'backend'}"}
    ended = subprocess.run(
        [sys.executable, "-c", script], env=environment, capture_output=True, text=True, cwd=root, timeout=60, check=False
    )
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    assert "pieces written" in ended.stdout
    _wait_until_the_server_noticed()
    assert digests() == before
    assert not load(tmp_path).unchanged, "the same load then goes through"
    assert BoundarySet.objects.filter(kind__code="constituency", in_force=True).count() == 1


def _wait_until_the_server_noticed() -> None:
    until = time.monotonic() + 10
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute(
                "SELECT count(*) FROM pg_locks l JOIN pg_database d ON d.oid = l.database "
                "WHERE l.locktype = 'advisory' AND d.datname = current_database()"
            )
            if cursor.fetchone() == (0,):
                return
            time.sleep(0.02)
    raise AssertionError("the killed load still holds its lock")
