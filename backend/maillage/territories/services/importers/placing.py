"""Derive what placing a point reads: pieces, stretches of border, localities, cards (see `models/locating.py`)."""

from uuid import UUID

import orjson
import shapely
from django.conf import settings
from django.db import connection

from maillage.territories.models import Area, AreaBorder, AreaClosure, AreaKind, AreaPiece, BoundarySet, SeatCard
from maillage.territories.services.importers.harvest import Harvest
from maillage.territories.services.importers.merging import Merged, copy_in, merge
from maillage.territories.services.importers.shapes import Shapes, border_stretches
from maillage.territories.services.importers.writing import Ids

VERTICES = 96
"""Most vertices of a piece. Fewer make the index deeper, more make each test dearer."""

PIECES = """
INSERT INTO territories_areapiece (boundary_set_id, area_id, geometry, is_box, rank, doubtful)
SELECT %(set)s, area_id, part,
       ST_NPoints(part) = 5 AND ST_Area(part) >= ST_Area(ST_Envelope(part)) * (1 - 1e-12), rank, doubtful
FROM (SELECT area_id, rank, doubtful, ST_Subdivide(geometry, %(vertices)s) AS part FROM ({wholes}) wholes) pieces
WHERE ST_Dimension(part) = 2
ORDER BY area_id
"""

AS_DRAWN = "SELECT area_id, geometry, 0 AS rank, false AS doubtful FROM territories_areashape WHERE boundary_set_id = %(set)s"

BY_COMMUNE = """
SELECT area_id, geometry, 1 AS rank, false AS doubtful FROM territories_areashape WHERE boundary_set_id = %(set)s
UNION ALL
SELECT c.ancestor_id, s.geometry, 0, false
FROM territories_areashape s
JOIN territories_areaclosure c ON c.descendant_id = s.area_id AND c.whole
JOIN territories_area a ON a.id = c.ancestor_id
WHERE s.boundary_set_id = %(communes)s AND a.kind_id = %(kind)s AND s.geometry IS NOT NULL
UNION ALL
SELECT c.ancestor_id, ST_CollectionExtract(ST_Intersection(s.geometry, w.geometry), 3), 0, true
FROM territories_areashape s
JOIN territories_areaclosure c ON c.descendant_id = s.area_id AND NOT c.whole
JOIN territories_area a ON a.id = c.ancestor_id
JOIN territories_areashape w ON w.area_id = a.id AND w.boundary_set_id = %(set)s
WHERE s.boundary_set_id = %(communes)s AND a.kind_id = %(kind)s AND s.geometry IS NOT NULL AND ST_Intersects(s.geometry, w.geometry)
"""
"""An approximate set places by the table of communes: the commune's outline goes to its seat; only where a commune
has several do the coarse outlines part it, and the piece is doubtful. What no commune covers keeps the coarse outline."""


def write_pieces(*, boundary_set: BoundarySet, communes: BoundarySet | None, seat_kind: AreaKind) -> None:
    """Cut a set into pieces, afresh."""
    wholes = BY_COMMUNE if boundary_set.approximate and communes else AS_DRAWN
    AreaPiece.objects.filter(boundary_set=boundary_set).delete()
    with connection.cursor() as cursor:
        cursor.execute(
            PIECES.format(wholes=wholes),
            {"set": boundary_set.pk, "vertices": VERTICES, "communes": communes.pk if communes else 0, "kind": seat_kind.pk},
        )
        cursor.execute("ANALYZE territories_areapiece")


def write_borders(*, boundary_set: BoundarySet, shapes: Shapes, ids: Ids) -> None:
    """Cut the outlines of a set into short stretches, afresh."""
    AreaBorder.objects.filter(boundary_set=boundary_set).delete()
    lines, owners = border_stretches(shapes.geometries)
    hexes = shapely.to_wkb(lines, hex=True)
    areas = [ids[shapes.spec.kind, code] for code in shapes.codes]
    copy_in(
        AreaBorder,
        ["boundary_set", "area", "line"],
        ((boundary_set.pk, areas[owner], f"SRID=3857;{line}") for owner, line in zip(owners, hexes, strict=True)),
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE territories_areaborder")


def write_localities(*, communes: BoundarySet | None, commune_kind: AreaKind, seat_kind: AreaKind) -> Merged:
    """Tie each commune to each of its seats with its outline, or its inner point where none is known."""
    with connection.cursor() as cursor:
        wished = """
            SELECT c.descendant_id AS area_id, c.ancestor_id AS seat_id, COALESCE(s.geometry, s.inner_point) AS geometry
            FROM territories_areaclosure c
            JOIN territories_area commune ON commune.id = c.descendant_id AND commune.kind_id = %(commune)s
            JOIN territories_area seat ON seat.id = c.ancestor_id AND seat.kind_id = %(seat)s
            JOIN territories_areashape s ON s.area_id = c.descendant_id AND s.boundary_set_id = %(set)s
        """
        values = {"commune": commune_kind.pk, "seat": seat_kind.pk, "set": communes.pk if communes else 0}
        cursor.execute(f"CREATE TEMPORARY TABLE wished_localities ON COMMIT DROP AS {wished}", values)
        cursor.execute("CREATE UNIQUE INDEX ON wished_localities (area_id, seat_id)")
        cursor.execute("ANALYZE wished_localities")
        cursor.execute(
            """
            DELETE FROM territories_locality l WHERE l.seat_id IN (SELECT id FROM territories_area WHERE kind_id = %(seat)s)
            AND NOT EXISTS (
                SELECT 1 FROM wished_localities w
                WHERE w.area_id = l.area_id AND w.seat_id = l.seat_id AND w.geometry = l.geometry
            )
            """,
            values,
        )
        removed = cursor.rowcount
        cursor.execute(
            """
            INSERT INTO territories_locality (area_id, seat_id, geometry)
            SELECT area_id, seat_id, geometry FROM wished_localities WHERE geometry IS NOT NULL
            ON CONFLICT (area_id, seat_id) DO NOTHING
            """
        )
        added = cursor.rowcount
        cursor.execute("DROP TABLE wished_localities")
        cursor.execute("ANALYZE territories_locality")
    return Merged(added=added, removed=removed)


def write_cards(*, harvest: Harvest, ids: Ids, seat_kind: AreaKind) -> Merged:
    """Write what an answer says of each seat, in each language of the settings."""
    above = _ancestors(seat_kind)
    lines = []
    for area in Area.objects.filter(kind=seat_kind, cut=harvest.profile.cut).only("id", "code", "name", "names"):
        for language, _ in settings.LANGUAGES:
            card = {"kind": seat_kind.code, "code": area.code, "name": area.called_in(language)}
            ancestors = [
                {"kind": place.kind.code, "code": place.code, "name": place.called_in(language)} for place in above.get(area.pk, [])
            ]
            lines.append((area.pk, language, orjson.dumps(card).decode(), orjson.dumps(ancestors).decode()))
    return merge(SeatCard, ["area", "language", "area_json", "ancestors_json"], lines, key=["area", "language"])


def _ancestors(seat_kind: AreaKind) -> dict[UUID, list[Area]]:
    """List what each seat lies wholly in, the nearest first."""
    found: dict[UUID, list[Area]] = {}
    links = (
        AreaClosure.objects.filter(descendant__kind=seat_kind, whole=True)
        .exclude(ancestor__kind=seat_kind)
        .order_by("-ancestor__kind__level", "ancestor__code")
        .select_related("ancestor__kind")
    )
    for link in links:
        found.setdefault(link.descendant_id, []).append(link.ancestor)
    return found
