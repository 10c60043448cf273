"""Where the lines, bars and words of a drawing lie. Computed on paper, so that the server draws without a script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from maillage.insights.domain.coverage import Point
from maillage.insights.domain.fairness import Fifth

STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000)

Place = str
"""A coordinate in hundredths of the drawing, written with a point in any language: `62.50`."""


@dataclass(frozen=True)
class Mark:
    """A number on an axis: where it stands, what it says."""

    at: Place
    value: int


@dataclass(frozen=True)
class DayMark:
    """A day on the axis of time."""

    at: Place
    day: date


@dataclass(frozen=True)
class CoverageChart:
    """Coverage over time in a drawing of 100 by 100: a line to today, a target across, the range of the forecast ahead.

    `rebuilt` is the part of the line that was worked out later. What lies outside is None.
    """

    line: str
    area: str
    rebuilt: str
    today_x: Place
    today_y: Place
    is_early: bool
    goal_y: Place
    range_x: Place | None
    range_width: Place | None
    likely_x: Place | None
    levels: list[Mark]
    days: list[DayMark]


def coverage_chart(points: Sequence[Point], *, goal: int, early: date | None, likely: date | None, late: date | None) -> CoverageChart:
    """Lay out a chart. The axis of time reaches to the end of the range, where that is not farther ahead than the past is long."""
    first, today = points[0].day, points[-1].day
    past = max((today - first).days, 28)
    ends = max((day for day in (likely, late) if day is not None and (day - today).days <= past), default=today)
    days = max((ends - first).days, past)
    top = top_of(max([goal, *(point.coverage.covered for point in points)]))

    def x(day: date) -> Place:
        return _place(100 * (day - first).days / days)

    def y(covered: int) -> Place:
        return _place(100 - 100 * covered / top)

    def path(chosen: Sequence[Point]) -> str:
        return "".join(f"{'L' if number else 'M'}{x(point.day)} {y(point.coverage.covered)}" for number, point in enumerate(chosen))

    shown = early if early is not None and early <= ends else None
    until = min(late or ends, ends)
    line = path(points)
    return CoverageChart(
        line=line,
        area=f"{line}L{x(today)} 100L0 100Z",
        rebuilt=path([point for point in points if point.is_rebuilt]),
        today_x=x(today),
        today_y=y(points[-1].coverage.covered),
        is_early=(today - first).days < days / 2,
        goal_y=y(goal),
        range_x=x(shown) if shown else None,
        range_width=_place(max(0.5, 100 * (until - shown).days / days)) if shown else None,
        likely_x=x(likely) if likely and likely <= ends else None,
        levels=[Mark(y(value), value) for value in range(0, top + 1, top // 4)],
        days=[DayMark(x(day), day) for day in month_marks(first, first + timedelta(days=days), most=5)],
    )


def top_of(most: int) -> int:
    """Give the smallest round number, a multiple of four, that is at least this."""
    return next((4 * step for step in STEPS if 4 * step >= most), 4 * -(-most // 4))


def _place(value: float) -> Place:
    return f"{value:.2f}"


def month_marks(first: date, last: date, *, most: int) -> list[date]:
    """Give first days of months between two days, evenly thinned to so many; the first day itself when there are none."""
    months = []
    day = (first.replace(day=1) + timedelta(days=32)).replace(day=1)
    while day <= last:
        months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    step = -(-len(months) // most) if months else 1
    return months[::step] or [first]


@dataclass(frozen=True)
class Bar:
    """A fifth of the seats as a bar: how many of a hundred are covered."""

    fifth: Fifth
    percent: int


def bars(fifths: Sequence[Fifth]) -> list[Bar]:
    """Say of each fifth how many of a hundred seats are covered."""
    return [Bar(fifth, round(100 * fifth.covered / fifth.seats)) for fifth in fifths]
