"""The files of the pictures over HTTP: anonymous, cached for ever, and clear about what is wrong."""

import gzip
from xml.etree import ElementTree

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.territories.models import BakedTile, BoundarySet
from maillage.territories.services.pictures import bake_pictures
from tests.backend.territories import mvt
from tests.backend.territories.drawings import invented_set
from tests.backend.territories.factories import SmallCountry

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def boundary_set(small_country: SmallCountry) -> BoundarySet:
    boundary_set = invented_set(small_country)
    bake_pictures(boundary_set=boundary_set)
    return boundary_set


def test_the_map_is_one_svg_with_every_seat(client: Client, boundary_set: BoundarySet, small_country: SmallCountry) -> None:
    answer = client.get("/maps/f00d/constituency.svg")
    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert answer["Cache-Control"] == "public, max-age=31536000, immutable"
    root = ElementTree.fromstring(answer.content)  # our own file
    seats = [path for path in root.iter(f"{SVG}path") if path.get("data-code") and path.get("data-twin") is None]
    assert sorted(str(path.get("data-code")) for path in seats) == [area.code for area in small_country.seats]
    assert all(path.get("aria-label") for path in seats)
    description = root.find(f"{SVG}desc")
    assert description is not None
    assert description.text == "Bureau des cartes de Petit-Pays (CC0)"


def test_what_a_browser_has_is_not_sent_again(client: Client, boundary_set: BoundarySet) -> None:
    for address in ("/maps/f00d/constituency.svg", "/tiles/f00d/constituency/6/32/22.mvt", "/tiles/f00d/constituency/9/259/179.mvt"):
        first = client.get(address, headers={"Accept-Encoding": "gzip"})
        assert first.status_code == 200, address
        assert first["Content-Encoding"] == "gzip"
        again = client.get(address, headers={"Accept-Encoding": "gzip", "If-None-Match": first["ETag"]})
        assert again.status_code == 304
        assert again.content == b""


def test_who_reads_no_gzip_gets_the_same_tile_plain(
    client: Client, boundary_set: BoundarySet, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(1):
        packed = client.get("/tiles/f00d/constituency/6/32/22.mvt", headers={"Accept-Encoding": "gzip"})
    plain = client.get("/tiles/f00d/constituency/6/32/22.mvt")
    assert "Content-Encoding" not in plain
    assert "Accept-Encoding" in plain["Vary"]
    assert gzip.decompress(packed.content) == plain.content
    assert packed["ETag"] != plain["ETag"]
    assert plain["Content-Type"] == "application/vnd.mapbox-vector-tile"
    [layer] = mvt.layers(plain.content)
    assert "0101" in {feature.properties["code"] for feature in layer.features}


def test_close_tiles_are_cut_from_the_finest_outlines(client: Client, boundary_set: BoundarySet) -> None:
    assert not BakedTile.objects.filter(z__gt=7).exists()
    [layer] = mvt.layers(client.get("/tiles/f00d/constituency/10/518/358.mvt").content)
    [feature] = [feature for feature in layer.features if feature.properties["code"] == "0101"]
    assert feature.properties["parent"] == "01"
    assert feature.rings


@pytest.mark.parametrize("place", ["6/0/0", "12/0/0"])
def test_the_sea_is_no_content(client: Client, boundary_set: BoundarySet, place: str) -> None:
    answer = client.get(f"/tiles/f00d/constituency/{place}.mvt")
    assert answer.status_code == 204
    assert answer["Cache-Control"].endswith("immutable")


@pytest.mark.parametrize(
    ("address", "status", "code"),
    [
        ("/maps/unknown/constituency.svg", 404, "unknown_set"),
        ("/maps/f00d/department.svg", 404, "unknown_set"),
        ("/tiles/unknown/constituency/0/0/0.mvt", 404, "unknown_set"),
        ("/tiles/unknown/constituency/9/0/0.mvt", 404, "unknown_set"),
        ("/tiles/f00d/commune/3/4/2.mvt", 404, "unknown_set"),
        ("/tiles/f00d/constituency/15/0/0.mvt", 400, "bad_tile"),
        ("/tiles/f00d/constituency/3/8/0.mvt", 400, "bad_tile"),
        ("/tiles/f00d/constituency/3/0/8.mvt", 400, "bad_tile"),
        ("/tiles/f00d/constituency/-1/0/0.mvt", 400, "bad_tile"),
        ("/tiles/f00d/constituency/a/b/c.mvt", 400, "bad_tile"),
        ("/tiles/f00d/constituency/3/99999999999999999999/0.mvt", 400, "bad_tile"),
        ("/tiles/f00d/constituency/3/²/0.mvt", 400, "bad_tile"),
    ],
)
def test_what_is_not_there_is_a_problem_and_never_a_failure(
    client: Client, boundary_set: BoundarySet, address: str, status: int, code: str
) -> None:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
    assert answer.json()["code"] == code
    assert "immutable" not in answer.get("Cache-Control", "")


def test_pictures_are_only_read(client: Client, boundary_set: BoundarySet) -> None:
    assert client.post("/maps/f00d/constituency.svg").status_code == 405
    assert client.head("/maps/f00d/constituency.svg").status_code == 200
