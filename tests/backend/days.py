"""Days as the people of the invented country say them: late in the evening, theirs is not the day of the clock."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from maillage.kernel.clock import now

ZONE = ZoneInfo("Europe/Paris")
"""Where the country of the tests lies, but for its places overseas and abroad."""


def in_days(days: int = 0, *, at: datetime | None = None) -> date:
    """Return the day there, so many days from an instant (now)."""
    return ((at or now()) + timedelta(days=days)).astimezone(ZONE).date()
