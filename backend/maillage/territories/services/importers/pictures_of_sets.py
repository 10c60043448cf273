"""Write a set's pictures beside those that stand, and put it in force at once."""

from datetime import datetime

import numpy as np
import shapely

from maillage.territories.models import AreaBorder, AreaKind, AreaPiece, AreaShape, BoundarySet
from maillage.territories.services.importers.harvest import Harvest
from maillage.territories.services.importers.merging import Merged, merge
from maillage.territories.services.importers.shapes import Shapes, inner_points
from maillage.territories.services.importers.writing import Ids

WGS84 = "SRID=4326;"
"""How PostGIS reads the system of a geometry written in hexadecimal."""


def write_set(*, shapes: Shapes, harvest: Harvest, kind: AreaKind, ids: Ids, now: datetime) -> tuple[BoundarySet, Merged]:
    """Write the set if it is new, its shapes if they differ, and put it in force in the place of the one before it."""
    origin = shapes.origin
    cut = harvest.profile.cut if kind.bears_seats else ""
    said = {
        "precision_m": origin.precision_m,
        "licence": origin.licence,
        "attribution": origin.attribution,
        "source": shapes.source,
        "approximate": origin.approximate,
    }
    boundary_set, is_new = BoundarySet.objects.get_or_create(
        kind=kind, cut=cut, use=shapes.spec.use, hash=shapes.hash, defaults={**said, "loaded_at": now}
    )
    merged = _write_shapes(shapes, harvest, ids, boundary_set)
    if not boundary_set.in_force or any(getattr(boundary_set, name) != value for name, value in said.items()):
        BoundarySet.objects.filter(kind=kind, cut=cut, use=shapes.spec.use, in_force=True).exclude(pk=boundary_set.pk).update(
            in_force=False
        )
        BoundarySet.objects.filter(pk=boundary_set.pk).update(in_force=True, **said)
        boundary_set.refresh_from_db()
        merged += Merged(changed=1)
    return boundary_set, merged + Merged(added=int(is_new))


def _write_shapes(shapes: Shapes, harvest: Harvest, ids: Ids, boundary_set: BoundarySet) -> Merged:
    """Write a picture an area. A table's point stands for the inner point, and alone where nothing is drawn."""
    kind = shapes.spec.kind
    drawn = dict(zip(shapes.codes, range(len(shapes.codes)), strict=True))
    hexes = shapely.to_wkb(shapes.geometries, hex=True)
    inside = shapely.get_coordinates(inner_points(shapes.geometries))
    points = {code: tuple(inside[index]) for code, index in drawn.items()}
    points |= {row.code: row.point for row in harvest.areas.values() if row.kind == kind and row.point}
    codes = sorted(code for code in points if (kind, code) in ids)
    point_hexes = shapely.to_wkb(shapely.points(np.array([points[code] for code in codes])), hex=True)
    return merge(
        AreaShape,
        ["area", "boundary_set", "geometry", "inner_point", "population"],
        [
            (
                ids[kind, code],
                boundary_set.pk,
                WGS84 + hexes[drawn[code]] if code in drawn else None,
                WGS84 + point,
                harvest.areas[kind, code].population,
            )
            for code, point in zip(codes, point_hexes, strict=True)
        ],
        key=["boundary_set", "area"],
        gone=f"t.boundary_set_id = {boundary_set.pk}",
    )


def forget_replaced_pieces() -> None:
    """Delete what placing read of sets that are no longer in force."""
    replaced = BoundarySet.objects.filter(in_force=False)
    for model in (AreaPiece, AreaBorder):
        model.objects.filter(boundary_set__in=replaced).delete()
