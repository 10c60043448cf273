"""Durable jobs: asked for by name in a transaction, done once by a worker (decision 7).

What "once" means. A job is begun at least once, and again after every crash. In the database it takes effect once:
the row is stamped in the same transaction as the effect, and only by the run that holds its lease.

* `@job(...)`, the default, is for work within the database: the runner opens one transaction, locks the row, calls
  the function, stamps and commits. Killed anywhere before the commit, nothing happened.
* `@job(..., atomic=False)` is for work that leaves the building: prepare (atomic), gateway, then
  `with transaction.atomic(): …; jobs.settle()`. Killed after the gateway and before the commit, the gateway is called
  again: its call carries an idempotency key derived from our row (a Message-ID, a charge's key). A run that outlived
  its lease cannot settle: `settle` raises `LeaseLost` and its transaction rolls back.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import ParamSpec, TypeVar

import orjson
from django.conf import settings
from django.db import connection
from django.db.models import Q

from maillage.journal.domain import CHANNEL, JOBS, NAME, JobSpec, State, plain
from maillage.journal.leases import LeaseLost, StatementTimestamp, settle
from maillage.journal.models import Job

__all__ = ["LeaseLost", "enqueue", "enqueue_many", "is_given_up", "job", "revive", "settle"]

P = ParamSpec("P")
R = TypeVar("R")


def job(
    name: str, *, queue: str = "default", lease: timedelta = timedelta(minutes=2), attempts: int = JobSpec.ATTEMPTS, atomic: bool = True
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Register a function of `tasks.py` under `app.verb`; it receives the ids given to `enqueue` and is safe to run twice.

    `lease` is how long a silent run is believed to be alive: longer than the job ever takes when `atomic` is False.
    `attempts` is how often it is begun before it is given up for dead.
    Raises: ValueError on a second job of the same name, or an unknown queue.
    """
    if not NAME.fullmatch(name) or name in JOBS:
        raise ValueError(f"job {name} is registered twice or not named app.verb")
    if queue not in settings.JOBS_QUEUES:
        raise ValueError(f"job {name}: no queue {queue}; settings name {', '.join(settings.JOBS_QUEUES)}")

    def register(function: Callable[P, R]) -> Callable[P, R]:
        JOBS[name] = JobSpec(name=name, function=function, queue=queue, lease=lease, attempts=attempts, atomic=atomic)
        return function

    return register


def enqueue(
    name: str, *, run_at: datetime | None = None, queue: str | None = None, unique_key: str | None = None, **ids: object
) -> int | None:
    """Ask for a job in the caller's transaction: one statement, no broker.

    Runs at `run_at` (at once when None), on `queue` (the job's own when None). With a `unique_key`, the same name and
    key is asked for once, until the row is swept a week after it was done.
    Returns the job's id, or None when the key was known. Raises: LookupError for an unknown job, NotPlain for a text.
    """
    made = _insert(name, [ids], run_at=run_at, queue=queue, unique_keys=[unique_key])
    return made[0] if made else None


def enqueue_many(
    name: str,
    many: Sequence[Mapping[str, object]],
    *,
    run_at: datetime | None = None,
    queue: str | None = None,
    unique_by: str | None = None,
) -> int:
    """Ask for one job for each mapping of ids, in one INSERT; `unique_by` names the id that is the unique key of each.

    Returns how many were new. Raises: as `enqueue`.
    """
    keys = [str(ids[unique_by]) if unique_by else None for ids in many]
    return len(_insert(name, many, run_at=run_at, queue=queue, unique_keys=keys)) if many else 0


_INSERT = f"""
WITH made AS (
    INSERT INTO journal_job (name, queue, args, unique_key, run_at)
    SELECT %s, %s, asked.args, asked.unique_key, coalesce(%s, statement_timestamp())
    FROM unnest(%s::jsonb[], %s::text[]) WITH ORDINALITY AS asked(args, unique_key, place)
    ORDER BY asked.place
    ON CONFLICT (name, unique_key) DO NOTHING
    RETURNING id, run_at
), told AS (
    SELECT pg_notify('{CHANNEL}', '') FROM made WHERE run_at <= statement_timestamp() LIMIT 1
)
SELECT coalesce(array_agg(id ORDER BY id), '{{}}'), (SELECT count(*) FROM told) FROM made
"""  # noqa: S608


def _insert(
    name: str, many: Sequence[Mapping[str, object]], *, run_at: datetime | None, queue: str | None, unique_keys: list[str | None]
) -> list[int]:
    spec = JOBS.get(name)
    if spec is None:
        raise LookupError(f"no job is named {name}; is it in its app's tasks.py?")
    queue = queue or spec.queue
    if queue not in settings.JOBS_QUEUES:
        raise LookupError(f"no queue is named {queue}; settings name {', '.join(settings.JOBS_QUEUES)}")
    args = [orjson.dumps(plain(ids)).decode() for ids in many]
    with connection.cursor() as cursor:
        cursor.execute(_INSERT, [name, queue, run_at, args, unique_keys])
        row = cursor.fetchone()
    return list(row[0])


def is_given_up(name: str, **ids: object) -> bool:
    """Say whether the last job that was asked for by this name and ids is given up for dead; one query."""
    states = Job.objects.filter(name=name, args=plain(ids)).order_by("-id").values_list("state", flat=True)
    return states.first() == State.DEAD


def revive(*, ids: Sequence[int] = (), name: str = "") -> int:
    """Let dead jobs, of these ids or of this name, wait again with all their attempts; return how many there were."""
    dead = Job.objects.filter(Q(pk__in=ids) | Q(name=name), state=State.DEAD)
    revived = dead.update(state=State.WAITING, attempts=0, done_at=None, run_at=StatementTimestamp())
    if revived:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    return revived
