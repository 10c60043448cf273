"""Where seats stood at the end of a past day, as far as it can still be known."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from math import ceil
from zoneinfo import ZoneInfo

from maillage.relays.domain import Coverage, SeatState, TermFacts, TermKind, seat_state

SEEN_IN_TIME = timedelta(hours=3)
"""A night noted within this long after the day's end is as the view says it; a later one is rebuilt from terms."""

DEFAULT_TARGET = Fraction(1, 3)
"""A third of the seats: what the movement of 2011 reached, the figure to beat."""

MEETINGS_TO_BEAT = 50
"""How many meetings with representatives the movement of 2011 reported."""


@dataclass(frozen=True)
class PastTerm:
    """A term as it is known today. `seen_at` is its holder's last sign of life, `pauses` are (from, until or None)."""

    kind: TermKind
    starts_at: datetime
    ends_at: datetime | None
    seen_at: datetime
    pauses: tuple[tuple[datetime, datetime | None], ...] = ()


@dataclass(frozen=True)
class PastApplication:
    """An application as it is known today: open from its confirmation until it was decided or taken back."""

    confirmed_at: datetime
    decided_at: datetime | None


@dataclass
class PastSeat:
    """What is still known of one seat."""

    terms: list[PastTerm] = field(default_factory=list)
    applications: list[PastApplication] = field(default_factory=list)

    def state_at(self, at: datetime) -> SeatState:
        """Say where the seat stood at an instant, by the rule of decision 18 on what is known today.

        Not known any more is when somebody who gave a sign of life later was silent before: they count as alive throughout.
        Applications of people who were erased are gone.
        """
        running = [term for term in self.terms if term.starts_at <= at and (term.ends_at is None or at < term.ends_at)]
        facts = [
            TermFacts(
                kind=term.kind,
                is_paused=any(begun <= at and (over is None or at < over) for begun, over in term.pauses),
                seen_at=max(term.starts_at, min(term.seen_at, at)),
            )
            for term in running
        ]
        waits = any(each.confirmed_at <= at and (each.decided_at is None or at < each.decided_at) for each in self.applications)
        return seat_state(terms=facts, has_open_application=waits, now=at)


@dataclass(frozen=True)
class Point:
    """Seats by state at the end of one day; `is_rebuilt` when it was worked out later, `is_live` for the day that runs."""

    day: date
    coverage: Coverage
    is_rebuilt: bool = False
    is_live: bool = False


def counted(states: Iterable[SeatState]) -> Coverage:
    """Count seats by state."""
    found = list(states)
    return Coverage(total=len(found), **{state.value: found.count(state) for state in SeatState})


def end_of(day: date, zone: str) -> datetime:
    """Give the instant at which a day ends somewhere, 23 to 25 hours after it began."""
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone))


def days_to_note(*, first: date, noted: date | None, today: date, most: int) -> list[date]:
    """Give the days that ended and are not noted, the oldest first, at most so many."""
    day = max(first, noted + timedelta(days=1)) if noted else first
    return [day + timedelta(days=n) for n in range(min(most, max(0, (today - day).days)))]


def goal_of(share: Fraction, total: int) -> int:
    """Say how many seats a share asks for, rounded up: a third of 577 is 193."""
    return ceil(share * total)


def weekly_gains(points: Sequence[Point], *, most: int) -> list[int]:
    """Give by how many covered seats each week back from the last point changed, the oldest first.

    A week of which one end is not noted ends the list: what lies before is not used.
    """
    covered = {point.day: point.coverage.covered for point in points}
    gains: list[int] = []
    day = points[-1].day if points else date.min
    while len(gains) < most and day in covered and (before := day - timedelta(days=7)) in covered:
        gains.append(covered[day] - covered[before])
        day = before
    return gains[::-1]
