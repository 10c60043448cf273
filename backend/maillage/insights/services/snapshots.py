"""Coverage noted day by day."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from maillage import journal
from maillage.insights.domain.coverage import SEEN_IN_TIME, counted, days_to_note, end_of
from maillage.insights.models import Snapshot
from maillage.insights.selectors.past import past_seats
from maillage.insights.selectors.reach import Level, areas_above
from maillage.kernel.dates import day_in
from maillage.relays.domain import SeatState
from maillage.relays.models import RelayNetwork
from maillage.relays.selectors import every_network, standings

DAYS_AT_ONCE = 120
"""How many days of one network are written in one run; the rest in a run that follows at once."""

NOTE = "insights.note_coverage"


def note_coverage(*, now: datetime) -> int:
    """Write where the seats of each network stood at the end of each day that is not written yet; say how many days.

    The night that just ended is as the view says it; nights that were missed, and those before the first run, are rebuilt
    (`insights.domain.coverage`). All or nothing; twice the same night writes once, by constraint.
    """
    with transaction.atomic():
        written = [_note_network(network, now=now) for network in every_network()]
        if any(days == DAYS_AT_ONCE for days in written):
            journal.jobs.enqueue(NOTE)
    return sum(written)


def _note_network(network: RelayNetwork, *, now: datetime) -> int:
    zone = network.country.time_zone
    noted = Snapshot.objects.filter(network=network, area_id=network.country_id).aggregate(last=Max("day"))["last"]
    days = days_to_note(
        first=day_in(network.opens_at, zone),
        noted=noted,
        today=min(day_in(now, zone), day_in(network.closes_at or now, zone) + timedelta(days=1)),
        most=DAYS_AT_ONCE,
    )
    if not days:
        return 0
    levels = areas_above(network.pk)
    is_in_time = now - end_of(days[-1], zone) <= SEEN_IN_TIME
    late = days[:-1] if is_in_time else days
    rows: list[Snapshot] = []
    if late:
        seats = past_seats(network.pk)
        for day in late:
            at = end_of(day, zone)
            rows += _rows(network.pk, day, levels, {area_id: seat.state_at(at) for area_id, seat in seats.items()}, is_rebuilt=True)
    if is_in_time:
        seen = {area_id: SeatState(state) for area_id, state in standings(network.pk).values_list("area_id", "state")}
        rows += _rows(network.pk, days[-1], levels, seen, is_rebuilt=False)
    Snapshot.objects.bulk_create(rows, ignore_conflicts=True, batch_size=2000)
    return len(days)


def _rows(network_id: UUID, day: date, levels: list[Level], states: dict[UUID, SeatState], *, is_rebuilt: bool) -> list[Snapshot]:
    rows = []
    for level in levels:
        coverage = counted(states[area_id] for area_id in level.seat_areas if area_id in states)
        rows.append(
            Snapshot(
                network_id=network_id,
                area_id=level.area.pk,
                day=day,
                total=coverage.total,
                filled=coverage.filled,
                stand_in=coverage.stand_in,
                applied=coverage.applied,
                vacant=coverage.vacant,
                dormant=coverage.dormant,
                is_rebuilt=is_rebuilt,
            )
        )
    return rows
