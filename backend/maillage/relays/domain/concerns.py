"""By when somebody takes up that something is wrong."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

CONCERN_LATE, CONCERN_MORNING = time(20), time(9)
"""What is told before the first hour of the place is taken up the same day, afterwards by the second of the next."""

CONCERN_KEPT = timedelta(days=365)
"""A concern is forgotten this long after its outcome was told."""

TOLD_LINK = "relays.concern_told"
"""Purpose of the signed link by which a visitor says that an address is theirs, then reads what became of what they told."""

TOLD_A_DAY = 5
"""How many concerns are taken from one network in a day, of visitors who need not say who they are."""

ASKED_A_DAY = 3
"""How often an address is asked in a day whether it is theirs who told something, whoever types it."""


def concern_due(at: datetime, *, zone: str) -> datetime:
    """Say by when somebody takes a concern up: the end of the same day of the place, after 20:00 the next morning at 9:00."""
    local = at.astimezone(ZoneInfo(zone))
    if local.time() < CONCERN_LATE:
        return datetime.combine(local.date(), time(23, 59), tzinfo=local.tzinfo).astimezone(at.tzinfo)
    return datetime.combine(local.date() + timedelta(days=1), CONCERN_MORNING, tzinfo=local.tzinfo).astimezone(at.tzinfo)
