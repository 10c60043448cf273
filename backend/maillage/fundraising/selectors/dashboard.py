"""What dashboards of donations show: sums of sums, a query each (ADR 34)."""

from dataclasses import dataclass
from datetime import date
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, Q, QuerySet, Sum

from maillage.fundraising.domain.counting import EVER, month_of
from maillage.fundraising.domain.longtail import Bin
from maillage.fundraising.domain.regular import Cohorts, following
from maillage.fundraising.domain.words import MonthlyState
from maillage.fundraising.models import (
    AmountBin,
    AreaTotal,
    CohortTotal,
    DayTotal,
    Edition,
    Fund,
    GiverBin,
    GiverTotal,
    MonthlyTotal,
    SourceTotal,
)
from maillage.kernel.errors import NotFound
from maillage.territories.models import Area
from maillage.territories.models.naming import called

GOES_ON = (MonthlyState.ACTIVE, MonthlyState.FAILING)
"""Monthly donations of which an instalment is still expected."""

MOST_SOURCES = 30
"""Sources that are told apart; whoever makes up a link can make up a source."""


@dataclass(frozen=True)
class Day:
    """A day: donations of it of which something stayed, cents that stayed, and cents that went back since."""

    day: date
    donations: int
    cents: int
    back: int


@dataclass(frozen=True)
class Place:
    """What the people of a place gave; `small` are donations under the threshold. `population` is None where it is not known."""

    id: UUID
    code: str
    name: str
    kind: str
    is_constituency: bool
    population: int | None
    donations: int
    people: int
    cents: int
    small: int

    @property
    def per_thousand(self) -> int | None:
        """Cents for a thousand inhabitants."""
        return round(1000 * self.cents / self.population) if self.population else None


@dataclass(frozen=True)
class Standing:
    """Monthly donations that go on: how many, and cents a month."""

    number: int
    cents: int


def period_bounds(fund: Fund) -> tuple[str, str] | None:
    """Name the first and the last month in which something was given; None where nothing was. One query."""
    found = DayTotal.objects.filter(fund=fund, donations__gt=0).aggregate(first=Min("day"), last=Max("day"))
    return (month_of(found["first"]), month_of(found["last"])) if found["first"] else None


def periods(fund: Fund, *, today: date) -> list[str]:
    """Name the periods that can be asked: months from the newest, then years, then all time."""
    bounds = period_bounds(fund)
    newest = max(bounds[1], month_of(today)) if bounds else month_of(today)
    oldest = bounds[0] if bounds else newest
    months = [newest]
    while months[-1] > oldest:
        months.append(following(months[-1], -1))
    years = sorted({month[:4] for month in months}, reverse=True)
    return [*months, *years, EVER]


def days(fund: Fund, *, first: date, last: date) -> list[Day]:
    """Return the days of a span on which something was given. One query."""
    rows = (
        DayTotal.objects.filter(fund=fund, day__range=(first, last))
        .order_by("day")
        .values("day")
        .annotate(number=Sum("donations"), sum=Sum("cents"), gone=Sum("back"))
    )
    return [Day(row["day"], row["number"], row["sum"], row["gone"]) for row in rows if row["number"] or row["gone"]]


def months(fund: Fund, *, first: str, last: str) -> list[tuple[str, int, int, int, int]]:
    """Return months with people and cents of who gave for the first time, and of who had given before. One query."""
    rows = (
        GiverTotal.objects.filter(fund=fund, period__range=(first, last), period__contains="-")
        .order_by("period")
        .values("period")
        .annotate(
            new=Sum("givers", filter=Q(is_new=True), default=0),
            new_sum=Sum("cents", filter=Q(is_new=True), default=0),
            back=Sum("givers", filter=Q(is_new=False), default=0),
            back_sum=Sum("cents", filter=Q(is_new=False), default=0),
        )
    )
    return [(row["period"], row["new"], row["new_sum"], row["back"], row["back_sum"]) for row in rows if row["new"] or row["back"]]


def amounts(fund: Fund, period: str) -> list[Bin]:
    """Return the donations of a period by amount, the least first. One query."""
    return _bins(AmountBin.objects.filter(fund=fund, period=period), "donations")


def givers(fund: Fund, period: str) -> list[Bin]:
    """Return who gave in a period by what they gave in it, the least first. One query."""
    return _bins(GiverBin.objects.filter(fund=fund, period=period), "givers")


def people(fund: Fund, period: str) -> tuple[int, int]:
    """Say how many gave in a period for the first time, and how many had given before. One query."""
    rows = dict(GiverTotal.objects.filter(fund=fund, period=period).order_by().values_list("is_new").annotate(number=Sum("givers")))
    return rows.get(True, 0), rows.get(False, 0)


def _bins(rows: QuerySet[Any], counted: str) -> list[Bin]:
    """Return sums by bin; slots are brought together here, in less time than the database takes."""
    left = rows.exclude(**{counted: 0, "cents": 0})
    found = list(map(Bin._make, left.order_by("bin").values_list("bin", counted, "cents")))
    if len(set(map(itemgetter(0), found))) == len(found):
        return found
    sums: dict[int, Bin] = {}
    for each in found:
        slot = sums.get(each.least, Bin(each.least, 0, 0))
        sums[each.least] = Bin(each.least, slot.number + each.number, slot.cents + each.cents)
    return [each for each in sums.values() if each.number]


def places(fund: Fund, period: str) -> list[Place]:
    """Return the places from which somebody gave in a period, the most money first. One query."""
    rows = (
        AreaTotal.objects.filter(fund=fund, period=period)
        .order_by()
        .values("area_id", "area__code", "area__population", "area__kind__code", "area__kind__bears_seats", place=called("area"))
        .annotate(number=Sum("donations"), people=Sum("givers"), sum=Sum("cents"), little=Sum("small"))
    )
    found = [
        Place(
            id=row["area_id"],
            code=row["area__code"],
            name=row["place"],
            kind=row["area__kind__code"],
            is_constituency=row["area__kind__bears_seats"],
            population=row["area__population"],
            donations=row["number"],
            people=row["people"],
            cents=row["sum"],
            small=row["little"],
        )
        for row in rows
        if row["people"]
    ]
    return sorted(found, key=lambda place: (-place.cents, place.code))


def sources(fund: Fund, period: str) -> tuple[list[tuple[str, int, int]], tuple[int, int]]:
    """Return the sources that brought most in a period (donations, cents), and what all others brought. Two queries."""
    rows = SourceTotal.objects.filter(fund=fund, period=period)
    by_source = rows.order_by().values("source").annotate(number=Sum("donations"), sum=Sum("cents")).filter(number__gt=0)
    told = [(row["source"], row["number"], row["sum"]) for row in by_source.order_by("-sum", "source")[:MOST_SOURCES]]
    whole = rows.aggregate(number=Sum("donations", default=0), sum=Sum("cents", default=0))
    return told, (whole["number"] - sum(row[1] for row in told), whole["sum"] - sum(row[2] for row in told))


def cohorts(fund: Fund) -> Cohorts:
    """Return the cohorts of monthly donations. One query."""
    rows = CohortTotal.objects.filter(fund=fund).order_by().values("began", "month").annotate(number=Sum("donations"), sum=Sum("cents"))
    return {(row["began"], row["month"]): (row["number"], row["sum"]) for row in rows if row["number"]}


def standing(fund: Fund) -> Standing:
    """Return the monthly donations that go on. One query."""
    rows = MonthlyTotal.objects.filter(fund=fund, state__in=GOES_ON)
    found = rows.aggregate(number=Sum("donations", default=0), sum=Sum("cents", default=0))
    return Standing(found["number"], found["sum"])


def editions(fund: Fund) -> list[Edition]:
    """Return the months that were told of everybody, the newest first. One query."""
    return list(Edition.objects.filter(fund=fund, area=None).order_by("-month"))


def editions_of_places(fund: Fund, month: str, areas: QuerySet[Area] | None = None) -> list[Edition]:
    """Return what was told of places in a month, the most money first, untold ones last: of all, or of some of them. One query."""
    rows = Edition.objects.filter(fund=fund, month=month, area__isnull=False).select_related("area__kind")
    if areas is not None:
        rows = rows.filter(area__in=areas)
    return sorted(rows, key=lambda row: (row.cents is None, -(row.cents or 0), row.area.code if row.area else ""))


def read_period(raw: str, fund: Fund, *, today: date) -> str:
    """Read which period is asked: a month, a year, `all`; the running month where none is said. Raises: NotFound."""
    asked = {"": month_of(today), "all": EVER}.get(raw, raw)
    if asked not in periods(fund, today=today):
        raise NotFound(code="no_such_period")
    return asked
