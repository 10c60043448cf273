"""Night, where somebody lives: what can wait until the morning waits."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

MORNING, EVENING = time(8), time(20)
"""The hours of the place between which people are disturbed (decision 18 for the morning, `law.md` for the evening)."""


def by_day(instant: datetime, zone: str) -> datetime:
    """Return the instant itself by day, and 8:00 of the place after it when it falls into the night."""
    local = instant.astimezone(ZoneInfo(zone))
    if MORNING <= local.time() < EVENING:
        return instant
    day = local.date() + timedelta(days=1) if local.time() >= EVENING else local.date()
    return datetime.combine(day, MORNING, tzinfo=ZoneInfo(zone)).astimezone(instant.tzinfo)
