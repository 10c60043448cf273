"""The broker's side: which rows are due, and their ids handed to Celery."""

from collections.abc import Callable, Sequence
from uuid import UUID

from celery import current_app
from django.conf import settings
from django.db import connection

from maillage.journal.leases import TABLES

RUN = "journal.run"
"""The one Celery task."""

BATCH = 100

Send = Callable[[str, str, Sequence[int | UUID]], None]


def hand_out(*, table: str, queue: str) -> list[int | UUID]:
    """Mark up to a batch of due rows as handed and return their ids; a window bounds how many ids lie in the broker.

    Rows that another dispatcher or a running job holds are passed over. An id that nobody takes up within its hand
    lease is due again, after twice the wait each time, so that a slow queue does not fill with repetitions.
    """
    name = TABLES[table]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            WITH due AS MATERIALIZED (
                SELECT id FROM {name}
                WHERE queue = %(queue)s AND state IN ('waiting', 'handed', 'running') AND run_at <= statement_timestamp()
                ORDER BY run_at
                LIMIT least(%(batch)s, greatest(0, %(window)s - (
                    SELECT count(*) FROM {name} WHERE queue = %(queue)s AND state = 'handed' AND run_at > statement_timestamp())))
                FOR UPDATE SKIP LOCKED
            )
            UPDATE {name} AS work SET state = 'handed', hands = work.hands + 1, lease = NULL,
                run_at = statement_timestamp() + make_interval(secs => least(%(lease)s * power(2, least(work.hands, 16)), %(most)s))
            FROM due WHERE work.id = due.id
            RETURNING work.id
            """,  # noqa: S608
            {
                "queue": queue,
                "batch": BATCH,
                "window": settings.JOBS_WINDOW,
                "lease": settings.JOBS_HAND_LEASE.total_seconds(),
                "most": settings.JOBS_HAND_LEASE_MOST.total_seconds(),
            },
        )
        return [row[0] for row in cursor.fetchall()]


def take_back(*, table: str, ids: Sequence[int | UUID]) -> None:
    """Let rows wait again whose ids the broker did not take, unless a worker has begun them after all."""
    name = TABLES[table]._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE {name} SET state = 'waiting', hands = greatest(hands - 1, 0), run_at = statement_timestamp()"  # noqa: S608
            " WHERE id = ANY(%s) AND state = 'handed'",
            [list(ids)],
        )


def send(table: str, queue: str, ids: Sequence[int | UUID]) -> None:
    """Give the broker one message an id, without waiting for it to come back when it is away.

    Raises: whatever kombu raises. Ids sent before the failure may arrive twice, which a worker does not mind.
    """
    with current_app.producer_pool.acquire(block=True) as producer:
        for row_id in ids:
            current_app.send_task(RUN, args=(table, str(row_id)), queue=queue, producer=producer, retry=False, ignore_result=True)
