"""Who counts as one natural person: family name, first given name and birth date, as people may spell them."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from maillage.kernel.text import plain

LONGEST_KEY = 100
"""Letters of a key that are kept."""

_APART = re.compile(r"[\s,;]+")
_HYPHENS = re.compile(r"\s*[-\u2010-\u2015\u2212]+\s*")
_NO_LETTERS = re.compile(r"[\W_]+")


class Unnamed(ValueError):
    """A name holds no letter by which anybody could be told apart."""


class Near(StrEnum):
    """Why two identities that differ may be one person, for the treasurer to look at."""

    TYPING_SLIP = "typing_slip"
    NAMES_SWAPPED = "names_swapped"
    DAY_MONTH_SWAPPED = "day_month_swapped"
    BIRTH_DATE_SLIP = "birth_date_slip"
    GIVEN_INITIAL = "given_initial"
    GIVEN_PART = "given_part"
    FAMILY_PART = "family_part"


NEAR_SAID: Mapping[Near, LazyText] = {
    Near.TYPING_SLIP: _("One letter differs."),
    Near.NAMES_SWAPPED: _("First name and family name are swapped."),
    Near.DAY_MONTH_SWAPPED: _("Day and month of birth are swapped."),
    Near.BIRTH_DATE_SLIP: _("One digit of the birth date differs."),
    Near.GIVEN_INITIAL: _("One of the first names is an initial."),
    Near.GIVEN_PART: _("One first name begins the other."),
    Near.FAMILY_PART: _("One family name is part of the other."),
}
"""Why two may be one, as the treasurer reads it."""


@dataclass(frozen=True, order=True)
class Identity:
    """One natural person as a cap counts them. Two who declare the same three are one."""

    family_key: str
    given_key: str
    born_on: date


def identity_of(*, family_name: str, given_name: str, born_on: date) -> Identity:
    """Bring names to their keys. Raises: Unnamed.

    Case, accents, ligatures, hyphens, apostrophes and spaces do not count; particles do (de Gaulle is not Gaulle). Of several
    given names the first counts, and what a hyphen joins is one: Jean-Pierre Marie is jeanpierre, Jean Pierre is jean.
    """
    return Identity(_key(family_name), _key(_first(given_name)), born_on)


def near(one: Identity, other: Identity) -> Near | None:
    """Say why two identities may be one person; None where they are the same, or nothing points to it."""
    if one == other:
        return None
    names = (one.family_key, one.given_key), (other.family_key, other.given_key)
    if names[0] == names[1]:
        return _near_days(one.born_on, other.born_on)
    if one.born_on != other.born_on:
        return None
    if names[0] == names[1][::-1]:
        return Near.NAMES_SWAPPED
    if one.family_key == other.family_key:
        return _near_given(one.given_key, other.given_key)
    if one.given_key == other.given_key:
        return _near_family(one.family_key, other.family_key)
    return None


def _key(name: str) -> str:
    # decomposed before and after the case is taken off: some letters decompose to capitals only then
    letters = _NO_LETTERS.sub("", plain(unicodedata.normalize("NFKD", name)))[:LONGEST_KEY]
    if not any(letter.isalpha() for letter in letters):
        raise Unnamed(name)
    return letters


def _first(given_name: str) -> str:
    joined = _HYPHENS.sub("-", given_name).strip(" ,;-")
    return _APART.split(joined, maxsplit=1)[0]


def _near_days(one: date, other: date) -> Near | None:
    if (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return Near.DAY_MONTH_SWAPPED
    return Near.BIRTH_DATE_SLIP if one_slip(one.isoformat(), other.isoformat()) else None


def _near_given(one: str, other: str) -> Near | None:
    short, long = sorted((one, other), key=len)
    if len(short) == 1 and long.startswith(short):
        return Near.GIVEN_INITIAL
    if one_slip(one, other):
        return Near.TYPING_SLIP
    return Near.GIVEN_PART if long.startswith(short) else None


def _near_family(one: str, other: str) -> Near | None:
    if one_slip(one, other):
        return Near.TYPING_SLIP
    short, long = sorted((one, other), key=len)
    return Near.FAMILY_PART if len(short) > 1 and (long.startswith(short) or long.endswith(short)) else None


def one_slip(one: str, other: str) -> bool:
    """Say whether one word becomes the other by a letter too many, a letter missing, a wrong letter, or two turned."""
    short, long = sorted((one, other), key=len)
    if short == long or len(long) - len(short) > 1:
        return False
    at = next((place for place, (first, second) in enumerate(zip(short, long, strict=False)) if first != second), len(short))
    if len(long) > len(short):
        return short[at:] == long[at + 1 :]
    turned = short[at : at + 2] == long[at : at + 2][::-1] and short[at + 2 :] == long[at + 2 :]
    return turned or short[at + 1 :] == long[at + 1 :]
