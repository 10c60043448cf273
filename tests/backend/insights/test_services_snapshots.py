"""Coverage noted each night."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from maillage.insights import services
from maillage.insights.models import Snapshot
from maillage.insights.services import snapshots
from maillage.journal.models import Job
from maillage.kernel.clock import now as read_clock
from maillage.relays.domain import TermKind
from maillage.relays.models import RelayNetwork, Term
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

DAY = timedelta(days=1)


def opened(net: SmallNetwork, at: datetime) -> None:
    RelayNetwork.objects.update(opens_at=at)


def rows(net: SmallNetwork, kind: str = "country", code: str = "XM") -> dict[date, Snapshot]:
    found = Snapshot.objects.filter(network=net.network, area=net.country.area(code, kind)).order_by("day")
    return {row.day: row for row in found}


def test_the_night_that_ended_is_noted_for_each_area_above_seats(net: SmallNetwork) -> None:
    instant = read_clock()
    opened(net, instant - DAY)
    make_holder(net.seat("0101"))
    make_holder(net.seat("0102"), kind=TermKind.STAND_IN)
    make_application(net.seat("0201"))
    at = datetime.combine(instant.date(), datetime.min.time(), UTC) + timedelta(minutes=5)
    assert services.note_coverage(now=at + DAY) >= 1
    found = rows(net)[max(rows(net))]
    assert (found.total, found.filled, found.stand_in, found.applied, found.vacant) == (12, 1, 1, 1, 9)
    assert rows(net, "department", "01")[found.day].filled == 1
    assert rows(net, "region", "20")[found.day].total == 2
    assert rows(net, "department", "99")[found.day].total == 1
    assert set(Snapshot.objects.values_list("area__kind__code", flat=True)) == {"country", "region", "department"}


def test_twice_the_same_night_writes_once(net: SmallNetwork) -> None:
    opened(net, datetime(2026, 6, 1, 8, tzinfo=UTC))
    at = datetime(2026, 6, 3, 22, 5, tzinfo=UTC)
    assert services.note_coverage(now=at) == 3
    before = Snapshot.objects.count()
    assert services.note_coverage(now=at + timedelta(minutes=55)) == 0
    assert Snapshot.objects.count() == before
    row = Snapshot.objects.first()
    assert row is not None
    row.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_a_missed_night_is_rebuilt_from_terms(net: SmallNetwork) -> None:
    opened(net, datetime(2026, 6, 1, 8, tzinfo=UTC))
    services.note_coverage(now=datetime(2026, 6, 2, 22, 5, tzinfo=UTC))
    term, _person = make_holder(net.seat("0101"), at=datetime(2026, 6, 4, 9, tzinfo=UTC))
    Term.objects.filter(pk=term.pk).update(ends_at=datetime(2026, 6, 6, 9, tzinfo=UTC))
    make_application(net.seat("0102"), at=datetime(2026, 6, 5, 9, tzinfo=UTC))
    assert services.note_coverage(now=datetime(2026, 6, 8, 13, tzinfo=UTC)) == 5
    found = rows(net)
    assert [found[date(2026, 6, day)].filled for day in range(1, 8)] == [0, 0, 0, 1, 1, 0, 0]
    assert [found[date(2026, 6, day)].applied for day in range(1, 8)] == [0, 0, 0, 0, 1, 1, 1]
    assert found[date(2026, 6, 7)].is_rebuilt


def test_a_past_pause_is_read_from_the_journal(net: SmallNetwork) -> None:
    from maillage.relays import services as relays

    opened(net, datetime(2026, 6, 1, 8, tzinfo=UTC))
    term, person = make_holder(net.seat("0101"), at=datetime(2026, 6, 1, 9, tzinfo=UTC))
    assert person.user
    relays.pause_term(term_id=term.pk, until=date(2026, 6, 20), by=person.user, now=datetime(2026, 6, 3, 9, tzinfo=UTC))
    relays.resume_term(term_id=term.pk, by=person.user, now=datetime(2026, 6, 5, 9, tzinfo=UTC))
    services.note_coverage(now=datetime(2026, 6, 8, 13, tzinfo=UTC))
    assert [rows(net)[date(2026, 6, day)].filled for day in range(1, 7)] == [1, 1, 0, 0, 1, 1]


def test_a_day_is_the_countrys_when_the_clock_changes(net: SmallNetwork) -> None:
    opened(net, datetime(2026, 3, 27, 12, tzinfo=UTC))
    make_holder(net.seat("0101"), at=datetime(2026, 3, 29, 21, 30, tzinfo=UTC))  # 23:30 there, on the day of 23 hours
    make_holder(net.seat("0102"), at=datetime(2026, 3, 29, 22, 30, tzinfo=UTC))  # 0:30 there, on the day after
    services.note_coverage(now=datetime(2026, 3, 29, 21, 59, tzinfo=UTC))
    assert max(rows(net)) == date(2026, 3, 28)
    services.note_coverage(now=datetime(2026, 3, 31, 12, tzinfo=UTC))
    assert [rows(net)[date(2026, 3, day)].filled for day in (28, 29, 30)] == [0, 1, 2]


def test_a_long_past_is_written_in_several_runs(net: SmallNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(snapshots, "DAYS_AT_ONCE", 4)
    opened(net, datetime(2026, 6, 1, 8, tzinfo=UTC))
    at = datetime(2026, 6, 8, 12, tzinfo=UTC)
    assert services.note_coverage(now=at) == 4
    assert Job.objects.filter(name="insights.note_coverage").count() == 1
    assert services.note_coverage(now=at) == 3
    assert services.note_coverage(now=at) == 0
    assert sorted(rows(net)) == [date(2026, 6, day) for day in range(1, 8)]


def test_what_was_killed_half_way_never_began(net: SmallNetwork, monkeypatch: pytest.MonkeyPatch) -> None:
    opened(net, datetime(2026, 6, 1, 8, tzinfo=UTC))
    at = datetime(2026, 6, 8, 12, tzinfo=UTC)
    with monkeypatch.context() as killed:
        killed.setattr(snapshots, "_rows", lambda *_arguments, **_named: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            services.note_coverage(now=at)
    assert not Snapshot.objects.exists()
    assert services.note_coverage(now=at) == 7


def test_a_closed_network_is_noted_until_its_last_day(net: SmallNetwork) -> None:
    opened(net, datetime(2026, 6, 1, 8, tzinfo=UTC))
    RelayNetwork.objects.update(closes_at=datetime(2026, 6, 3, 12, tzinfo=UTC))
    services.note_coverage(now=datetime(2026, 6, 20, 12, tzinfo=UTC))
    assert max(rows(net)) == date(2026, 6, 3)


def test_states_of_a_snapshot_sum_to_its_total(net: SmallNetwork) -> None:
    counts = {"filled": 1, "stand_in": 1, "applied": 1, "vacant": 1, "dormant": 1}
    with pytest.raises(IntegrityError), transaction.atomic():
        Snapshot.objects.create(network=net.network, area=net.country.country, day=date(2026, 6, 1), total=12, **counts)
