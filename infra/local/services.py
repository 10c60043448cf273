"""A private PostgreSQL with PostGIS and a private Redis, on free ports of the loopback, in a folder of their own.

`make run`, the tests and the figures start theirs through this module. A server that already runs on the machine is
never looked at. Each server ends with the process that started it, however that one ends: the kernel tells it
(`setpriv --pdeathsig`).
"""

import os
import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.local import owned
from infra.local.postgres import start_postgres
from infra.local.redis import start_redis
from infra.local.server import Server, ServiceFailed

__all__ = ["Server", "ServiceFailed", "private_services", "start_postgres", "start_redis", "throw_away_services"]


@contextmanager
def private_services(folder: Path, *, durable: bool = False) -> Iterator[tuple[Server, Server]]:
    """Run a PostgreSQL and a Redis while the block runs; both keep their data under `folder`.

    `durable=False` trades safety against a power cut for speed: for tests and figures.
    """
    postgres = start_postgres(folder / "pg", durable=durable)
    try:
        redis = start_redis(folder / "redis")
        try:
            yield postgres, redis
        finally:
            redis.stop()
    finally:
        postgres.stop()


@contextmanager
def throw_away_services(parent: Path) -> Iterator[tuple[Server, Server]]:
    """Run both in a new folder below `parent`, removed at the end; what a crashed run left there is removed first."""
    _remove_abandoned(parent)
    folder = parent / f"{os.getpid()}-{owned.started_at(os.getpid())}"
    folder.mkdir(parents=True, mode=0o700)
    try:
        with private_services(folder, durable=False) as servers:
            yield servers
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _remove_abandoned(parent: Path) -> None:
    for folder in parent.glob("*-*"):
        pid, _, started = folder.name.partition("-")
        if pid.isdigit() and owned.started_at(int(pid)) != started:
            owned.end(owned.working_in(folder), grace=5, first=signal.SIGQUIT)
            shutil.rmtree(folder, ignore_errors=True)
