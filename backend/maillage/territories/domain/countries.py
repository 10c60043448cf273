"""Countries of ISO 3166-1, by name."""

import gettext
from functools import cache
from gettext import NullTranslations
from pathlib import Path

import django_countries
from django.utils import translation
from django_countries.data import COUNTRIES

from maillage.kernel.text import plain


def name_of(country: str, *, language: str) -> str:
    """Name a country of ISO 3166-1 in a language, empty when the code is unknown."""
    with translation.override(None):
        english = str(COUNTRIES.get(country, ""))
    return _catalogue(language).gettext(english) if english else ""


def is_country(code: str) -> bool:
    """Say whether a code names a country, or is one of those that ISO 3166-1 leaves to its users (XA to XZ: Kosovo, an invented one)."""
    return code in COUNTRIES or (len(code) == 2 and code[0] == "X" and "A" <= code[1] <= "Z")


@cache
def countries_in(language: str) -> tuple[tuple[str, str], ...]:
    """List every country, code and name, as a reader of a language looks them up."""
    return tuple(sorted(((code, name_of(code, language=language)) for code in COUNTRIES), key=lambda each: plain(each[1])))


@cache
def _catalogue(language: str) -> NullTranslations:
    """Read the names of the package django-countries, which need not be installed as an app for that."""
    return gettext.translation("django", Path(django_countries.__file__).parent / "locale", [language], fallback=True)
