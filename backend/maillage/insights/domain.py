"""How places, numbers and instants are said on the public pages. Computed on paper: no clock, no table."""

from dataclasses import dataclass
from datetime import datetime, timedelta


def ordinal_suffix(number: int, *, language: str) -> str:
    """Give what follows a number that orders constituencies: 1re, 3e in French; 1st, 3rd, 12th in English."""
    if language == "fr":
        return "re" if number == 1 else "e"
    if 10 < number % 100 < 14:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


@dataclass(frozen=True)
class Remaining:
    """What is left until an instant, in whole days, hours and minutes."""

    days: int
    hours: int
    minutes: int


def remaining(*, until: datetime, now: datetime) -> Remaining | None:
    """Split what is left until an instant, rounded down to the minute; None once it has passed."""
    left = until - now
    if left <= timedelta(0):
        return None
    minutes = int(left.total_seconds() // 60)
    return Remaining(days=minutes // 1440, hours=minutes % 1440 // 60, minutes=minutes % 60)


def share(part: int | float, whole: int | float) -> str:
    """Give a part of a whole as a CSS percentage: `share(359, 577)` is `62.22%`; nothing of nothing is `0%`."""
    return f"{100 * part / whole:.2f}%" if whole else "0%"
