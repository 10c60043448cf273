"""Vector tiles of the low zooms, where thousands of vertices would fall on one pixel: drawn once, from a simplified fabric."""

import gzip
import math
from collections.abc import Sequence

import numpy as np
import shapely
from django.db import connection

from maillage.territories.domain.pictures import BAKED_ZOOMS, TILE_EXTENT, TILE_MARGIN
from maillage.territories.models import BakedTile, BoundarySet
from maillage.territories.services.pictures.coverage import Fabric
from maillage.territories.services.pictures.projections import MERCATOR_RADIUS_M, web_mercator
from maillage.territories.services.pictures.sheet import Seat

EQUATOR_M = 2 * math.pi * MERCATOR_RADIUS_M
TILE_PX = 512
DETAIL_PX = 0.8
"""What is smaller than a square of this side on a screen is not in a low tile."""

FABRIC = """
    CREATE TEMP TABLE IF NOT EXISTS pictures_fabric (code text, name text, parent text, outline geometry) ON COMMIT DROP;
    TRUNCATE pictures_fabric
"""

CUT = """
    SELECT tile.x, tile.y, cell.body
    FROM unnest(%(xs)s::int[], %(ys)s::int[]) AS tile (x, y),
    LATERAL (
        SELECT ST_AsMVT(seat, %(layer)s, %(extent)s, 'outline') AS body, count(*) AS seats
        FROM (
            SELECT ST_AsMVTGeom(outline, ST_TileEnvelope(%(z)s, tile.x, tile.y), %(extent)s, %(margin)s) AS outline, code, name, parent
            FROM pictures_fabric
            WHERE outline && ST_TileEnvelope(%(z)s, tile.x, tile.y, margin => %(margin)s::float / %(extent)s)
            ORDER BY code
        ) AS seat
        WHERE seat.outline IS NOT NULL
    ) AS cell
    WHERE cell.seats > 0
"""


def bake(*, boundary_set: BoundarySet, fabric: Fabric, seats: Sequence[Seat]) -> int:
    """Draw every low tile of a set that holds something, in place of those before; give their number.

    From the finest of the baked zooms up, each zoom is simplified from the one below it.
    """
    BakedTile.objects.filter(boundary_set=boundary_set).delete()
    on_plane = fabric.on(web_mercator)
    names = {seat.code: seat for seat in seats}
    tiles: list[BakedTile] = []
    for z in reversed(BAKED_ZOOMS):
        pixel = EQUATOR_M / TILE_PX / 2**z
        on_plane = on_plane.simplified(DETAIL_PX * pixel).without_islets((DETAIL_PX * pixel) ** 2)
        tiles += _cut(boundary_set, on_plane, names, z)
    BakedTile.objects.bulk_create(tiles, batch_size=200)
    return len(tiles)


def _cut(boundary_set: BoundarySet, fabric: Fabric, names: dict[str, Seat], z: int) -> list[BakedTile]:
    places = sorted(_tiles_under(fabric, z))
    rows = zip(fabric.codes.tolist(), shapely.to_wkb(shapely.set_srid(fabric.shapes, 3857), hex=True, include_srid=True), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(FABRIC)
        with cursor.copy("COPY pictures_fabric (code, name, parent, outline) FROM STDIN") as copy:
            for code, outline in rows:
                copy.write_row((code, names[code].name, names[code].parent, outline))
        cursor.execute(
            CUT,
            {
                "xs": [x for x, _ in places],
                "ys": [y for _, y in places],
                "z": z,
                "layer": boundary_set.kind.code,
                "extent": TILE_EXTENT,
                "margin": TILE_MARGIN,
            },
        )
        cut = [(x, y, gzip.compress(bytes(body), 9, mtime=0)) for x, y, body in cursor.fetchall()]
    return [BakedTile(boundary_set=boundary_set, z=z, x=x, y=y, body=body) for x, y, body in cut]


def _tiles_under(fabric: Fabric, z: int) -> set[tuple[int, int]]:
    """Name the tiles that any part of the fabric may touch."""
    side, last = EQUATOR_M / 2**z, 2**z - 1
    margin = side * TILE_MARGIN / TILE_EXTENT
    bounds = shapely.bounds(shapely.get_parts(fabric.shapes))
    low_x, high_x = (bounds[:, 0] - margin + EQUATOR_M / 2) / side, (bounds[:, 2] + margin + EQUATOR_M / 2) / side
    low_y, high_y = (EQUATOR_M / 2 - bounds[:, 3] - margin) / side, (EQUATOR_M / 2 - bounds[:, 1] + margin) / side
    spans = np.clip(np.floor(np.column_stack((low_x, high_x, low_y, high_y))).astype(int), 0, last)
    return {(x, y) for west, east, north, south in spans.tolist() for x in range(west, east + 1) for y in range(north, south + 1)}
