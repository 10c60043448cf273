"""What is drawn when a set of boundaries is loaded."""

import gzip
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

import orjson
import shapely
from django.db import connection, transaction

from maillage.territories.domain import SetUse
from maillage.territories.models import BoundarySet, NationalPicture
from maillage.territories.services.pictures import layouts, sheet, svg, tiles
from maillage.territories.services.pictures.coverage import Fabric
from maillage.territories.services.pictures.layouts import automatic
from maillage.territories.services.pictures.sheet import Seat

MANNER = "2"
"""Raised when the drawing itself changes: what stands is then drawn again."""

SEATS = """
    SELECT area.code, area.name, area.number, coalesce(parent.code, ''), coalesce(parent.name, ''), ST_AsBinary(shape.geometry)
    FROM territories_area AS area
    LEFT JOIN territories_area AS parent ON parent.id = area.parent_id
    LEFT JOIN territories_areashape AS shape ON shape.area_id = area.id AND shape.boundary_set_id = %s
    WHERE area.kind_id = %s AND area.cut = %s
    ORDER BY area.code
"""

NAMES = """
    SELECT coalesce(string_agg(concat_ws('|', area.code, area.name, area.number, parent.code, parent.name), ';' ORDER BY area.code), '')
    FROM territories_area AS area
    LEFT JOIN territories_area AS parent ON parent.id = area.parent_id
    WHERE area.kind_id = %s AND area.cut = %s
"""


def bake_pictures(*, boundary_set: BoundarySet, say: Callable[[str], None] = lambda line: None) -> None:
    """Draw the national map of a set, and its low tiles when the set is good enough to place people.

    Only kinds that bear seats are drawn. The same set gives the same bytes; what stands is not drawn again. An overview
    is drawn where nothing finer is in force: beside that its picture would never be shown.
    In the caller's transaction, so that a set is never in force without its pictures.
    """
    if not boundary_set.kind.bears_seats:
        return
    if _is_outdone(boundary_set):
        NationalPicture.objects.filter(boundary_set=boundary_set).delete()
        return
    with transaction.atomic():
        fingerprint = _fingerprint(boundary_set)
        if NationalPicture.objects.filter(boundary_set=boundary_set, fingerprint=fingerprint).exists():
            return
        seats, fabric = _read(boundary_set)
        if not len(fabric):
            return
        say(f"drawing the national map of {len(fabric)} outlines")
        drawn = sheet.drawn(layout=_layout(boundary_set, fabric, seats), fabric=fabric, seats=seats)
        kind, country = boundary_set.kind, boundary_set.kind.country
        title = f"{country} {kind.name.get('fr') or kind.code}"
        credit = f"{boundary_set.attribution} ({boundary_set.licence})"
        file = svg.written(sheet=drawn, language="fr", title=title, attribution=credit)
        NationalPicture.objects.update_or_create(
            boundary_set=boundary_set,
            defaults={
                "fingerprint": fingerprint,
                "sheet": gzip.compress(orjson.dumps(drawn), 9, mtime=0),
                "svg": gzip.compress(file.encode(), 9, mtime=0),
            },
        )
        if boundary_set.use == SetUse.LOCATE:
            count = tiles.bake(boundary_set=boundary_set, fabric=fabric, seats=seats)
            say(f"drew {count} tiles of the low zooms")


def _is_outdone(boundary_set: BoundarySet) -> bool:
    """Say whether an overview stands beside a set that places people, is not approximate and is drawn finer.

    The insets show a hundred metres, and what the sheet is drawn from is coarsened to its scale anyway: the finer set
    gives the better sheet, of the same weight (ADR 5).
    """
    placing = BoundarySet.objects.filter(
        kind=boundary_set.kind_id, cut=boundary_set.cut, use=SetUse.LOCATE, in_force=True, approximate=False
    )
    return boundary_set.use == SetUse.OVERVIEW and placing.filter(precision_m__lte=boundary_set.precision_m).exists()


def _fingerprint(boundary_set: BoundarySet) -> str:
    """Name what would be drawn without reading an outline: the set's content, the seats' names, the layout, the manner."""
    layout = Path(layouts.HERE / f"{boundary_set.kind.country}.json")
    digest = blake2b(digest_size=16)
    digest.update(f"{MANNER} {boundary_set.hash} {boundary_set.use} {boundary_set.attribution} {boundary_set.licence}".encode())
    digest.update(layout.read_bytes() if layout.is_file() else b"")
    with connection.cursor() as cursor:
        cursor.execute(NAMES, [boundary_set.kind_id, boundary_set.cut])
        digest.update(cursor.fetchone()[0].encode())
    return digest.hexdigest()


def _read(boundary_set: BoundarySet) -> tuple[list[Seat], Fabric]:
    with connection.cursor() as cursor:
        cursor.execute(SEATS, [boundary_set.pk, boundary_set.kind_id, boundary_set.cut])
        rows = cursor.fetchall()
    seats = [Seat(code=row[0], name=row[1], number=row[2], parent=row[3], parent_name=row[4]) for row in rows]
    outlined = [row for row in rows if row[5] is not None]
    fabric = Fabric.woven(
        codes=[row[0] for row in outlined],
        parents=[row[3] for row in outlined],
        shapes=shapely.from_wkb([bytes(row[5]) for row in outlined]),
    )
    return seats, fabric


def _layout(boundary_set: BoundarySet, fabric: Fabric, seats: list[Seat]) -> layouts.Layout:
    kind = boundary_set.kind
    return layouts.known(country=kind.country, kind=kind.code) or automatic.composed(
        fabric=fabric,
        parent_names={seat.parent: seat.parent_name for seat in seats},
        seat_names={seat.code: seat.name for seat in seats},
    )
