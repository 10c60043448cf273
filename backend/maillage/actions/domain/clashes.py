"""What the window of an action meets: the days of each place, and the week in which an office holder is asked already."""

from datetime import date, datetime, timedelta

from maillage.kernel import dates

Days = tuple[date, date]
"""The first and the last of some local days."""


def days_of(*, starts_at: datetime, ends_at: datetime, zone: str) -> Days:
    """Return the local days on which an action runs in a place; what ends at midnight does not touch the next day."""
    return dates.day_in(starts_at, zone), dates.day_in(ends_at - timedelta(microseconds=1), zone)


def weeks_of(days: Days) -> Days:
    """Return the whole weeks, Monday to Sunday, that some days touch."""
    first, last = days
    return dates.shifted(first, -timedelta(days=first.weekday())), dates.shifted(last, timedelta(days=6 - last.weekday()))


def touch(one: Days, other: Days) -> bool:
    """Say whether two spans of days have a day in common."""
    return one[0] <= other[1] and other[0] <= one[1]
