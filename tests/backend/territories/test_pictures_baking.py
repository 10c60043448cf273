"""Drawing the pictures of a set that is loaded, and reading them back."""

import gzip

import pytest
from pytest_django import DjangoAssertNumQueries

from maillage.territories.domain import SetUse
from maillage.territories.models import Area, BakedTile, BoundarySet, NationalPicture
from maillage.territories.selectors import pictures
from maillage.territories.services.pictures import bake_pictures
from tests.backend.territories import mvt
from tests.backend.territories.drawings import invented_set
from tests.backend.territories.factories import SmallCountry


@pytest.fixture
def boundary_set(small_country: SmallCountry) -> BoundarySet:
    boundary_set = invented_set(small_country)
    bake_pictures(boundary_set=boundary_set)
    return boundary_set


def every_byte(boundary_set: BoundarySet) -> tuple[bytes, bytes, list[tuple[int, int, int, bytes]]]:
    picture = NationalPicture.objects.get(boundary_set=boundary_set)
    tiles = BakedTile.objects.filter(boundary_set=boundary_set).order_by("z", "x", "y").values_list("z", "x", "y", "body")
    return bytes(picture.sheet), bytes(picture.svg), [(z, x, y, bytes(body)) for z, x, y, body in tiles]


def test_a_small_country_is_drawn_whole(boundary_set: BoundarySet, small_country: SmallCountry) -> None:
    drawn = pictures.national_map(country="XM")
    assert drawn
    assert drawn.hash == "f00d"
    assert drawn.attribution == "Bureau des cartes de Petit-Pays"
    seats = [seat for panel in drawn.panels for seat in panel.seats if not seat.twin]
    assert sorted(seat.code for seat in seats) == [area.code for area in small_country.seats]
    assert {seat.name for seat in seats} == {area.name for area in small_country.seats}
    panels = {panel.key: panel for panel in drawn.panels}
    assert [seat.code for seat in panels["abroad"].seats] == ["9901"]
    assert panels["abroad"].shape == "tiles"
    overseas = next(panel for panel in drawn.panels if "0301" in {seat.code for seat in panel.seats})
    assert overseas.key != "main"
    assert overseas.label("fr") == "Île-aux-Vents"
    assert panels["main"].label("fr") == ""


def test_the_same_set_gives_the_same_bytes(boundary_set: BoundarySet) -> None:
    before = every_byte(boundary_set)
    NationalPicture.objects.update(fingerprint="of another manner")
    bake_pictures(boundary_set=boundary_set)
    assert every_byte(boundary_set) == before


def test_what_stands_is_not_drawn_again(boundary_set: BoundarySet, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    said: list[str] = []
    with django_assert_num_queries(4):  # names, fingerprint, and the savepoint around them
        bake_pictures(boundary_set=boundary_set, say=said.append)
    assert said == []


def test_a_seat_that_is_renamed_is_drawn_under_its_new_name(boundary_set: BoundarySet) -> None:
    Area.objects.filter(code="0101", country="XM").update(name="Hautes-Brumes, la première")
    bake_pictures(boundary_set=boundary_set)
    drawn = pictures.national_map(country="XM")
    assert drawn
    assert "Hautes-Brumes, la première" in {seat.name for panel in drawn.panels for seat in panel.seats}


def test_a_set_for_the_overview_has_no_tiles(small_country: SmallCountry) -> None:
    boundary_set = invented_set(small_country, use=SetUse.OVERVIEW, digest="beef")
    bake_pictures(boundary_set=boundary_set)
    assert NationalPicture.objects.filter(boundary_set=boundary_set).exists()
    assert not BakedTile.objects.exists()


@pytest.mark.parametrize(("approximate", "precision_m", "is_drawn"), [(False, 50, False), (False, 1000, True), (True, 50, True)])
def test_an_overview_is_drawn_where_nothing_finer_is_in_force(
    boundary_set: BoundarySet, small_country: SmallCountry, approximate: bool, precision_m: int, is_drawn: bool
) -> None:
    BoundarySet.objects.filter(pk=boundary_set.pk).update(approximate=approximate, precision_m=precision_m)
    overview = invented_set(small_country, use=SetUse.OVERVIEW, digest="beef", precision_m=800)
    bake_pictures(boundary_set=overview)
    assert (overview.pk in pictures.svg_addresses()) is is_drawn
    assert pictures.tiles_address(boundary_set=overview) is None
    shown = pictures.national_map(country="XM")
    assert shown
    assert shown.hash == ("beef" if is_drawn else "f00d"), "what is drawn is what is shown"


def test_kinds_that_bear_no_seats_are_not_drawn(boundary_set: BoundarySet) -> None:
    NationalPicture.objects.all().delete()
    boundary_set.kind.bears_seats = False
    bake_pictures(boundary_set=boundary_set)
    assert not NationalPicture.objects.exists()


def test_before_any_set_there_is_no_map(small_country: SmallCountry) -> None:
    assert pictures.national_map(country="XM") is None


def test_the_map_stays_in_memory(boundary_set: BoundarySet, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    first = pictures.national_map(country="XM")
    with django_assert_num_queries(1):
        second = pictures.national_map(country="XM")
    assert first
    assert second
    assert first.panels is second.panels


def test_low_tiles_hold_every_seat_with_a_shape(boundary_set: BoundarySet, small_country: SmallCountry) -> None:
    shaped = {area.code for area in small_country.seats} - {"9901"}
    for z in range(5, 8):
        found: dict[str, dict[str, str]] = {}
        for body in BakedTile.objects.filter(boundary_set=boundary_set, z=z).values_list("body", flat=True):
            for layer in mvt.layers(gzip.decompress(bytes(body))):
                assert (layer.name, layer.extent) == ("constituency", 4096)
                found |= {feature.properties["code"]: feature.properties for feature in layer.features}
        assert set(found) == shaped, z
        assert found["0101"] == {"code": "0101", "name": small_country.area("0101").name, "parent": "01"}


def test_tiles_meet_at_their_edges_from_baked_to_cut(boundary_set: BoundarySet) -> None:
    baked = pictures.tile(set_hash="f00d", kind="constituency", z=7, x=64, y=44)
    cut = pictures.tile(set_hash="f00d", kind="constituency", z=8, x=129, y=89)
    for tile in (baked, cut):
        [layer] = mvt.layers(gzip.decompress(tile.body))
        points = [point for feature in layer.features for ring in feature.rings for point in ring]
        assert points
        assert all(-64 <= x <= 4160 and -64 <= y <= 4160 for x, y in points)


def test_bounds_of_a_seat_and_none_for_one_abroad(boundary_set: BoundarySet, small_country: SmallCountry) -> None:
    box = pictures.bounds(boundary_set=boundary_set, area_id=small_country.area("0101").pk)
    assert box
    west, south, east, north = box
    assert west < 2.3 < east
    assert south < 47.8 < north
    assert pictures.bounds(boundary_set=boundary_set, area_id=small_country.area("9901").pk) is None


def test_addresses(boundary_set: BoundarySet) -> None:
    drawn = NationalPicture.objects.get(boundary_set=boundary_set).fingerprint[:12]
    assert pictures.svg_addresses() == {boundary_set.pk: f"/maps/f00d/constituency.svg?drawn={drawn}"}
    assert pictures.tiles_address(boundary_set=boundary_set) == "/tiles/f00d/constituency/{z}/{x}/{y}.mvt"
