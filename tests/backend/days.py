"""Days as the people of the invented country say them: late in the evening, theirs is not the day of the clock."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from maillage.kernel.clock import now

ZONE = ZoneInfo("Europe/Paris")
"""Where the country of the tests lies, but for its places overseas and abroad."""


def in_days(days: int = 0, *, at: datetime | None = None) -> date:
    """Return the day there, so many days from an instant (now)."""
    return ((at or now()) + timedelta(days=days)).astimezone(ZONE).date()


def noon() -> datetime:
    """Return noon of today there: what is not told at night is told then."""
    return now().astimezone(ZONE).replace(hour=12, minute=0).astimezone(UTC)


def days_ago(days: int) -> datetime:
    """Return the same hour of the clock there so many days ago, summer time or not."""
    return (now().astimezone(ZONE) - timedelta(days=days)).astimezone(UTC)
