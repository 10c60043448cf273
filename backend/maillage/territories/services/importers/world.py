"""What the world's own table says of countries: their time zones."""

from functools import cache
from pathlib import Path
from zoneinfo import TZPATH


def zones_of(country: str) -> list[str]:
    """List the IANA time zones of a country, the most populous first as the zone table has it; empty when unknown."""
    return _zones().get(country, [])


@cache
def _zones() -> dict[str, list[str]]:
    zones: dict[str, list[str]] = {}
    for folder in TZPATH:
        table = Path(folder) / "zone.tab"
        if table.is_file():
            for line in table.read_text(encoding="utf-8").splitlines():
                if line and not line.startswith("#"):
                    country, _, zone = line.split("\t")[:3]
                    zones.setdefault(country, []).append(zone)
            break
    return zones
