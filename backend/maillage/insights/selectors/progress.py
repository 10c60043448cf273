"""How coverage grew, what it aims at, and when that is met."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from maillage.insights.domain.coverage import DEFAULT_TARGET, Point, goal_of, weekly_gains
from maillage.insights.domain.forecast import WEEKS_USED, Forecast, forecast
from maillage.insights.models import Snapshot, Target
from maillage.kernel.dates import day_in
from maillage.relays.domain import Coverage
from maillage.relays.models import RelayNetwork
from maillage.relays.selectors import coverage
from maillage.territories.models import Area

SHOWN = timedelta(days=366)
"""How far back a chart goes."""

_COUNTS = ("total", "filled", "stand_in", "applied", "vacant", "dormant")


@dataclass(frozen=True)
class Aim:
    """What a network aims at: a share of its seats (`percent` for people), a day where one was said, whether it is the one given to all."""

    share: Fraction
    percent: Decimal
    by_day: date | None
    is_default: bool


@dataclass(frozen=True)
class Progress:
    """The coverage of a network within an area, day by day, the last point being now; its aim, and when it is met.

    `rebuilt_until` is the last day that was worked out later, None where every night was noted in time.
    """

    area: Area
    points: list[Point]
    aim: Aim
    goal: int
    forecast: Forecast

    @property
    def now(self) -> Coverage:
        return self.points[-1].coverage

    @property
    def today(self) -> date:
        return self.points[-1].day

    @property
    def rebuilt_until(self) -> date | None:
        return max((point.day for point in self.points if point.is_rebuilt), default=None)

    def before(self, weeks: int) -> Coverage | None:
        """Say how things stood so many weeks ago, None where no night says it."""
        day = self.today - timedelta(weeks=weeks)
        return next((point.coverage for point in self.points if point.day == day), None)


def progress(network: RelayNetwork, *, area: Area | None = None, now: datetime) -> Progress:
    """Return the progress of a network in the whole country, or within an area. Three queries."""
    within = area or network.country
    today = day_in(now, network.country.time_zone)
    rows = Snapshot.objects.filter(network=network, area=within, day__gte=today - SHOWN, day__lt=today).order_by("day")
    points = [
        Point(day, Coverage(*counts), is_rebuilt=is_rebuilt) for day, is_rebuilt, *counts in rows.values_list("day", "is_rebuilt", *_COUNTS)
    ]
    present = coverage(network.pk, within_area_id=area.pk if area else None)
    points.append(Point(today, present, is_live=True))
    aim = aim_of(network)
    goal = goal_of(aim.share, present.total)
    gains = weekly_gains(points, most=WEEKS_USED)
    return Progress(within, points, aim, goal, forecast(covered=present.covered, goal=goal, gains=gains, today=today))


def aim_of(network: RelayNetwork) -> Aim:
    """Say what a network aims at: what was set, else a third of its seats. One query."""
    target = Target.objects.filter(network=network).first()
    if target is None:
        return Aim(DEFAULT_TARGET, round(Decimal(100) * DEFAULT_TARGET.numerator / DEFAULT_TARGET.denominator, 1), None, is_default=True)
    return Aim(Fraction(target.percent) / 100, target.percent, target.by_day, is_default=False)


@dataclass(frozen=True)
class Change:
    """An area's coverage now and four weeks ago (None where no night says it)."""

    area: Area
    now: Coverage
    before: int | None

    @property
    def gained(self) -> int | None:
        return None if self.before is None else self.now.covered - self.before


def changes(network_id: UUID, *, levels: list[tuple[Area, Coverage]], today: date, weeks: int = 4) -> list[Change]:
    """Put beside each area's coverage now how much was covered some weeks ago. One query."""
    rows = Snapshot.objects.filter(network_id=network_id, day=today - timedelta(weeks=weeks)).values_list("area_id", "filled", "stand_in")
    before = {area_id: filled + stand_in for area_id, filled, stand_in in rows}
    return [Change(area, counts, before.get(area.pk)) for area, counts in levels]
