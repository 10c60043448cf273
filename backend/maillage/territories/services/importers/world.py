"""What the world's own tables say of countries: their English names and their time zones."""

from functools import cache
from pathlib import Path
from zoneinfo import TZPATH

from django.utils import translation
from django_countries.data import COUNTRIES


def english_name(country: str) -> str:
    """Name a country of ISO 3166-1 in English, empty when the code is unknown."""
    with translation.override(None):
        return str(COUNTRIES.get(country, ""))


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
