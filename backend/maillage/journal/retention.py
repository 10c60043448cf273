"""What the journal forgets, and when (decision 8)."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import QuerySet

from maillage.journal.domain import State
from maillage.journal.models import IdempotencyKey, Inbound, Job, Limit

BODIES_KEPT = timedelta(days=30)
ANSWERS_KEPT = timedelta(hours=24)
DONE_JOBS_KEPT = timedelta(days=7)
DEAD_JOBS_KEPT = timedelta(days=90)
BATCH = 5000


def erase_bodies(*, now: datetime) -> int:
    """Erase the bodies of messages that came 30 days ago or earlier; that they came, and when, stays."""
    return Inbound.objects.filter(body__isnull=False, received_at__lte=now - BODIES_KEPT).update(body=None)


def forget_answers(*, now: datetime) -> int:
    """Forget the answers stored 24 hours ago or earlier."""
    return _delete_in_batches(IdempotencyKey.objects.filter(created_at__lte=now - ANSWERS_KEPT))


def forget_limits(*, now: datetime) -> int:
    """Forget who did a limited thing, once it counts no more."""
    return _delete_in_batches(Limit.objects.filter(expires__lte=now))


def sweep_jobs(*, now: datetime) -> int:
    """Delete jobs done a week ago, and those given up for dead three months ago."""
    done = Job.objects.filter(state=State.DONE, done_at__lte=now - DONE_JOBS_KEPT)
    dead = Job.objects.filter(state=State.DEAD, done_at__lte=now - DEAD_JOBS_KEPT)
    return _delete_in_batches(done) + _delete_in_batches(dead)


def _delete_in_batches(rows: "QuerySet[Any]") -> int:
    """Delete by slices, so that no statement locks a great many rows for long."""
    total = 0
    while ids := list(rows.values_list("pk", flat=True)[:BATCH]):
        total += rows.model._default_manager.filter(pk__in=ids).delete()[0]
    return total
