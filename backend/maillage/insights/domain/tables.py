"""What happened in a span of days: applications, calls, decisions, terms. Computed on paper."""

import math
import statistics
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from maillage.relays.domain import ApplicationStatus

SPANS = (30, 90, 365)
"""Days of the spans that are offered."""

LONGEST_SPAN = 3660


@dataclass(frozen=True)
class Span:
    """From one day to another of the country, both included."""

    begins: date
    ends: date

    @property
    def before(self) -> "Span":
        """The span of the same length that ends the day before this one begins."""
        return Span(self.begins - (self.ends - self.begins) - timedelta(days=1), self.begins - timedelta(days=1))

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """The instants from which and before which it runs somewhere."""
        where = ZoneInfo(zone)
        return datetime.combine(self.begins, time(), where), datetime.combine(self.ends + timedelta(days=1), time(), where)


def last_days(days: int, *, today: date) -> Span:
    """The span of so many days that ends today."""
    return Span(today - timedelta(days=days - 1), today)


@dataclass(frozen=True)
class Asked:
    """A confirmed application and the call that it was promised."""

    area_id: UUID
    status: str
    confirmed_at: datetime
    decided_at: datetime | None
    due_at: datetime | None
    called_at: datetime | None
    released_at: datetime | None
    called_by: UUID | None


@dataclass(frozen=True)
class Held:
    """A term: where, from when to when, and whether it passed to somebody else when it ended."""

    area_id: UUID
    starts_at: datetime
    ends_at: datetime | None
    was_handed_over: bool = False


@dataclass(frozen=True)
class Tally:
    """What happened in a span. Hours are from the confirmed application to the call, of the calls made in it.

    `kept`: calls made in it before their hour. `missed`: hours that passed in it without a call, whatever came later.
    """

    applications: int
    called: int
    kept: int
    missed: int
    median_hours: float | None
    ninth_hours: float | None
    approved: int
    declined: int
    withdrawn: int
    opened: int
    ended: int
    handed_over: int


def tally(asked: Iterable[Asked], held: Iterable[Held], *, since: datetime, until: datetime, now: datetime) -> Tally:
    """Count what happened from `since` to before `until`."""

    def is_in(at: datetime | None) -> bool:
        return at is not None and since <= at < until

    people, terms = list(asked), list(held)
    calls = [each for each in people if is_in(each.called_at)]
    hours = sorted((each.called_at - each.confirmed_at) / timedelta(hours=1) for each in calls if each.called_at)
    decided = [each.status for each in people if is_in(each.decided_at)]
    ended = [each for each in terms if is_in(each.ends_at)]
    return Tally(
        applications=sum(is_in(each.confirmed_at) for each in people),
        called=len(calls),
        kept=sum(each.called_at is not None and each.due_at is not None and each.called_at <= each.due_at for each in calls),
        missed=sum(is_in(each.due_at) and _is_missed(each, now=now) for each in people),
        median_hours=round(statistics.median(hours), 1) if hours else None,
        ninth_hours=round(hours[math.ceil(len(hours) * 0.9) - 1], 1) if hours else None,
        approved=decided.count(ApplicationStatus.APPROVED),
        declined=decided.count(ApplicationStatus.DECLINED),
        withdrawn=decided.count(ApplicationStatus.WITHDRAWN),
        opened=sum(is_in(each.starts_at) for each in terms),
        ended=len(ended),
        handed_over=sum(each.was_handed_over for each in ended),
    )


def _is_missed(each: Asked, *, now: datetime) -> bool:
    """Say whether a call's hour passed without it: neither made nor taken back before."""
    if each.due_at is None or each.due_at > now:
        return False
    settled = [at for at in (each.called_at, each.released_at) if at is not None]
    return not settled or min(settled) > each.due_at
