"""Maillage's processes on a database and a Redis: prepared, started, awaited. For `make run` and for the journeys."""

import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from infra.local import packages, processes
from infra.local.reasons import CannotGoOn
from infra.local.server import Server, free_port
from infra.local.services import throw_away_services
from infra.local.stripe import keys
from infra.local.supervisor import Supervisor

SECONDS_TO_BE_READY = 60
PAID_ACCOUNTS = ("demo", "demo-association")


class NotReady(CannotGoOn):
    """A process ended, or did not become ready; the message says which and why."""


@dataclass(frozen=True)
class Stack:
    """Where one running Maillage answers, and the variables its processes were started with."""

    port: int
    smtp_port: int
    mailbox_port: int
    stripe_port: int
    folder: Path
    database_url: str
    redis_url: str

    @property
    def address(self) -> str:
        """The site."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def mailbox(self) -> str:
        """The page (and its JSON) of the mails that it sent."""
        return f"http://127.0.0.1:{self.mailbox_port}"

    @property
    def stripe(self) -> str:
        """The stand-in for Stripe: its API, its script and its page."""
        return f"http://127.0.0.1:{self.stripe_port}"

    @property
    def variables(self) -> dict[str, str]:
        """Name every variable of docs/environment.md that differs from its default here."""
        boundaries = os.environ.get("MAILLAGE_BOUNDARIES", "")
        return {
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            "DATABASE_URL": self.database_url,
            "REDIS_URL": self.redis_url,
            "PORT": str(self.port),
            "PUBLIC_URL": self.address,
            "EMAIL_URL": f"smtp://127.0.0.1:{self.smtp_port}",
            "MAILBOX_URL": self.mailbox,
            "STRIPE_API_URL": self.stripe,
            "STRIPE_JS_URL": f"{self.stripe}/v3/",
            "STRIPE_ACCOUNTS": keys.written(*PAID_ACCOUNTS),
            # The processes start in another folder than the one this was typed in.
            "MAILLAGE_BOUNDARIES": str(Path(boundaries).resolve()) if boundaries and Path(boundaries).exists() else boundaries,
        }

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are started with."""
        return packages.environment_of_venv() | self.variables


def start_processes(supervisor: Supervisor, stack: Stack, *, waiting: Callable[[str], None] = lambda _: None) -> None:
    """Start web, worker, dispatcher and the stand-ins, and wait until they answer.

    Raises: NotReady.
    """
    values = {"host": "127.0.0.1", "port": str(stack.port), "smtp_port": str(stack.smtp_port)}
    values |= {"page_port": str(stack.mailbox_port), "folder": str(stack.folder / "mail")}
    values |= {"stripe_port": str(stack.stripe_port), "stripe_folder": str(stack.folder / "stripe")}
    values |= {"webhook": f"{stack.address}/webhooks/stripe/{{account}}/"}
    for process in (*processes.PRODUCT, *processes.STAND_INS):
        supervisor.start(process.name, process.words(**values), folder=process.folder, environment=stack.environment)
    for url in (f"{stack.mailbox}/healthz", f"{stack.stripe}/healthz", f"{stack.address}/readyz"):
        _wait(supervisor, url, waiting)


@contextmanager
def running(stack: Stack) -> Iterator[Stack]:
    """Run the processes of a Maillage whose database is prepared, while the block runs.

    Raises: NotReady.
    """
    supervisor = Supervisor(folder=stack.folder)
    try:
        start_processes(supervisor, stack)
        yield stack
    finally:
        supervisor.stop()


@contextmanager
def throw_away_stack(parent: Path, *, prepare: Callable[[Stack], None]) -> Iterator[Stack]:
    """Run a whole Maillage on new services below `parent`, gone at the end; `prepare` fills its empty database first."""
    with throw_away_services(parent) as (postgres, redis):
        stack = stack_on(postgres, redis)
        prepare(stack)
        with running(stack):
            yield stack


def stack_on(postgres: Server, redis: Server) -> Stack:
    """Name a Maillage on services of its own, on free ports; nothing runs yet."""
    folder = postgres.log.parents[1]
    (folder / "log").mkdir(exist_ok=True)
    return Stack(free_port(), free_port(), free_port(), free_port(), folder, postgres.url, redis.url)


def _wait(supervisor: Supervisor, url: str, waiting: Callable[[str], None]) -> None:
    deadline = time.monotonic() + SECONDS_TO_BE_READY
    answer = "no answer yet"
    while time.monotonic() < deadline:
        if dead := supervisor.dead():
            raise NotReady(supervisor.obituary(dead))
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except urllib.error.HTTPError as error:
            answer = error.read().decode(errors="replace")[:300]
        except OSError:
            pass
        waiting(f"waiting for {url}: {answer}")
        time.sleep(0.1)
    raise NotReady(f"{url} did not become ready in {SECONDS_TO_BE_READY} s: {answer}")
