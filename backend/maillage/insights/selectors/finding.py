"""What the finder finds, for readers without a script: places by name, and which of their seats a street lies in."""

from dataclasses import dataclass
from typing import Any

import orjson
from django.conf import settings
from django.contrib.gis.db.models import Extent
from django.db import connection

from maillage.kernel.text import fold
from maillage.territories.domain import Confidence, ordinal_suffix
from maillage.territories.models import CALLED_SQL, Area, AreaShape
from maillage.territories.selectors import pictures
from maillage.territories.selectors.finding import FoundPlace, places_found
from maillage.territories.selectors.sets import boundaries_are_approximate, placing_set
from maillage.territories.services.streets import street_located

COMMUNE = "commune"


@dataclass(frozen=True)
class Placed:
    """The seat of a street first, then those that it may be in; only the first when that is certain."""

    codes: tuple[str, ...]
    is_certain: bool


@dataclass(frozen=True)
class SeatName:
    """Where on a map a seat's number stands, and its letters that are raised: 3, re."""

    lon: float
    lat: float
    number: int
    raised: str


@dataclass(frozen=True)
class CloseMap:
    """What the map of a split commune needs: tiles of the seats, the box to show, the names of those one may choose, and
    what must be said under it. `called` names by code every seat that it shows.
    """

    tiles: str
    layer: str
    bounds: tuple[float, float, float, float]
    attribution: str
    names: list[SeatName]
    called: dict[str, str]


def key_of(place: FoundPlace) -> str:
    """Name a found place in an address: `commune:69123`."""
    return f"{place.kind}:{place.code}"


def find(query: str, *, within: str = "", language: str) -> list[FoundPlace]:
    """Return the places that a query names, the likeliest first; `within` keeps the one that was chosen before."""
    found = [place for place in places_found(text=query, language=language) if place.seats]
    return [place for place in found if key_of(place) == within] or found


def only_place(items: list[FoundPlace], query: str) -> FoundPlace | None:
    """Return the one place that the query means: the only one found, or the only one of exactly that name or code."""
    if len(items) == 1:
        return items[0]
    exact = [item for item in items if fold(query) in (fold(item.name), fold(item.code))]
    return exact[0] if len(exact) == 1 else None


def place_street(line: str, place: FoundPlace, *, language: str) -> Placed | None:
    """Place a street of a split place; None when it is not found in one of that place's seats. Raises: Unavailable.

    A postal code is part of what is asked, a commune bounds the search.
    """
    is_commune = place.kind == COMMUNE
    text = line if is_commune else f"{line} {place.name}"
    found = street_located(text=text, locality=place.code if is_commune else "", language=language)
    if found is None:
        return None
    code = orjson.loads(found.area_json)["code"]
    if code not in {seat.code for seat in place.seats}:
        return None
    others = tuple(orjson.loads(other.area_json)["code"] for other in found.alternatives)
    is_certain = found.confidence == Confidence.CERTAIN
    return Placed(codes=(code,) if is_certain else (code, *(other for other in others if other != code)), is_certain=is_certain)


def close_map(place: FoundPlace, *, country: str, language: str) -> CloseMap | None:
    """Give the map on which a split place's seat can be clicked; None before boundaries are loaded."""
    boundary_set = placing_set(country=country)
    tiles = pictures.tiles_address(boundary_set=boundary_set) if boundary_set else None
    if boundary_set is None or tiles is None:
        return None
    bounds = _bounds(place, boundary_set_id=boundary_set.pk)
    if bounds is None:
        return None
    seen = _seen(boundary_set_id=boundary_set.pk, bounds=bounds, language=language)
    choices = {seat.code for seat in place.seats}
    names = [
        SeatName(lon=lon, lat=lat, number=number, raised=ordinal_suffix(number, language=language))
        for code, _name, number, lon, lat in seen
        if code in choices and number
    ]
    called = {code: name for code, name, _number, _lon, _lat in seen}
    return CloseMap(tiles, boundary_set.kind.code, bounds, boundary_set.attribution, names, called)


SEEN = f"""
WITH frame AS (SELECT ST_MakeEnvelope(%(west)s, %(south)s, %(east)s, %(north)s, 4326) AS box)
SELECT area.code, {CALLED_SQL.format(area="area")}, area.number, ST_X(spot), ST_Y(spot)
FROM (
    SELECT shape.area_id, ST_PointOnSurface(ST_ClipByBox2D(shape.geometry, Box2D(frame.box))) AS spot
    FROM frame, territories_areashape AS shape
    WHERE shape.boundary_set_id = %(set)s AND shape.geometry && frame.box
) AS seen
JOIN territories_area AS area ON area.id = seen.area_id
WHERE NOT ST_IsEmpty(spot)
ORDER BY area.code
"""  # noqa: S608 put together from constants; values are bound


def _seen(
    *, boundary_set_id: int, bounds: tuple[float, float, float, float], language: str
) -> list[tuple[str, str, int | None, float, float]]:
    """List the seats that a map shows: code, name, number, and a point well inside what is seen of each."""
    west, south, east, north = bounds
    frame = {"west": west, "south": south, "east": east, "north": north, "set": boundary_set_id}
    with connection.cursor() as cursor:
        cursor.execute(SEEN, {**frame, "language": language, "home": settings.LANGUAGE_CODE})
        return list(cursor.fetchall())


def _bounds(place: FoundPlace, *, boundary_set_id: int) -> tuple[float, float, float, float] | None:
    own: dict[str, Any] = AreaShape.objects.filter(area_id=place.area_id).aggregate(box=Extent("geometry"))
    if own["box"]:
        return tuple(own["box"])
    seats = Area.objects.filter(below__descendant_id=place.area_id, kind__bears_seats=True)
    around: dict[str, Any] = AreaShape.objects.filter(boundary_set_id=boundary_set_id, area__in=seats).aggregate(box=Extent("geometry"))
    return tuple(around["box"]) if around["box"] else None


def is_approximate(country: str) -> bool:
    """Say whether boundaries are coarse, so that the page says it too."""
    return boundaries_are_approximate(country=country)
