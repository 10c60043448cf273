"""Which file each table and set is read from: the first origin that is there (the order of the settings)."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from maillage.territories.domain import Origin, Profile, SetSpec, TableSpec
from maillage.territories.gateways import downloads
from maillage.territories.services.importers.registry import READERS, reader_named
from maillage.territories.services.importers.rows import BoundariesRefused, Found


@dataclass(frozen=True)
class Source:
    """A table or set and the file that it will be read from."""

    spec: TableSpec | SetSpec
    origin: Origin
    found: Found


@dataclass(frozen=True)
class Given:
    """What the operator pointed at: a folder of tables and sets, or one file of boundaries."""

    folder: Path | None = None
    file: Path | None = None


def what_is_given(source: str) -> Given:
    """Read a folder, a file or an address given by the operator. Raises: BoundariesRefused when it is not there."""
    if urlsplit(source).scheme in ("http", "https"):
        path = downloads.fetched(url=source, cache=settings.TERRITORIES_CACHE)
        if path is None:
            raise BoundariesRefused(f"{source} cannot be fetched.")
        return Given(file=path)
    path = Path(source).expanduser()
    if path.is_dir():
        return Given(folder=path)
    if path.is_file():
        return Given(file=path)
    raise BoundariesRefused(f"There is no file or folder at {source}.")


def sources_of(*, profile: Profile, given: Given, only: set[str] | None = None) -> list[Source]:
    """Choose a source for each table and set of a country, in the order of its file.

    A given file is the boundaries of the seats; the rest comes from the folder beside the checkout, where there is
    one, else from packages. Raises: BoundariesRefused when the boundaries of the seats are nowhere.
    """
    beside = settings.BOUNDARIES_BESIDE if settings.BOUNDARIES_BESIDE and settings.BOUNDARIES_BESIDE.is_dir() else None
    folder = given.folder or beside
    chosen = []
    specs: list[TableSpec | SetSpec] = [*profile.tables, *profile.sets]
    for spec in specs:
        if only and spec.name not in only:
            continue
        if isinstance(spec, SetSpec) and given.file:
            own = spec.kind == profile.seat_kind.code and spec.use == "locate"
            found = _from_file(spec, given.file) if own else None
            # Other pictures of the folder beside would be of another publication: only what packages hold stands in.
            source = found or (None if own or spec.use == "overview" else _first(spec, None, official=False))
        else:
            source = _first(spec, folder, official=given.folder is None)
        if source:
            chosen.append(source)
        elif isinstance(spec, SetSpec) and not spec.optional:
            raise BoundariesRefused(f"No file holds the boundaries named {spec.name} of {profile.country}.")
    return chosen


def _first(spec: TableSpec | SetSpec, folder: Path | None, *, official: bool) -> Source | None:
    for origin in spec.origins:
        reader = reader_named(origin.reader)
        found = reader.find(origin=origin, folder=folder)
        if not found and official and origin.official and settings.BOUNDARIES_OFFICIAL_URL:
            path = downloads.fetched(url=settings.BOUNDARIES_OFFICIAL_URL, cache=settings.TERRITORIES_CACHE)
            found = reader.found(path=path) if path else None
        if found:
            return Source(spec=spec, origin=origin, found=found)
    return None


def _from_file(spec: SetSpec, file: Path) -> Source | None:
    """Read a given file as the origin of the same name, else as the official one, else as any of its format."""
    fitting = [origin for origin in spec.origins if file.suffix in reader_named(origin.reader).suffixes]
    if not fitting:
        raise BoundariesRefused(
            f"{file.name} is of no known format; known are {', '.join(s for r in READERS.values() for s in r.suffixes)}."
        )
    by_name = [origin for origin in fitting if origin.file == file.name]
    official = [origin for origin in fitting if origin.official]
    origin = (by_name or official or fitting)[0]
    return Source(spec=spec, origin=origin, found=reader_named(origin.reader).found(path=file))
