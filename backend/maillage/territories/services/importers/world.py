"""What the world's own tables say of countries: their names and their time zones."""

import gettext
from functools import cache
from gettext import NullTranslations
from pathlib import Path
from zoneinfo import TZPATH

import django_countries
from django.utils import translation
from django_countries.data import COUNTRIES


def name_of(country: str, *, language: str) -> str:
    """Name a country of ISO 3166-1 in a language, empty when the code is unknown."""
    with translation.override(None):
        english = str(COUNTRIES.get(country, ""))
    return _catalogue(language).gettext(english) if english else ""


@cache
def _catalogue(language: str) -> NullTranslations:
    """Read the names of the package django-countries, which need not be installed as an app for that."""
    return gettext.translation("django", Path(django_countries.__file__).parent / "locale", [language], fallback=True)


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
