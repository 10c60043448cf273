"""Journeys run on a whole Maillage of their own: every process, real mail, a real browser."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from infra.local import machine
from infra.local.stack import Stack, throw_away_stack
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import sign_in

ROOT = Path(__file__).resolve().parents[2]
WIDTHS = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1440, "height": 900}}


@pytest.fixture(scope="session")
def has_real_boundaries() -> bool:
    """Tell whether the journeys run on real places or on the invented country."""
    return Path(os.environ.get("MAILLAGE_BOUNDARIES") or ROOT.parent / "shared" / "data").is_dir()


@pytest.fixture(scope="session")
def stack(has_real_boundaries: bool) -> Iterator[Stack]:
    """Run Maillage on new services with the demo campaign."""
    if not has_real_boundaries:
        os.environ["MAILLAGE_BOUNDARIES"] = str(ROOT / "tests" / "backend" / "fixtures" / "small_country")
    with throw_away_stack(ROOT / ".local" / "journeys", prepare=_prepare) as running:
        yield running


def _prepare(stack: Stack) -> None:
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
