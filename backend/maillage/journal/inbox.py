"""Messages in: taken in by one INSERT, settled once, in whatever order and however often they come (decision 7)."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction

from maillage.journal import leases
from maillage.journal.domain import CHANNEL, JOBS, SOURCES
from maillage.journal.models import Inbound
from maillage.kernel.ids import uuid7

log = logging.getLogger(__name__)

LEASE_BY_HAND = timedelta(minutes=2)


class NotToHandle(Exception):
    """The message is settled already, or another run holds it, or its body is erased."""


@dataclass(frozen=True)
class Message:
    """A message as it came; `body` is its sender's bytes."""

    id: UUID
    source: str
    external_id: str
    body: bytes
    received_at: datetime


def accept(source: str, *, job: str) -> None:
    """Register a source of messages and the job that settles one, which receives `inbound_id`: from `tasks.py`.

    Raises: ValueError on a second registration.
    """
    if source in SOURCES:
        raise ValueError(f"source {source} is registered twice")
    SOURCES[source] = job


_INSERT = f"""
WITH made AS (
    INSERT INTO journal_inbound (id, source, external_id, body, queue) VALUES (%s, %s, %s, %s, %s)
    ON CONFLICT (source, external_id) DO NOTHING RETURNING id
)
SELECT id, pg_notify('{CHANNEL}', '') FROM made
"""  # noqa: S608


def receive(source: str, *, external_id: str, body: bytes) -> UUID | None:
    """Take in a message whose signature was verified: one INSERT, no broker. None when it came before.

    Raises: LookupError for a source that nobody accepts, ValueError for an id longer than 128.
    """
    if source not in SOURCES:
        raise LookupError(f"no source is named {source}; is it accepted in its app's tasks.py?")
    if not 0 < len(external_id) <= 128:
        raise ValueError("an external id has 1 to 128 letters")
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [uuid7(), source, external_id, body, JOBS[SOURCES[source]].queue])
        row = cursor.fetchone()
    return row[0] if row else None


@contextmanager
def handling(inbound_id: UUID) -> Iterator[Message]:
    """Hold a message while it is settled: under the worker's lease, else under one taken in a short transaction of its own.

    The settling service calls `jobs.settle()` in its transaction; where none did, the message is stamped when the
    block ends. A block that fails leaves the message to be handled again. Never spans a network call with a transaction.
    Raises: NotToHandle, which a job lets through: there is nothing to do.
    """
    lease = leases.current()
    if lease is not None and lease.table == "inbound" and lease.row_id == str(inbound_id):
        yield _read(inbound_id)
        return
    lease = leases.take(table="inbound", row_id=str(inbound_id), lease=LEASE_BY_HAND)
    if lease is None:
        raise NotToHandle(str(inbound_id))
    try:
        with leases.held(lease):
            yield _read(inbound_id)
            with transaction.atomic():
                leases.stamp(lease)
    except BaseException as error:
        leases.release(lease, failure=f"{type(error).__module__}.{type(error).__qualname__}", wait=settings.JOBS_BACKOFF)
        raise


def _read(inbound_id: UUID) -> Message:
    row: Any = Inbound.objects.get(pk=inbound_id)
    if row.body is None:
        raise NotToHandle(str(inbound_id))
    return Message(id=row.pk, source=row.source, external_id=row.external_id, body=bytes(row.body), received_at=row.received_at)
