"""Figures about people made public, once for each four weeks that are over."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, Q

from maillage.insights.domain.editions import edition, first_of_each
from maillage.insights.domain.withheld import PERIOD, periods_over
from maillage.insights.models import Measure
from maillage.insights.selectors.past import promises_of_the_erased
from maillage.insights.selectors.reach import Level, areas_above
from maillage.relays.models import Application, RelayNetwork
from maillage.relays.selectors import every_network

PERIODS_AT_MOST = 26
"""On a first run: two years back."""

Cell = tuple[UUID, bool]
"""The area of a seat, and whether its applicants were called within 48 hours."""


def publish_measures(*, now: datetime) -> int:
    """Publish each network's figures of the four-week periods that are over and were not published; say how many periods.

    What is published is never written again, whatever becomes of the people it counted.
    """
    with transaction.atomic():
        return sum(_publish_network(network, now=now) for network in every_network())


def _publish_network(network: RelayNetwork, *, now: datetime) -> int:
    zone = ZoneInfo(network.country.time_zone)
    over = periods_over(first=network.opens_at.astimezone(zone).date(), today=now.astimezone(zone).date(), most=PERIODS_AT_MOST)
    known = set(Measure.objects.filter(network=network).values_list("starts_on", flat=True).distinct())
    fresh = [begins for begins in over if begins not in known]
    levels = areas_above(network.pk) if fresh else []
    for begins in fresh:
        Measure.objects.bulk_create(_measures(network, begins, levels, zone=zone), ignore_conflicts=True)
    return len(fresh)


def _measures(network: RelayNetwork, begins: date, levels: list[Level], *, zone: ZoneInfo) -> list[Measure]:
    counts = _counts(network.pk, levels, since=_start(begins, zone), until=_start(begins + PERIOD, zone))
    people = {level.area.pk: sum(counts[seat, in_time] for seat in level.seat_areas for in_time in (True, False)) for level in levels}
    wanted = sorted(levels, key=lambda level: (level.area.kind.level, -people[level.area.pk], level.area.code))
    return [
        Measure(network=network, area_id=area_id, starts_on=begins, what=what, people=figure)
        for area_id, what, figure in edition(counts, [(level.area.pk, level.seat_areas) for level in wanted])
    ]


def _counts(network_id: UUID, levels: list[Level], *, since: datetime, until: datetime) -> dict[Cell, int]:
    """Count who was promised a call, each person once: not who waits to be looked at first, or was never let in.

    A miss counts though whoever waited has had themself erased.
    """
    counts = {(area_id, in_time): 0 for level in levels for area_id in level.seat_areas for in_time in (True, False)}
    asked = Application.objects.filter(seat__network_id=network_id, confirmed_at__gte=since, confirmed_at__lt=until)
    owed = asked.filter(_was_owed("promise__"), promise__isnull=False)
    rows = owed.values_list("promise__made_at", "person_id", "seat__area_id", "promise__kept_at", "promise__due_at")
    erased = promises_of_the_erased(network_id).filter(_was_owed(), made_at__gte=since, made_at__lt=until)
    both = [*rows, *erased.values_list("made_at", "person_id", "area_id", "kept_at", "due_at")]
    stood = [(at, person, (area_id, kept_at is not None and kept_at <= due_at)) for at, person, area_id, kept_at, due_at in both]
    for cell in first_of_each(stood):
        counts[cell] += 1
    return counts


def _was_owed(promise: str = "") -> Q:
    """Whether a call was made, or owed until its hour: who took their application back before was promised none any more."""
    released_at = f"{promise}released_at"
    return (
        Q(**{f"{promise}kept_at__isnull": False})
        | Q(**{f"{released_at}__isnull": True})
        | Q(**{f"{released_at}__gt": F(f"{promise}due_at")})
    )


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
