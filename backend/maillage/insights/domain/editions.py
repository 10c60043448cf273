"""What is published of four weeks that are over, and what is read out of several such editions. Computed on paper."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import takewhile
from typing import TypeVar

from maillage.insights.domain.withheld import PERIOD, Measured
from maillage.people.domain import SMALLEST_SHOWN
from maillage.people.domain.withheld import may_be_published

Person = TypeVar("Person", bound=Hashable)
Cell = TypeVar("Cell", bound=Hashable)
Place = TypeVar("Place", bound=Hashable)
Seat = TypeVar("Seat", bound=Hashable)

EDITIONS_IN_RECORD = 3
"""A record speaks of the last twelve weeks that were published."""


def first_of_each(asked: Iterable[tuple[datetime, Person, Cell]]) -> list[Cell]:
    """Give the cell of what each person asked first: whoever asked for several seats is one person, and counts once.

    Otherwise five applications of one person would pass for five people.
    """
    first: dict[Person, Cell] = {}
    for _at, person, cell in sorted(asked, key=lambda each: each[0]):
        first.setdefault(person, cell)
    return list(first.values())


def edition(
    counts: Mapping[tuple[Seat, bool], int], places: Sequence[tuple[Place, AbstractSet[Seat]]]
) -> list[tuple[Place, Measured, int | None]]:
    """Give the figures of one period: of each place who asked and who was called in time, null where it is withheld.

    `counts` are people by seat and whether they were called in time; `places` come with their seats, the most wanted first,
    which is the whole. Where in the whole so few were not called that their number is withheld, it says at least how many
    were. Nothing of the kind is said of a smaller place: it would follow from the whole, or narrow it.
    """
    whole, *smaller = places
    both = (Measured.APPLICATIONS, Measured.CALLED_IN_TIME)
    wishes = [*((whole, what) for what in both), *((place, what) for what in both for place in smaller)]
    cells = [_cells(seats, what) for (_place, seats), what in wishes]
    answers = may_be_published(counts, cells)
    figures: list[tuple[Place, Measured, int | None]] = [
        (place, what, sum(counts[cell] for cell in wish) if is_published else None)
        for ((place, _seats), what), wish, is_published in zip(wishes, cells, answers, strict=True)
    ]
    asked, called = (sum(counts[cell] for cell in wish) for wish in cells[:2])
    if (floor := at_least(asked, called)) is not None:
        figures.append((whole[0], Measured.CALLED_AT_LEAST, floor))
    return figures


def at_least(asked: int, called: int) -> int | None:
    """Say at least how many were called where those who were not are few: the same for one of them as for four; else None."""
    is_few = 0 < asked - called < SMALLEST_SHOWN
    return asked - SMALLEST_SHOWN if is_few and asked >= 2 * SMALLEST_SHOWN else None


@dataclass(frozen=True)
class PublishedPeriod:
    """Four weeks: who asked for a seat in an area, and who of them was called in time; None where it is withheld."""

    begins: date
    applications: int | None
    called_in_time: int | None
    called_at_least: int | None = None

    @property
    def ends(self) -> date:
        return self.begins + PERIOD - timedelta(days=1)

    @property
    def tells_both(self) -> bool:
        return self.applications is not None and (self.called_in_time is not None or self.called_at_least is not None)


@dataclass(frozen=True)
class Kept:
    """Of `asked` people, `called` were called in time from a day to another, both included; at least so many if it says so."""

    begins: date
    ends: date
    asked: int
    called: int
    is_at_least: bool


def kept_over(periods: Sequence[PublishedPeriod]) -> Kept | None:
    """Add up the latest periods in a row, of some that are the newest first, in which both figures were published.

    None where there is none, or nobody asked in them.
    """
    telling = [period for period in periods if period.tells_both]
    in_a_row = takewhile(lambda one: one[1].begins == telling[0].begins - one[0] * PERIOD, enumerate(telling))
    row = [period for _number, period in in_a_row]
    if not row or not (asked := sum(period.applications or 0 for period in row)):
        return None
    return Kept(
        begins=row[-1].begins,
        ends=row[0].ends,
        asked=asked,
        called=sum((period.called_at_least if period.called_in_time is None else period.called_in_time) or 0 for period in row),
        is_at_least=any(period.called_in_time is None for period in row),
    )


def _cells(seats: AbstractSet[Seat], what: Measured) -> frozenset[tuple[Seat, bool]]:
    outcomes = (True,) if what == Measured.CALLED_IN_TIME else (True, False)
    return frozenset((seat, in_time) for seat in seats for in_time in outcomes)
