"""What the tests of pictures share: real outlines where they are, an invented set, and reading drawings back."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import shapely
from django.conf import settings
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon

from maillage.territories.domain import SetUse
from maillage.territories.models import AreaShape, BoundarySet
from maillage.territories.services.pictures.coverage import Fabric
from maillage.territories.services.pictures.sheet import Seat
from tests.backend.territories.factories import FIXTURES, SmallCountry

Point = tuple[int, int]


def real_outlines(file: str, *, parent: str) -> tuple[Fabric, list[Seat]]:
    """Read a file of real boundaries; skips the test where the folder is not on this machine."""
    folder = Path(settings.BOUNDARIES or settings.BOUNDARIES_BESIDE)
    if not (folder / file).is_file():
        pytest.skip("the folder of real boundaries is not on this machine (MAILLAGE_BOUNDARIES)")
    features = json.loads((folder / file).read_text())["features"]
    seats = [
        Seat(code=of["code"], name=of["name"], parent=str(of.get(parent, "")), parent_name=str(of.get("dept_name", "")))
        for of in (feature["properties"] for feature in features)
    ]
    shapes = shapely.from_geojson([json.dumps(feature["geometry"]) for feature in features])
    return Fabric.woven(codes=[seat.code for seat in seats], parents=[seat.parent for seat in seats], shapes=list(shapes)), seats


def invented_set(country: SmallCountry, *, use: SetUse = SetUse.LOCATE, digest: str = "f00d", precision_m: int = 50) -> BoundarySet:
    """Put the small country's outlines into the database as a set in force; its seat abroad has no shape."""
    boundary_set = BoundarySet.objects.create(
        kind=country.seats[0].kind,
        cut=country.seats[0].cut,
        use=use,
        hash=digest,
        precision_m=precision_m,
        licence="CC0",
        attribution="Bureau des cartes de Petit-Pays",
        source="constituencies.geojson",
        in_force=True,
        loaded_at=datetime(2026, 11, 1, tzinfo=UTC),
    )
    for feature in json.loads((FIXTURES / "constituencies.geojson").read_text())["features"]:
        geometry = GEOSGeometry(json.dumps(feature["geometry"]), srid=4326)
        AreaShape.objects.create(
            area=country.area(feature["properties"]["ref"]),
            boundary_set=boundary_set,
            geometry=geometry if isinstance(geometry, MultiPolygon) else MultiPolygon(geometry, srid=4326),
        )
    AreaShape.objects.create(area=country.area("9901"), boundary_set=boundary_set)
    return boundary_set


def rings(d: str) -> list[list[Point]]:
    """Read path data of ours back into rings; refuses a sign that is none of ours."""
    assert re.fullmatch(r"[Mmlzhv\d\s-]*", d), d
    found: list[list[Point]] = []
    x = y = 0
    for letter, numbers in re.findall(r"([Mmlhvz])([\d\s-]*)", d):
        values = [int(number) for number in re.findall(r"-?\d+", numbers)]
        if letter == "z":
            x, y = found[-1][0]
        elif letter in "hv":
            x, y = (x + values[0], y) if letter == "h" else (x, y + values[0])
            found[-1].append((x, y))
        else:
            for dx, dy in zip(values[::2], values[1::2], strict=True):
                x, y = (dx, dy) if letter == "M" else (x + dx, y + dy)
                if letter in "Mm":
                    found.append([])
                found[-1].append((x, y))
    return found


def polygon(d: str) -> shapely.Geometry:
    """Fill path data as a browser does, give or take what rounding made touch itself."""
    outline: shapely.Geometry = shapely.Polygon()
    for ring in rings(d):
        outline = outline.symmetric_difference(shapely.make_valid(shapely.Polygon(ring)))
    return outline


def panel(sheet: dict[str, Any], key: str) -> dict[str, Any]:
    """Give the panel of this key."""
    return next(each for each in sheet["panels"] if each["key"] == key)
