"""A month of donations told to everybody, once it is over."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max, Min, Sum

from maillage.fundraising.domain.counting import month_of
from maillage.fundraising.domain.editions import last_told, places_told, steps_told
from maillage.fundraising.domain.regular import following
from maillage.fundraising.models import AmountBin, AreaTotal, CountedDonation, DayTotal, Edition, Fund
from maillage.fundraising.selectors.dashboard import people as people_in
from maillage.kernel.dates import day_in
from maillage.people.domain import SMALLEST_SHOWN
from maillage.territories.models import AreaClosure


def publish_months(*, now: datetime) -> int:
    """Write the months of every recipient that are over and not told yet; return how many. Safe to repeat: none is written twice."""
    return sum(_publish_months(fund, now=now) for fund in Fund.objects.filter(parent__isnull=True).order_by("code"))


def _publish_months(fund: Fund, *, now: datetime) -> int:
    days = DayTotal.objects.filter(fund=fund, donations__gt=0).aggregate(first=Min("day"))
    told = Edition.objects.filter(fund=fund).aggregate(last=Max("month"))["last"]
    if days["first"] is None:
        return 0
    month = following(told) if told else month_of(days["first"])
    last, written = last_told(day_in(now, fund.time_zone)), 0
    while month <= last:
        with transaction.atomic():
            Fund.objects.select_for_update(of=("self",)).get(pk=fund.pk)
            if not Edition.objects.filter(fund=fund, month=month).exists():
                Edition.objects.bulk_create(_rows(fund, month, now=now))
                written += 1
        month = following(month)
    return written


def _rows(fund: Fund, month: str, *, now: datetime) -> list[Edition]:
    of_places = {
        row["area"]: row
        for row in AreaTotal.objects.filter(fund=fund, period=month)
        .order_by()
        .values("area")
        .annotate(people=Sum("givers"), number=Sum("donations"), sum=Sum("cents"))
        if row["people"]
    }
    everybody = sum(people_in(fund, month))
    people: dict[UUID | None, int] = {area: row["people"] for area, row in of_places.items()}
    people[None] = everybody - sum(people.values())
    wishes = _wishes(of_places)
    told = places_told(people, wishes)
    found = AmountBin.objects.filter(fund=fund, period=month).aggregate(number=Sum("donations", default=0), sum=Sum("cents", default=0))
    common = {"fund": fund, "month": month, "small_under": fund.small_under, "published_at": now}
    if 0 < everybody < SMALLEST_SHOWN:
        return [Edition(**common)]
    rows = [
        Edition(
            **common,
            people=everybody,
            donations=found["number"],
            cents=found["sum"],
            steps=_steps(fund, month),
        )
    ]
    for place, within in wishes:
        own = [row for area, row in of_places.items() if area in within]
        row = Edition(**common, area_id=place)
        if told[place]:
            row.people = sum(each["people"] for each in own)
            row.donations = sum(each["number"] for each in own)
            row.cents = sum(each["sum"] for each in own)
        rows.append(row)
    return rows


def _wishes(of_places: Iterable[UUID]) -> list[tuple[UUID, frozenset[UUID | None]]]:
    """Return the places that are told, the largest first: what lies between the country and those from which somebody gave, then these."""
    above: dict[UUID, set[UUID]] = defaultdict(set)
    levels: dict[UUID, int] = {}
    rows = AreaClosure.objects.filter(descendant__in=list(of_places), whole=True, ancestor__kind__level__gt=0)
    for ancestor, descendant, level in rows.values_list("ancestor", "descendant", "ancestor__kind__level"):
        above[ancestor].add(descendant)
        levels[ancestor] = level
    order = sorted(above, key=lambda place: (levels[place], place))
    return [(place, frozenset(above[place])) for place in order]


def _steps(fund: Fund, month: str) -> list[tuple[int, int, int]]:
    rows = CountedDonation.objects.filter(fund=fund, day__year=int(month[:4]), day__month=int(month[5:]), cents__gt=0)
    return steps_told(rows.values_list("cents", "giver").iterator(), small_under=fund.small_under)
