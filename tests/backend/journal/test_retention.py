"""What the journal forgets, and when."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db.models import Model

from maillage.journal import retention
from maillage.journal.domain import State
from maillage.journal.models import IdempotencyKey, Inbound, Job, Limit

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


def aged(row: Model, **instants: datetime) -> Model:
    type(row)._default_manager.filter(pk=row.pk).update(**instants)
    return row


def test_bodies_go_after_thirty_days_and_the_rows_stay():
    for days, external_id in ((29, "young"), (30, "old")):
        aged(Inbound.objects.create(source="bank", external_id=external_id, body=b"x"), received_at=NOW - timedelta(days=days))
    assert retention.erase_bodies(now=NOW) == 1
    assert dict(Inbound.objects.values_list("external_id", "body")) == {"young": b"x", "old": None}
    assert retention.erase_bodies(now=NOW) == 0


def test_answers_go_after_a_day(monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 2)
    for hours in (1, 23, 24, 25, 26):
        aged(IdempotencyKey.objects.create(key=str(hours), fingerprint=""), created_at=NOW - timedelta(hours=hours))
    assert retention.forget_answers(now=NOW) == 3
    assert sorted(IdempotencyKey.objects.values_list("key", flat=True)) == ["1", "23"]


def test_a_limit_goes_when_it_counts_no_more():
    for minutes in (-1, 0, 1):
        Limit.objects.create(cache_key=str(minutes), value="", expires=NOW + timedelta(minutes=minutes))
    assert retention.forget_limits(now=NOW) == 2
    assert list(Limit.objects.values_list("cache_key", flat=True)) == ["1"]


def test_done_jobs_go_after_a_week_dead_ones_after_three_months_and_open_ones_never():
    for state, days in ((State.DONE, 6), (State.DONE, 7), (State.DEAD, 89), (State.DEAD, 90), (State.WAITING, 400), (State.RUNNING, 400)):
        done_at = None if state in (State.WAITING, State.RUNNING) else NOW - timedelta(days=days)
        Job.objects.create(name="trial.walk", state=state, done_at=done_at, args={"days": days})
    assert retention.sweep_jobs(now=NOW) == 2
    assert sorted(Job.objects.values_list("state", "args__days")) == [("dead", 89), ("done", 6), ("running", 400), ("waiting", 400)]
