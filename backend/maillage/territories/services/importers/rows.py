"""What a reader gives: rows of text, and a geometry for each where the file has any."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from maillage.kernel.errors import Refusal


class BoundariesRefused(Refusal):
    """A file cannot be used; the sentence says which and why. The sets in force stay."""

    code = "boundaries_refused"


@dataclass(frozen=True)
class Rows:
    """Rows by column name. `geometries` runs beside them (shapely, WGS 84 longitude and latitude), empty for a table."""

    rows: list[dict[str, str]]
    geometries: list[Any] = field(default_factory=list)


@dataclass(frozen=True)
class Found:
    """A file to read: where it is on this machine, how it is called in reports, and what identifies its bytes."""

    path: Path
    label: str
    fingerprint: str


def text_of(value: object) -> str:
    """Write a property as the text that a table would hold; nothing for null."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()
