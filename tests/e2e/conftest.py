"""Journeys run on a whole Maillage of their own: every process, real mail, a real browser."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import psycopg
import pytest
from playwright.sync_api import Browser, BrowserContext, Page
from redis import Redis

from infra.local import machine
from infra.local.server import free_port
from infra.local.stack import Stack, running
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import sign_in

ROOT = Path(__file__).resolve().parents[2]
SERVER = os.environ["DATABASE_URL"].rpartition("/")[0]
"""The server of databases that the tests share (`tests.services`)."""
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}


@pytest.fixture(scope="session")
def has_real_boundaries() -> bool:
    """Tell whether the journeys run on real places or on the invented country."""
    return Path(os.environ.get("MAILLAGE_BOUNDARIES") or ROOT.parent / "shared" / "data").is_dir()


@pytest.fixture(scope="session")
def prepared(has_real_boundaries: bool, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Fill a database with the demo campaign, once for all processes of a run; its address: each copies it."""
    if not has_real_boundaries:
        os.environ["MAILLAGE_BOUNDARIES"] = str(ROOT / "tests" / "backend" / "fixtures" / "small_country")
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    name = f"journeys_{run}"
    with in_turn() as server:
        if not server.execute("SELECT FROM pg_database WHERE datname = %s", [name]).fetchone():
            for left in ("journeys\\_%", "copy\\_%"):
                drop(server, left)
            server.execute(f'CREATE DATABASE "{name}_begun"')
            prepare(new_stack(tmp_path_factory, f"{SERVER}/{name}_begun"))
            server.execute(f'ALTER DATABASE "{name}_begun" RENAME TO "{name}"')
    return f"{SERVER}/{name}"


@pytest.fixture(scope="session")
def stack(prepared: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """Run Maillage on a copy of the demo campaign, in this process alone."""
    Redis.from_url(os.environ["REDIS_URL"]).flushdb()
    name = f"copy_{os.getpid()}"
    with ExitStack() as ending:
        with in_turn() as server:
            drop(server, name)
            server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{prepared.rpartition("/")[2]}" STRATEGY file_copy')
            # Still in turn: two that look for free ports at once may find the same.
            running_now = ending.enter_context(running(new_stack(tmp_path_factory, f"{SERVER}/{name}")))
        yield running_now
    with in_turn() as server:
        drop(server, name)


@contextmanager
def in_turn() -> Iterator[psycopg.Connection]:
    """Let one process of the journeys after the other do something with the server of databases."""
    with psycopg.connect(f"{SERVER}/postgres".replace("postgis://", "postgresql://"), autocommit=True) as server:
        server.execute("SELECT pg_advisory_lock(577)")
        yield server


def drop(server: psycopg.Connection, names: str) -> None:
    """Drop the databases of this name (`LIKE`), which an earlier run left on a server that is kept; two runs at once want two."""
    for (name,) in server.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [names]).fetchall():
        server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def new_stack(folders: pytest.TempPathFactory, database_url: str) -> Stack:
    """Name a Maillage on this database and on the Redis of this process; nothing runs yet."""
    folder = folders.mktemp("maillage")
    (folder / "log").mkdir()
    return Stack(free_port(), free_port(), free_port(), folder, database_url, os.environ["REDIS_URL"])


def prepare(stack: Stack) -> None:
    """Do what is done once before the processes start."""
    environment = {**stack.environment, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-m", "infra.local.prepare"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def mailbox(stack: Stack) -> Mailbox:
    """What the site has sent."""
    return Mailbox(stack.mailbox)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    """Use the machine's Chromium, without the sandbox that root cannot have."""
    quiet = [
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
    ]
    return {"executable_path": machine.chromium(), "args": quiet + (["--no-sandbox"] if os.geteuid() == 0 else [])}


Visitor = Callable[..., Page]


@pytest.fixture
def visitor(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    """Open a fresh browser for somebody: `visitor("phone", "fr")`; a script's error or a refusal of the content policy fails it."""
    with _visitors(browser, stack) as open_page:
        yield open_page


@pytest.fixture(scope="module")
def preparing_visitor(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    """As `visitor`, for what all journeys of one file find prepared."""
    with _visitors(browser, stack) as open_page:
        yield open_page


@contextmanager
def _visitors(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(width: str = "desk", language: str = "fr", *, javascript: bool = True, signed_in_as: str = "") -> Page:
        context = browser.new_context(
            base_url=stack.address,
            viewport=WIDTHS[width],
            locale={"fr": "fr-FR", "en": "en-GB"}[language],
            timezone_id="Europe/Paris",
            java_script_enabled=javascript,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(f"{page.url}: {error}"))
        page.on("console", lambda said: errors.append(f"{page.url}: {said.text}") if "Content Security Policy" in said.text else None)
        if signed_in_as:
            sign_in(page, signed_in_as, language)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
