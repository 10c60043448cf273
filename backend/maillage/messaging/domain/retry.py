"""How long to wait before a server that said "not now" is asked again."""

from datetime import datetime, timedelta

WAITS = (
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    timedelta(hours=4),
    timedelta(hours=8),
    timedelta(hours=12),
)


def next_try(*, tries: int, now: datetime) -> datetime | None:
    """Return when to try again after so many tries (1 or more), None when it is time to give up (after about a day)."""
    return now + WAITS[tries - 1] if tries <= len(WAITS) else None
