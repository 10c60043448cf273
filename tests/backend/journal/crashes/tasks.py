"""The jobs that are killed: one within the database, one that leaves the building."""

from datetime import timedelta
from typing import Any

from django.db import connection, transaction

from maillage.journal import jobs, leases
from tests.backend.journal.crashes.points import call_outside, stop_at


def here(point: str) -> None:
    lease = leases.current()
    assert lease is not None
    stop_at(point, lease.row_id)


def take_effect(label: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO trial_effect VALUES (%s)", [label])


@jobs.job("trial.within", lease=timedelta(seconds=1), attempts=100)
def within(*, label: int, **_: Any) -> None:
    here("begun")
    take_effect(label)
    here("effect")


@jobs.job("trial.outside", lease=timedelta(seconds=2), attempts=100, atomic=False)
def outside(*, label: int, **_: Any) -> None:
    here("prepared")
    call_outside(label)
    here("called")
    with transaction.atomic():
        take_effect(label)
        here("effect")
        jobs.settle()
        here("settled")
    here("committed")
