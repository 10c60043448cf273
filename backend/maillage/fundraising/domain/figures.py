"""Amounts and days as people and banks write them, read: 1 234,56 €, (12.50), 3/11/26, 2026-11-03, 3 nov. 2026."""

import re
from datetime import date

from maillage.kernel.text import plain

_DROPPED = re.compile(r"[\s\u00a0\u202f\u2009\"'’=]|€|eur(?:os?)?", re.IGNORECASE)
_NUMBER = re.compile(r"([+-]?)([0-9]+(?:[.,][0-9]+)*)([+-]?)")
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:([.,])[0-9]{3})(?:\1[0-9]{3})*")
_NUMERIC_DAY = re.compile(r"([0-9]{1,4})[/.\-\s]([0-9]{1,2})[/.\-\s]([0-9]{2,4})(?:[t\s].*)?")
_COMPACT_DAY = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_NAMED_DAY = re.compile(r"([0-9]{1,2})(?:er|st|nd|rd|th)?[\s\-]+([a-z]{3,9})\.?[\s\-]+([0-9]{2,4})")
_MONTHS = (
    ("jan",),
    ("fev", "feb"),
    ("mar",),
    ("avr", "apr"),
    ("mai", "may"),
    ("juin", "jun"),
    ("juil", "jul"),
    ("aou", "aug"),
    ("sep",),
    ("oct",),
    ("nov",),
    ("dec",),
)
_MOST_DIGITS = 15


def read_cents(text: str) -> int | None:
    """Read an amount in units as cents; None where it is none, or finer than a cent.

    A minus before or behind, or brackets, say that it is negative. With both marks the last parts the cents; a lone one parts
    them too, unless three digits follow a full stop, which then parts the thousands, as in France.
    """
    kept = _DROPPED.sub("", text).replace("\N{MINUS SIGN}", "-")
    in_brackets = kept.startswith("(") and kept.endswith(")")
    found = _NUMBER.fullmatch(kept[1:-1] if in_brackets else kept)
    if found is None or (found[1] and found[3]) or sum(letter.isdigit() for letter in kept) > _MOST_DIGITS:
        return None
    whole, cents = _parted(found[2])
    if whole is None:
        return None
    amount = int(whole) * 100 + int(cents.ljust(2, "0"))
    return -amount if (in_brackets or "-" in (found[1], found[3])) else amount


def _parted(number: str) -> tuple[str | None, str]:
    """Part a number into its whole units and what follows the mark of the cents."""
    last = max(number.rfind("."), number.rfind(","))
    if last < 0:
        return number, ""
    mark, whole, rest = number[last], number[:last], number[last + 1 :]
    has_other = any(other in whole for other in ".," if other != mark)
    if has_other:
        return (re.sub(r"[.,]", "", whole), rest) if _THOUSANDS.fullmatch(whole) and len(rest) <= 2 else (None, "")
    if mark in whole or (mark == "." and len(rest) == 3):
        return (number.replace(mark, ""), "") if _THOUSANDS.fullmatch(number) else (None, "")
    return (whole, rest) if len(rest) <= 2 else (None, "")


def read_day(text: str, *, month_first: bool = False) -> date | None:
    """Read a day; None where it is none. Of two numbers the first is the day, unless `month_first`; a year of two digits is of 2000 on."""
    kept = plain(text.strip().strip("=\"'")).strip()
    if found := _COMPACT_DAY.fullmatch(kept):
        return _day(*(int(part) for part in found.groups()))
    if found := _NUMERIC_DAY.fullmatch(kept):
        first, second, third = (int(part) for part in found.groups())
        if len(found[1]) == 4:
            return _day(first, second, third)
        return _day(_year(third), first, second) if month_first else _day(_year(third), second, first)
    if found := _NAMED_DAY.fullmatch(kept):
        month = next((number for number, starts in enumerate(_MONTHS, 1) if found[2].startswith(starts)), 0)
        return _day(_year(int(found[3])), month, int(found[1]))
    return None


def _year(number: int) -> int:
    return number + 2000 if number < 100 else number


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if 1900 <= year <= 2200 else None
    except ValueError:
        return None
