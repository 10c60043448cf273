"""The worker's side: run one row of work under a lease, stamp it in the transaction of its effect."""

import logging
import re
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import close_old_connections, connection, transaction

from maillage.journal import leases
from maillage.journal.domain import JOBS, SOURCES, JobSpec, backoff
from maillage.journal.inbox import NotToHandle
from maillage.journal.leases import Lease, LeaseLost
from maillage.journal.models import Inbound, Job

log = logging.getLogger(__name__)

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


class UnknownJob(Exception):
    """The row names a job that this worker's code does not have: another version enqueued it."""


def run(*, table: str, row_id: str) -> None:
    """Do a row of work if it still waits to be done; never raises for what the job does, which is written on the row."""
    called = _called(table, row_id)
    if called is None:
        return
    name, args = called
    spec = JOBS.get(name)
    lease = leases.take(table=table, row_id=row_id, lease=spec.lease if spec else settings.JOBS_HAND_LEASE)
    if lease is None:
        return
    if spec and lease.attempt > spec.attempts:
        _give_up(name, lease, failure="worker_lost")
        return
    try:
        if spec is None:
            raise UnknownJob(name)
        _call(spec, args, lease)
    except NotToHandle:
        with transaction.atomic():
            leases.stamp(lease)
    except LeaseLost:
        log.warning("%s %s %s outlived its lease and took no effect", name, table, row_id)
    except Exception as error:
        _put_back(name, spec, lease, error)


def _call(spec: JobSpec, args: Mapping[str, Any], lease: Lease) -> None:
    with leases.held(lease):
        if not spec.atomic:
            spec.function(**args)
            with transaction.atomic():  # for a job that had nothing to settle; for others nothing is left to stamp
                leases.stamp(lease)
            return
        with transaction.atomic():
            # Stamped first: the row stays locked, and so unseen by dispatchers and other workers, until the effect commits.
            if not leases.stamp(lease):
                raise LeaseLost(f"{lease.table} {lease.row_id}")
            spec.function(**args)


def _put_back(name: str, spec: JobSpec | None, lease: Lease, error: Exception) -> None:
    if not connection.in_atomic_block:
        close_old_connections()  # the failure may be the connection's
    failure = f"{type(error).__module__}.{type(error).__qualname__}"
    if lease.attempt >= (spec.attempts if spec else JobSpec.ATTEMPTS):
        log.error("%s %s %s failed", name, lease.table, lease.row_id, exc_info=error)
        _give_up(name, lease, failure=failure)
        return
    wait = backoff(lease.attempt, first=settings.JOBS_BACKOFF, most=settings.JOBS_BACKOFF_MOST)
    if leases.release(lease, failure=failure, wait=wait):
        log.warning("%s %s %s failed, again in %.0f s", name, lease.table, lease.row_id, wait.total_seconds(), exc_info=error)


def _give_up(name: str, lease: Lease, *, failure: str) -> None:
    if leases.release(lease, failure=failure, wait=None):
        log.error("%s %s %s is given up for dead after %s attempts: %s", name, lease.table, lease.row_id, lease.attempt, failure)


def _called(table: str, row_id: str) -> tuple[str, dict[str, Any]] | None:
    """Return the job's name and arguments; None for a row that is gone."""
    if table == "inbound":
        source = Inbound.objects.filter(pk=row_id).values_list("source", flat=True).first()
        return None if source is None else (SOURCES.get(source, source), {"inbound_id": UUID(row_id)})
    job = Job.objects.filter(pk=row_id).values_list("name", "args").first()
    return None if job is None else (job[0], {key: _id(value) for key, value in job[1].items()})


def _id(value: Any) -> Any:
    """Give back the UUID that was written down as text."""
    if isinstance(value, list):
        return [_id(item) for item in value]
    return UUID(value) if isinstance(value, str) and _UUID.fullmatch(value) else value
