"""Words of the journal: the states of work, the registries of jobs, subscribers and sources, what may be written down."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from ipaddress import ip_address
from typing import ClassVar
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import TextChoices

CHANNEL = "maillage_jobs"
"""The NOTIFY channel on which a transaction says that work is due."""


class State(TextChoices):
    """Where a row of work stands."""

    WAITING = "waiting"  # nobody has it; handed out once `run_at` is past
    HANDED = "handed"  # an id of it lies in the broker
    RUNNING = "running"  # a worker holds it under a lease
    DONE = "done"  # stamped, in the transaction of its effect
    DEAD = "dead"  # given up after its last attempt; `failure` says why


OPEN = (State.WAITING, State.HANDED, State.RUNNING)


@dataclass(frozen=True)
class JobSpec:
    """What is known of a job by its name: what to call, and how patient to be with it."""

    ATTEMPTS: ClassVar[int] = 10

    name: str
    function: Callable[..., object]
    queue: str
    lease: timedelta
    attempts: int
    atomic: bool


@dataclass(frozen=True)
class Periodic:
    """A job that is due again and again: `every` so often, or `daily_at` a time of the clock of `zone`."""

    job: str
    every: timedelta | None = None
    daily_at: time | None = None
    zone: str = "UTC"

    def __post_init__(self) -> None:
        if (self.every is None) == (self.daily_at is None):
            raise ValueError(f"{self.job}: state either every or daily_at")
        if self.every is not None and self.every < timedelta(seconds=1):
            raise ValueError(f"{self.job}: every is at least one second")

    def due_at(self, now: datetime) -> datetime:
        """Return the latest instant at or before `now` at which a run was due."""
        if self.every is not None:
            since = now - _EPOCH
            return now - since % self.every
        local = now.astimezone(ZoneInfo(self.zone))
        for back in (0, 1):
            due = datetime.combine(local.date() - timedelta(days=back), self.daily_at or time(), tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
            if due <= now:
                return due
        raise AssertionError("yesterday's run is always past")


_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)

JOBS: dict[str, JobSpec] = {}
"""By name: filled by `@jobs.job` in each app's `tasks.py`."""

SUBSCRIBERS: dict[str, dict[str, str]] = {}
"""By fact, then by subscriber: the job that tells it. Filled by `subscribe` in each app's `subscribers.py`."""

SOURCES: dict[str, str] = {}
"""By source of inbound messages: the job that settles one. Filled by `inbox.accept` in each app's `tasks.py`."""

NAME = re.compile(r"[a-z][a-z_]*\.[a-z][a-z_]*")
"""Jobs are `app.verb`, facts `noun.past_participle`, subscribers `app.name`."""

_CODE = re.compile(r"[A-Za-z0-9_.:/+\-]{0,64}")
_TELEPHONE = re.compile(r"(\+|00)[0-9]{6,}|0[1-9]([.\-]?[0-9]{2}){4}")


class NotPlain(ValueError):
    """Somebody tried to write a name, an address or a text where only ids, codes, amounts and instants stand."""


def plain(values: Mapping[str, object]) -> dict[str, object]:
    """Turn ids, codes, amounts, instants and lists of them into JSON values (decision 8).

    A code is at most 64 of `A-Z a-z 0-9 _ . : / + -`, and neither a telephone number nor a network address.
    Raises: NotPlain, which names the key and never repeats the value.
    """
    return {key: _plain_list(key, value) for key, value in values.items()}


def _plain_list(key: str, value: object) -> object:
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain_value(key, item) for item in value]
    return _plain_value(key, value)


def _plain_value(key: str, value: object) -> object:
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise NotPlain(f"{key}: an instant says its time zone")
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, str) and _CODE.fullmatch(value) and not _TELEPHONE.fullmatch(value) and not _is_network_address(value):
        return str(value)
    raise NotPlain(f"{key}: only ids, codes, amounts and instants are written down here, not a {type(value).__name__} like this one")


def _is_network_address(value: str) -> bool:
    try:
        ip_address(value)
    except ValueError:
        return False
    return True


def backoff(attempt: int, *, first: timedelta, most: timedelta) -> timedelta:
    """Return how long to wait after the given failed attempt (1, 2, …): twice as long each time, up to `most`."""
    return min(first * (1 << min(attempt - 1, 30)), most)
