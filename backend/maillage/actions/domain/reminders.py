"""When whoever owes something is reminded: twice at most, by day, before a human calls."""

from datetime import datetime

from maillage.actions.domain.assignments import Owes, owed_at
from maillage.kernel.daytime import by_day

REMINDERS_MOST = 2
"""How often somebody is reminded of one assignment, by the clock and by organisers together; then a human calls."""


def reminder_due(
    *,
    owed: Owes,
    asked_at: datetime,
    starts_at: datetime,
    ends_at: datetime,
    sent: int,
    last_at: datetime | None,
    excused_until: datetime | None,
    now: datetime,
    zone: str,
) -> int | None:
    """Say which reminder leaves by itself now, 1 or 2, or None.

    An answer is asked for halfway between the question and the start, and at the start; where the start was over when it was
    asked, the end stands for it. A report is asked for at the end, of who never answered too. Each of these moments after
    the question brings one reminder, and none when somebody was reminded since. Never at night of the place (`zone`), never while excused.
    """
    is_excused = excused_until is not None and now < excused_until
    if owed == Owes.NOTHING or sent >= REMINDERS_MOST or is_excused or by_day(now, zone) != now:
        return None
    moments = _moments(owed_at(owed, ends_at=ends_at, now=now), asked_at=asked_at, starts_at=starts_at, ends_at=ends_at)
    passed = [moment for moment in moments if asked_at < moment <= now]
    if not passed or (last_at is not None and last_at >= passed[-1]):
        return None
    return sent + 1


def may_be_reminded(*, owed: Owes, ends_at: datetime, excused_until: datetime | None, now: datetime) -> bool:
    """Say whether an organiser can remind somebody now: an answer is owed until the end, and then a report."""
    is_excused = excused_until is not None and now < excused_until
    return not is_excused and (owed == Owes.ANSWER or (owed == Owes.REPORT and ends_at <= now))


def _moments(owed: Owes, *, asked_at: datetime, starts_at: datetime, ends_at: datetime) -> list[datetime]:
    if owed == Owes.REPORT:
        return [ends_at]
    due = starts_at if asked_at < starts_at else ends_at
    halfway = asked_at + (due - asked_at) / 2
    return [halfway, due]
