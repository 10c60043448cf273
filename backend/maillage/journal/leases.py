"""Leases: which run holds a row of work, and the one stamp that ends it."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import connection, models

from maillage.journal.domain import State
from maillage.journal.models import Inbound, Job

TABLES: Mapping[str, type[Job] | type[Inbound]] = {"job": Job, "inbound": Inbound}
"""What the dispatcher hands out, by the word that travels through the broker."""


class LeaseLost(Exception):
    """This run was silent for longer than its lease and another may have begun: it must not take effect."""


@dataclass(frozen=True)
class Lease:
    """A worker's hold on one row, known by a token that nobody else has."""

    table: str
    row_id: str
    attempt: int
    token: UUID = field(default_factory=uuid4)


_current: ContextVar[Lease | None] = ContextVar("lease", default=None)


def current() -> Lease | None:
    """Return the lease under which this code runs, None outside a worker."""
    return _current.get()


@contextmanager
def held(lease: Lease) -> Iterator[Lease]:
    """Run the block under a lease."""
    previous = _current.set(lease)
    try:
        yield lease
    finally:
        _current.reset(previous)


class StatementTimestamp(models.Func):
    """The database's clock at this statement: one clock for all leases, that an index can be searched by."""

    template = "statement_timestamp()"
    output_field = models.DateTimeField()


def take(*, table: str, row_id: str, lease: timedelta) -> Lease | None:
    """Begin a run of a row that waits or whose last run went silent: a short statement of its own.

    Returns None when it is done, dead, not yet due again, or another run holds it.
    """
    token = uuid4()
    name = TABLES[table]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {name} SET state = 'running', attempts = attempts + 1, hands = 0, lease = %s,"  # noqa: S608
            " run_at = statement_timestamp() + make_interval(secs => %s)"
            f" WHERE id = (SELECT id FROM {name} WHERE id = %s AND (state = 'handed' OR state IN ('waiting', 'running')"
            " AND run_at <= statement_timestamp()) FOR UPDATE SKIP LOCKED)"
            " RETURNING attempts",
            [token, lease.total_seconds(), row_id],
        )
        row = cursor.fetchone()
    return Lease(table=table, row_id=row_id, attempt=row[0], token=token) if row else None


def settle() -> None:
    """Stamp the work under way as done, within the transaction of its effect; outside a worker it does nothing.

    Raises: LeaseLost, which the caller lets through so that its transaction rolls back; RuntimeError outside a transaction.
    """
    lease = current()
    if lease is None:
        return
    if not connection.in_atomic_block:
        raise RuntimeError("settle() belongs in the transaction of the effect")
    if not stamp(lease):
        raise LeaseLost(f"{lease.table} {lease.row_id}")


def stamp(lease: Lease) -> bool:
    """Mark the row as done and lock it until the caller's transaction ends; False when the lease is no longer ours.

    A second stamp of the same run changes nothing and is True.
    """
    done: dict[str, Any] = {"state": State.DONE, "done_at": StatementTimestamp(), "failure": ""}
    return bool(_rows(lease).update(**done))


def release(lease: Lease, *, failure: str, wait: timedelta | None) -> bool:
    """Give the row back to wait, or up for dead when `wait` is None, with the type of what went wrong.

    False when it was stamped, or the lease is no longer ours.
    """
    running = _rows(lease).filter(state=State.RUNNING)
    if wait is None:
        return bool(running.update(state=State.DEAD, done_at=StatementTimestamp(), failure=failure[:128], lease=None))
    return bool(running.update(state=State.WAITING, run_at=StatementTimestamp() + wait, failure=failure[:128], lease=None))


def _rows(lease: Lease) -> models.QuerySet[Any]:
    return TABLES[lease.table].objects.filter(pk=lease.row_id, lease=lease.token)
