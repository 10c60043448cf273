"""A new installation: its first administrator says who runs it, lays the net, appoints an organiser and opens the doors."""

import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import psycopg
import pytest
from playwright.sync_api import Browser, Page, expect
from redis import Redis

from infra.local.services import throw_away_services
from infra.local.stack import Stack, running, stack_on
from tests.e2e.authenticator import figures
from tests.e2e.conftest import ROOT, WIDTHS
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.words import words

ADDRESS = "anne@organisation.example"
SMALL_COUNTRY = ROOT / "tests" / "backend" / "fixtures" / "small_country"
INSTALL = """
import sys, django
from django.core.management import call_command
django.setup()
call_command("migrate", verbosity=0)
call_command("collectstatic", interactive=False, verbosity=0)
call_command("load_territories", *sys.argv[1:3])
call_command("invite_administrator", sys.argv[3])
"""
"""The commands of an installation, in one process: each by itself would start Django anew."""


@pytest.fixture(scope="module")
def installed() -> Iterator[Stack]:
    """Prepare Maillage as it is after an installation: places, no organisation, nobody but the administrator."""
    with throw_away_services(ROOT / ".local" / "journeys" / "first-run") as (postgres, redis):
        stack = stack_on(postgres, redis)
        done = subprocess.run(
            [sys.executable, "-c", INSTALL, f"--profile={SMALL_COUNTRY / 'xm.toml'}", f"--source={SMALL_COUNTRY}", ADDRESS],
            cwd=ROOT / "backend",
            env=stack.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        yield stack


@pytest.fixture
def new_stack(installed: Stack) -> Iterator[Stack]:
    """Run a copy of it, for each walk its own."""
    name = f"copy_{uuid4().hex}"
    server, _, prepared = installed.database_url.rpartition("/")
    with psycopg.connect(f"{server}/postgres".replace("postgis://", "postgresql://"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name} TEMPLATE {prepared}")
    Redis.from_url(installed.redis_url).flushall()
    folder = installed.folder / name
    (folder / "log").mkdir(parents=True)
    with running(replace(installed, database_url=f"{server}/{name}", folder=folder)) as stack:
        yield stack


def open_page(browser: Browser, stack: Stack, *, width: str, language: str) -> Page:
    """Open a fresh browser on this installation."""
    locale = {"fr": "fr-FR", "en": "en-GB"}[language]
    context = browser.new_context(base_url=stack.address, viewport=WIDTHS[width], locale=locale, reduced_motion="reduce")
    context.set_default_timeout(15_000)
    return context.new_page()


@pytest.mark.parametrize(("width", "language"), [("desk", "fr"), ("phone", "en")])
def test_first_run(browser: Browser, new_stack: Stack, width: str, language: str) -> None:
    mailbox = Mailbox(new_stack.mailbox)
    visitor = open_page(browser, new_stack, width=width, language=language)
    closed = visitor.goto(f"/{language}/")
    assert closed is not None
    assert closed.status == 503
    assert_sound(visitor)

    page = open_page(browser, new_stack, width=width, language=language)
    invitation = mailbox.wait_for(ADDRESS, subject="dministrat")
    assert "/app/" in invitation.text
    page.goto(f"/{language}/sign-in/")
    page.locator("input[name=email]").fill(ADDRESS)
    page.locator("main form button[type=submit]").first.click()
    code = re.search(r"\d{4}[ -]?\d{4}", mailbox.wait_for(ADDRESS, subject="code").text)
    assert code
    page.locator("input[name=code]").fill(code.group())
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/app/**")

    def word(key: str) -> str:
        catalogue, _, path = key.rpartition(":")
        return words(language, f"{catalogue or 'organiser'}:{path}")

    if language == "en":  # an invitation speaks the installation's usual language
        page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name=word("security:gate.set_up"))).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name=word("security:app.add")).click()
    page.get_by_label(word("security:app.code")).fill(figures(page.locator("code.key").inner_text()))
    page.get_by_role("button", name=word("security:app.activate")).click()
    expect(page.get_by_role("heading", name=word("security:gate.kept"))).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name=word("security:gate.go_on")).click()
    expect(page.get_by_role("heading", name=word("member:naming.title"))).to_be_visible()
    assert_sound(page)
    page.get_by_label(word("member:correct.given_name"), exact=True).fill("Anne")
    page.get_by_label(word("member:correct.family_name"), exact=True).fill("Morel")
    page.get_by_role("button", name=word("member:naming.do"), exact=True).click()
    page.wait_for_url("**/app/desk/settings")
    expect(page.get_by_role("heading", name=word("settings.title_closed"))).to_be_visible()
    expect(page.get_by_role("button", name=word("settings.open"))).to_be_disabled()
    assert_sound(page)

    page.get_by_role("button", name=word("settings.save")).click()
    expect(page.get_by_text(word("settings.error_name"))).to_be_visible()
    page.get_by_label(word("settings.name"), exact=True).fill("Collectif du Val")
    page.get_by_label(word("settings.legal_kind")).select_option("union")
    page.get_by_role("button", name=word("settings.save")).click()
    expect(page.get_by_text(word("settings.saved"))).to_be_visible()
    expect(page.get_by_text(word("settings.lacks_publisher"))).to_be_visible()

    page.get_by_label(word("settings.address")).fill("1 rue du Pont\nValbrune")
    page.get_by_label(word("settings.email"), exact=True).fill("donnees@organisation.example")
    page.get_by_label(word("settings.officer"), exact=True).fill("Odile Clerc")
    page.get_by_label(word("settings.publisher"), exact=True).fill("Ada Noir")
    page.reload()  # what was typed comes back
    expect(page.get_by_label(word("settings.publisher"), exact=True)).to_have_value("Ada Noir")
    page.get_by_label(word("settings.host"), exact=True).fill("Hôte SARL")
    page.get_by_role("button", name=word("settings.save")).click()
    expect(page.get_by_text(word("settings.nearly"))).to_be_visible()
    expect(page.get_by_role("button", name=word("settings.open"))).to_be_disabled()
    assert_sound(page)

    page.get_by_role("link", name=word("settings.conditions_go")).click()  # who opens may take it on themself
    page.get_by_role("button", name=word("safety.myself")).click()
    page.get_by_label(word("safety.first_called"), exact=True).fill("Anne Morel")
    page.get_by_role("button", name=word("safety.do")).click()
    expect(page.locator("#safety")).to_contain_text("Anne Morel.")
    expect(page.get_by_text(word("settings.ready"))).to_be_visible()

    page.get_by_label(re.compile(f"^{word('network.name')}")).first.fill("Le réseau du Val")
    page.get_by_role("button", name=word("network.open")).click()
    expect(page.get_by_text("Le réseau du Val")).to_be_visible()
    page.get_by_role("button", name=word("settings.open")).click()
    expect(page.get_by_role("heading", name=word("settings.title_open"))).to_be_visible()
    assert_sound(page)

    page.get_by_role("link", name=word("roles.go")).click()
    page.get_by_label(word("roles.email")).fill("orga@organisation.example")
    page.get_by_role("button", name=word("roles.do")).click()
    expect(page.get_by_text("o…a@organisation.example").first).to_be_visible()
    assert_sound(page)
    mailbox.wait_for("orga@organisation.example", subject="rganis")

    opened = visitor.goto(f"/{language}/")
    assert opened is not None
    assert opened.status == 200
    expect(visitor.get_by_role("contentinfo").get_by_text("Collectif du Val")).to_be_visible()
    assert_sound(visitor)
