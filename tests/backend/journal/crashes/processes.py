"""A worker, a dispatcher and a Redis that the test starts, kills and starts again."""

import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import redis
from django.conf import settings
from django.db import connection

from infra.local.server import free_port, spawn
from tests.services import ROOT

SECONDS = 45
"""Nothing takes as long: a test that waits for this has failed."""


def wait_until(what: Callable[[], object], *, seconds: float = SECONDS, says: str = "") -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, f"waited {seconds} s in vain: {says}"
        time.sleep(0.02)


class Process:
    """One program, in a process group of its own, that ends with the test."""

    def __init__(self, name: str, command: list[str], *, folder: Path, environment: dict[str, str]) -> None:
        self.name = name
        self._command = command
        self._folder = folder
        self._environment = environment
        self.log = folder / f"{name}.log"
        self.history = folder / f"{name}.history.log"
        self.start()

    def start(self) -> None:
        self._process = spawn(self._command, log=self.log, folder=ROOT / "backend", death="KILL", environment=self._environment)

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def is_running(self) -> bool:
        return self._process.poll() is None

    def children(self) -> list[int]:
        return [int(pid) for pid in Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()]

    def kill(self) -> None:
        """End it and all it started as a power cut would."""
        with suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        with self.history.open("ab") as history:
            history.write(self.log.read_bytes())

    def end(self) -> int:
        """Ask it to end, and return its exit code."""
        self._process.terminate()
        return self._process.wait(timeout=SECONDS)

    def said(self, text: str) -> bool:
        return text in self.log.read_text()


class Redis(Process):
    """A Redis of the test's own, always on the same port."""

    def __init__(self, folder: Path) -> None:
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
        super().__init__("redis", ["redis-server", *options], folder=folder, environment={})

    def start(self) -> None:
        super().start()
        wait_until(self.answers, says="redis")

    def answers(self) -> bool:
        try:
            return bool(self.client().ping())
        except redis.ConnectionError:
            return False

    def client(self) -> "redis.Redis":
        return redis.Redis.from_url(self.url)


class House:
    """Redis, a dispatcher and a worker of two processes, on the test's database."""

    def __init__(self, folder: Path) -> None:
        kept = connection.settings_dict
        self.redis = Redis(folder)
        self._folder = folder
        self._environment = environment = {
            "DJANGO_SETTINGS_MODULE": "tests.backend.journal.crashes.settings",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'backend'}",
            "DATABASE_URL": f"postgis://{kept['USER']}:{kept['PASSWORD']}@{kept['HOST']}:{kept['PORT']}/{kept['NAME']}",
            "REDIS_URL": self.redis.url,
            "PATH": os.environ["PATH"],
        }
        worker = [sys.executable, "-m", "celery", "-A", "config", "worker", "-Q", ",".join(settings.JOBS_QUEUES), "-c", "2"]
        self.dispatcher = Process("dispatcher", [sys.executable, "manage.py", "dispatch"], folder=folder, environment=environment)
        self.worker = Process("worker", [*worker, "--without-gossip", "--without-mingle"], folder=folder, environment=environment)

    def web(self) -> Process:
        """Start the process that answers one request three times."""
        return Process(
            "web", [sys.executable, "-m", "tests.backend.journal.crashes.web"], folder=self._folder, environment=self._environment
        )

    def is_up(self) -> bool:
        for process in (self.worker, self.dispatcher):
            assert process.is_running, process.log.read_text()
        return self.worker.said(" ready.") and self.dispatcher.said("dispatcher started")

    def end(self) -> None:
        for process in (self.worker, self.dispatcher, self.redis):
            process.kill()

    def logs(self) -> str:
        return "\n".join(
            file.read_text() for process in (self.worker, self.dispatcher) for file in (process.history, process.log) if file.exists()
        )


def kill(pid: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(pid, signal.SIGKILL)
