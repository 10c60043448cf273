"""Load a country: read its files, write its areas, put its pictures in force, derive what placing and finding read."""

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import blake2b
from pathlib import Path

from django.db import connection, transaction

from maillage.territories.domain import Origin, Profile, SetSpec, SetUse
from maillage.territories.models import AreaKind, AreaPiece, BoundarySet, Dataset
from maillage.territories.services import pictures
from maillage.territories.services.importers import neighbours, pictures_of_sets, placing, writing
from maillage.territories.services.importers.communes import seats_by_outline
from maillage.territories.services.importers.harvest import Harvest
from maillage.territories.services.importers.merging import Merged
from maillage.territories.services.importers.registry import reader_named
from maillage.territories.services.importers.rows import Rows
from maillage.territories.services.importers.shapes import Shapes, shapes_of
from maillage.territories.services.importers.sources import Given, Source, sources_of

OVERLAY = "overlay"
"""A table of communes that names no seat: they are found by laying the outlines over each other."""

READING = "3"
"""Raised when files are read differently: what is unchanged on disk is then read again."""

Say = Callable[[str], None]


@dataclass
class Report:
    """What a load found and did."""

    country: str
    unchanged: bool = False
    seats: int = 0
    drawn: int = 0
    missing: list[str] = field(default_factory=list)
    repaired: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    approximate: bool = False
    written: Merged = field(default_factory=Merged)


def load_country(
    *,
    profile: Profile,
    given: Given,
    now: datetime,
    say: Say = lambda line: None,
    only: set[str] | None = None,
    force: bool = False,
    check: bool = False,
) -> Report:
    """Bring a country's areas and pictures to what its files say.

    One transaction: until its end readers see the old state whole, and a load that is killed leaves it. A second load of
    the same files changes nothing. `only` names the sets to load: the others stay as they are (tables are always read, for
    pictures are of places). `check` reads and reports and writes nothing. Raises: BoundariesRefused.
    """
    sources = sources_of(profile=profile, given=given)
    if only and not any(source.origin.within == OVERLAY for source in sources):
        sources = [source for source in sources if source.spec.name in only or not isinstance(source.spec, SetSpec)]
    known = dict(Dataset.objects.filter(country=profile.country).values_list("name", "fingerprint"))
    if not force and not check and all(known.get(source.spec.name) == _fingerprint(profile, source) for source in sources):
        return Report(country=profile.country, unchanged=True, approximate=_is_approximate(profile))
    with _no_collection():
        return _load(profile, sources, now, say, check)


@contextmanager
def _no_collection() -> Iterator[None]:
    """Reading makes millions of lasting objects and no cycles: looking for some doubles the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _load(profile: Profile, sources: list[Source], now: datetime, say: Say, check: bool) -> Report:
    harvest, shapes = _read(profile, sources, say)
    report = _report(profile, harvest, shapes)
    if not check:
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_xact_lock(hashtext('territories.load'))")
            _write(profile, sources, harvest, shapes, report, now, say)
    return report


def _fingerprint(profile: Profile, source: Source) -> str:
    """Name what would be read and how: the bytes, the country's rules, the code's way of reading."""
    return blake2b(f"{READING} {profile} {source.spec} {source.origin} {source.found.fingerprint}".encode(), digest_size=16).hexdigest()


def _is_approximate(profile: Profile) -> bool:
    return BoundarySet.objects.filter(
        kind__country=profile.country, kind__code=profile.seat_kind.code, use=SetUse.LOCATE, in_force=True, approximate=True
    ).exists()


def _read(profile: Profile, sources: list[Source], say: Say) -> tuple[Harvest, list[Shapes]]:
    harvest = Harvest(profile=profile)
    drawn: list[tuple[Source, SetSpec, Rows]] = []
    overlaid = False
    for source in sources:
        origin = source.origin
        say(f"reading {source.spec.name} from {source.found.label}")
        rows = reader_named(origin.reader).read(found=source.found, origin=origin)
        if origin.beside:
            rows = _beside(rows, origin, source.found.path.parent)
        harvest.add_rows(rows.rows, origin.areas)
        overlaid = overlaid or origin.within == OVERLAY
        if origin.figures:
            harvest.add_figures(rows, origin.figures, _labels(origin, source.found.path.parent))
        if isinstance(source.spec, SetSpec):
            drawn.append((source, source.spec, rows))
    shapes = [_shapes(harvest, source, spec, rows) for source, spec, rows in drawn]
    if overlaid:
        say("finding the seats of communes by their outlines")
        seats_by_outline(harvest=harvest, shapes=shapes)
    harvest.settle()
    return harvest, shapes


def _shapes(harvest: Harvest, source: Source, spec: SetSpec, rows: Rows) -> Shapes:
    kind = spec.kind

    def code_of(spelled: str) -> str | None:
        if kind == harvest.profile.seat_kind.code:
            return harvest.seat_code(spelled)
        return spelled if (kind, spelled) in harvest.areas else None

    return shapes_of(spec=spec, origin=source.origin, source=source.found.label, rows=rows, code_of=code_of)


def _beside(rows: Rows, origin: Origin, folder: Path) -> Rows:
    """Add a column that another file holds, where that file is there."""
    extra = Origin(reader=origin.beside["reader"], file=origin.beside["file"], licence="", attribution="")
    reader = reader_named(extra.reader)
    found = reader.find(origin=extra, folder=folder)
    if not found:
        return rows
    key, column = origin.beside["key"], origin.beside["adds"]
    values = {row[key]: row[column] for row in reader.read(found=found, origin=extra).rows}
    return Rows(rows=[row | {column: values.get(row[key], "")} for row in rows.rows], geometries=rows.geometries)


def _labels(origin: Origin, folder: Path) -> dict[str, tuple[str, str]]:
    labels = origin.figures.labels if origin.figures else {}
    if not labels:
        return {}
    extra = Origin(reader="csv", file=labels["file"], licence="", attribution="")
    reader = reader_named("csv")
    found = reader.find(origin=extra, folder=folder)
    rows = reader.read(found=found, origin=extra).rows if found else []
    return {row[labels["code"]]: (" ".join(row[labels["name"]].split()), row.get(labels.get("source", ""), "")) for row in rows}


def _report(profile: Profile, harvest: Harvest, shapes: list[Shapes]) -> Report:
    kind = profile.seat_kind.code
    seats = {row.code: row for row in harvest.areas.values() if row.kind == kind}
    placing_set = next((item for item in shapes if item.spec.kind == kind and item.spec.use == SetUse.LOCATE), None)
    drawn = set(placing_set.codes) if placing_set else set()
    return Report(
        country=profile.country,
        seats=len(seats),
        drawn=len(drawn),
        missing=sorted(code for code, row in seats.items() if row.has_shape and code not in drawn),
        repaired=[f"{item.spec.name} {name}" for item in shapes for name in item.repaired],
        unknown=[f"{item.spec.name} {name}" for item in shapes for name in item.unknown],
        warnings=harvest.warnings,
        approximate=bool(placing_set and placing_set.origin.approximate),
    )


def _write(
    profile: Profile, sources: list[Source], harvest: Harvest, shapes: list[Shapes], report: Report, now: datetime, say: Say
) -> None:
    say(f"writing {len(harvest.areas)} places")
    kinds = writing.write_kinds(harvest)
    ids, report.written = writing.write_areas(harvest, kinds)
    for write in (writing.write_aliases, writing.write_closure, writing.write_findables, writing.write_figures):
        report.written += write(harvest, ids)
    sets: dict[str, BoundarySet] = {}
    for item in shapes:
        say(f"drawing {len(item.codes)} places of {item.spec.name}")
        sets[item.spec.name], merged = pictures_of_sets.write_set(
            shapes=item, harvest=harvest, kind=kinds[item.spec.kind], ids=ids, now=now
        )
        report.written += merged
    _derive(profile, harvest, shapes, sets, kinds, ids, report, say)
    for source in sources:
        said = {
            "source": source.found.label,
            "licence": source.origin.licence,
            "attribution": source.origin.attribution,
            "fingerprint": _fingerprint(profile, source),
        }
        known = Dataset.objects.filter(country=profile.country, name=source.spec.name)
        if not known.filter(**said).exists():
            Dataset.objects.update_or_create(country=profile.country, name=source.spec.name, defaults={**said, "loaded_at": now})


def _derive(
    profile: Profile,
    harvest: Harvest,
    shapes: list[Shapes],
    sets: dict[str, BoundarySet],
    kinds: dict[str, AreaKind],
    ids: writing.Ids,
    report: Report,
    say: Say,
) -> None:
    seat_kind = kinds[profile.seat_kind.code]
    communes = BoundarySet.objects.filter(kind=kinds.get("commune"), use=SetUse.LOCATE, in_force=True).first()
    report.written += placing.write_cards(harvest=harvest, ids=ids, seat_kind=seat_kind)
    if "commune" in kinds:
        say("tying communes to their seats")
        localities = placing.write_localities(communes=communes, commune_kind=kinds["commune"], seat_kind=seat_kind)
        report.written += localities
    for item in shapes:
        boundary_set = sets[item.spec.name]
        if item.spec.kind == seat_kind.code and item.spec.use == SetUse.LOCATE:
            stale = boundary_set.approximate and bool(report.written)
            if stale or not AreaPiece.objects.filter(boundary_set=boundary_set).exists():
                say("cutting seats into pieces for placing people")
                placing.write_pieces(boundary_set=boundary_set, communes=communes, seat_kind=seat_kind)
                placing.write_borders(boundary_set=boundary_set, shapes=item, ids=ids)
            say("finding neighbours")
            report.written += neighbours.write_neighbours(harvest=harvest, shapes=item, ids=ids)
    pictures_of_sets.forget_replaced_pieces()
    for item in shapes:
        pictures.bake_pictures(boundary_set=sets[item.spec.name], say=say)
