"""The national map, and vector tiles: drawn when a set was loaded, cut on demand for close zooms."""

import gzip
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

import orjson
from django.db import connection
from django.db.models import F
from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid, NotFound
from maillage.territories.domain import SetUse
from maillage.territories.domain.pictures import BAKED_ZOOMS, CLOSEST_ZOOM, TILE_EXTENT, TILE_MARGIN
from maillage.territories.models import BakedTile, BoundarySet, NationalPicture

MAPS_KEPT = 8


@dataclass(frozen=True, slots=True)
class SeatPath:
    """One seat as drawn: `d` is path data in whole numbers of its panel, (x, y) a point well inside.

    `mark` is the number on a tile. A `twin` is drawn again, larger, in another panel: it is coloured like the seat, and
    is neither a link nor a stop of the tabulator.
    """

    code: str
    name: str
    parent: str
    d: str
    x: int
    y: int
    mark: str
    twin: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """One drawing of the sheet. `left`, `top`, `width`, `height` are percents of the sheet, where it sits on a desk."""

    key: str
    shape: str
    labels: dict[str, str]
    label_at: str
    left: float
    top: float
    width: float
    height: float
    view_box: str
    seats: tuple[SeatPath, ...]
    borders: str

    def label(self, language: str) -> str:
        """Name the panel in a language; a name that is the same in all is kept once; empty for the mainland."""
        return self.labels.get(language) or self.labels.get("*") or next(iter(self.labels.values()), "")


@dataclass(frozen=True, slots=True)
class NationalMap:
    """A country on one sheet of `width` x `height`, with what its licence obliges us to say. `hash` names it for ever."""

    hash: str
    kind: str
    country: str
    width: float
    height: float
    panels: tuple[Panel, ...]
    licence: str
    attribution: str
    approximate: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """The bytes of a file, gzip, and a name for their content. Empty bytes: there is nothing to draw."""

    body: bytes
    etag: str


def national_map(*, kind: str = "constituency", country: str = "FR") -> NationalMap | None:
    """Give the map drawn from the finest of the sets in force, or nothing before any is loaded.

    One short query; the map itself stays in the memory of the process under its content's name.
    """
    found = (
        NationalPicture.objects.filter(boundary_set__in_force=True, boundary_set__kind__code=kind, boundary_set__kind__country=country)
        .order_by("boundary_set__approximate", "boundary_set__precision_m", "-boundary_set__loaded_at")
        .annotate(
            hash=F("boundary_set__hash"),
            licence=F("boundary_set__licence"),
            attribution=F("boundary_set__attribution"),
            approximate=F("boundary_set__approximate"),
        )
        .values_list("pk", "fingerprint", "hash", "licence", "attribution", "approximate")
        .first()
    )
    if found is None:
        return None
    pk, fingerprint, set_hash, licence, attribution, approximate = found
    width, height, panels = _sheet(pk, fingerprint)
    return NationalMap(
        hash=set_hash,
        kind=kind,
        country=country,
        width=width,
        height=height,
        panels=panels,
        licence=licence,
        attribution=attribution,
        approximate=approximate,
    )


@lru_cache(maxsize=MAPS_KEPT)
def _sheet(boundary_set_id: int, fingerprint: str) -> tuple[float, float, tuple[Panel, ...]]:
    drawn = NationalPicture.objects.values_list("sheet", flat=True).get(pk=boundary_set_id, fingerprint=fingerprint)
    sheet = orjson.loads(gzip.decompress(bytes(drawn)))
    width, height = sheet["width"], sheet["height"]
    return width, height, tuple(_panel(panel, width, height) for panel in sheet["panels"])


def _panel(panel: dict[str, Any], width: float, height: float) -> Panel:
    across, down = panel["units"]
    return Panel(
        key=panel["key"],
        shape=panel["shape"],
        labels=panel["labels"],
        label_at=panel["label_at"],
        left=round(100 * panel["left"] / width, 3),
        top=round(100 * panel["top"] / height, 3),
        width=round(100 * panel["width"] / width, 3),
        height=round(100 * panel["height"] / height, 3),
        view_box=f"0 0 {across} {down}",
        seats=tuple(SeatPath(*seat) for seat in panel["seats"]),
        borders=panel["borders"],
    )


def national_svg(*, set_hash: str, kind: str) -> Picture:
    """Give the standalone file of a set's map. Raises: NotFound."""
    found = (
        NationalPicture.objects.filter(boundary_set__hash=set_hash, boundary_set__kind__code=kind)
        .order_by("boundary_set__use")
        .values_list("svg", "fingerprint")
        .first()
    )
    if found is None:
        raise _unknown_set()
    return Picture(body=bytes(found[0]), etag=found[1])


def tile(*, set_hash: str, kind: str, z: int, x: int, y: int) -> Picture:
    """Give a vector tile (layer `kind`; `code`, `name`, `parent` of each seat), gzip; empty bytes where nothing lies.

    Zooms up to 7 were drawn when the set was loaded; closer ones are cut now from its outlines. Raises: Invalid (no such
    place in the pyramid), NotFound (no such set).
    """
    if not 0 <= z <= CLOSEST_ZOOM:
        raise Invalid(_("Zooms go from 0 to %(most)s.") % {"most": CLOSEST_ZOOM}, code="bad_tile", fields={"z": [f"0..{CLOSEST_ZOOM}"]})
    if not (0 <= x < 2**z and 0 <= y < 2**z):
        raise Invalid(_("There is no such tile at this zoom."), code="bad_tile", fields={"x": [f"0..{2**z - 1}"], "y": [f"0..{2**z - 1}"]})
    etag = f"{set_hash}-{z}-{x}-{y}"
    body = (_baked if z in BAKED_ZOOMS else _cut)(set_hash, kind, z, x, y)
    if not body and not BoundarySet.objects.filter(hash=set_hash, kind__code=kind).exists():
        raise _unknown_set()
    return Picture(body=body, etag=etag)


def _baked(set_hash: str, kind: str, z: int, x: int, y: int) -> bytes:
    tiles = BakedTile.objects.filter(boundary_set__hash=set_hash, boundary_set__kind__code=kind, z=z, x=x, y=y)
    return bytes(tiles.values_list("body", flat=True).first() or b"")


CUT = """
    WITH frame AS (
        SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS tile,
               ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => %(cut)s::float / %(extent)s), 4326) AS around
    )
    SELECT ST_AsMVT(seat, %(kind)s, %(extent)s, 'outline')
    FROM (
        SELECT ST_AsMVTGeom(
                   -- Cut before projecting: most of a large outline lies outside, and the cut lies beyond the margin.
                   ST_Transform(ST_ClipByBox2D(shape.geometry, Box2D(frame.around)), 3857), frame.tile, %(extent)s, %(margin)s
               ) AS outline,
               area.code, area.name, coalesce(parent.code, '') AS parent
        FROM frame, territories_boundaryset AS set
        JOIN territories_areakind AS kind ON kind.id = set.kind_id
        JOIN territories_areashape AS shape ON shape.boundary_set_id = set.id
        JOIN territories_area AS area ON area.id = shape.area_id
        LEFT JOIN territories_area AS parent ON parent.id = area.parent_id
        WHERE set.hash = %(hash)s AND kind.code = %(kind)s AND shape.geometry && frame.around
        ORDER BY area.code
    ) AS seat
    WHERE seat.outline IS NOT NULL
"""


def _cut(set_hash: str, kind: str, z: int, x: int, y: int) -> bytes:
    place = {"z": z, "x": x, "y": y, "extent": TILE_EXTENT, "margin": TILE_MARGIN, "cut": 2 * TILE_MARGIN}
    with connection.cursor() as cursor:
        cursor.execute(CUT, {"hash": set_hash, "kind": kind, **place})
        body = bytes(cursor.fetchone()[0] or b"")
    return gzip.compress(body, 5, mtime=0) if body else b""


def _unknown_set() -> NotFound:
    return NotFound(_("There is no set of boundaries of this name, or it has no picture."), code="unknown_set")


def svg_addresses() -> dict[int, str]:
    """Give where the country drawn from each set in force is served, by the set's key; a set that draws none is not in it.

    An address is kept for ever by browsers: what is drawn otherwise from the same outlines has another one.
    """
    drawn = NationalPicture.objects.filter(boundary_set__in_force=True)
    rows = drawn.values_list("boundary_set_id", "boundary_set__hash", "boundary_set__kind__code", "fingerprint")
    return {pk: f"/maps/{set_hash}/{kind}.svg?drawn={fingerprint[:12]}" for pk, set_hash, kind, fingerprint in rows}


def tiles_address(*, boundary_set: BoundarySet) -> str | None:
    """Give where a set's tiles are served, with {z}, {x} and {y}; nothing for one that places nobody."""
    if boundary_set.use != SetUse.LOCATE:
        return None
    return f"/tiles/{boundary_set.hash}/{boundary_set.kind.code}/{{z}}/{{x}}/{{y}}.mvt"


def bounds(*, boundary_set: BoundarySet, area_id: UUID) -> tuple[float, float, float, float] | None:
    """Give the box of an area in a set (west, south, east, north, degrees), or nothing where it has no shape there."""
    shape = boundary_set.shapes.filter(area_id=area_id, geometry__isnull=False).values_list("geometry", flat=True).first()
    return shape.extent if shape else None
