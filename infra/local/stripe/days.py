"""Days of the account's clock, in UTC as Stripe's payouts are: working days know weekends, no bank holidays."""

from datetime import UTC, datetime, timedelta

SECONDS = 86_400
SATURDAY = 5


def after(now: int, count: int) -> int:
    """The same time so many working days later."""
    moment = datetime.fromtimestamp(now, UTC)
    while count > 0:
        moment += timedelta(days=1)
        count -= moment.weekday() < SATURDAY
    return int(moment.timestamp())


def midnight(now: int) -> int:
    """The beginning of the day."""
    return now - now % SECONDS


def said(now: int) -> str:
    """A day as a date is written."""
    return datetime.fromtimestamp(now, UTC).date().isoformat()
