"""Figures about people made public, once for each four weeks that are over."""

from collections.abc import Iterable
from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from maillage.insights.domain.withheld import PERIOD, Measured, may_be_published, periods_over
from maillage.insights.models import Measure
from maillage.insights.selectors.past import LEFT_OUT
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
    wishes: list[tuple[UUID, Measured, frozenset[Cell]]] = []
    for level in sorted(levels, key=lambda level: (level.area.kind.level, -_people(counts, level), level.area.code)):
        wishes.append((level.area.pk, Measured.APPLICATIONS, _cells(level, (True, False))))
        if level.area.pk == network.country_id:
            wishes.append((level.area.pk, Measured.CALLED_IN_TIME, _cells(level, (True,))))
    answers = may_be_published(counts, [cells for _area_id, _what, cells in wishes])
    return [
        Measure(
            network=network,
            area_id=area_id,
            starts_on=begins,
            what=what,
            people=sum(counts[cell] for cell in cells) if is_published else None,
        )
        for (area_id, what, cells), is_published in zip(wishes, answers, strict=True)
    ]


def _counts(network_id: UUID, levels: Iterable[Level], *, since: datetime, until: datetime) -> dict[Cell, int]:
    counts = {(area_id, in_time): 0 for level in levels for area_id in level.seat_areas for in_time in (True, False)}
    asked = Application.objects.filter(seat__network_id=network_id, confirmed_at__gte=since, confirmed_at__lt=until)
    rows = asked.exclude(status__in=LEFT_OUT).values_list("seat__area_id", "promise__kept_at", "promise__due_at")
    for area_id, kept_at, due_at in rows:
        counts[area_id, kept_at is not None and kept_at <= due_at] += 1
    return counts


def _cells(level: Level, outcomes: tuple[bool, ...]) -> frozenset[Cell]:
    return frozenset((area_id, in_time) for area_id in level.seat_areas for in_time in outcomes)


def _people(counts: dict[Cell, int], level: Level) -> int:
    return sum(counts[cell] for cell in _cells(level, (True, False)))


def _start(day: date, zone: ZoneInfo) -> datetime:
    return datetime.combine(day, time(), zone)
