"""An organiser writes one brief and launches it everywhere; a relay answers from the mail; the board moves; the late ones are
relaunched and that is undone; it is stopped."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.words import words

RELAY = "relay@demo.example"


@pytest.mark.parametrize(("width", "language"), [("desk", "en"), ("phone", "fr")])
def test_one_brief_to_577(visitor: Visitor, mailbox: Mailbox, width: str, language: str) -> None:
    title = f"Une heure ensemble, {width}"
    desk = visitor("desk", language, signed_in_as="national_organiser")
    desk.goto("/app/desk/actions")
    expect(desk.get_by_role("heading", level=1)).to_be_visible()
    assert_sound(desk)
    desk.get_by_role("link", name=words(language, "organiser:actions.new")).click()
    french = desk.get_by_role("region", name=words(language, "organiser:editor.language_fr"))
    french.get_by_label(words(language, "organiser:editor.title")).fill(title)
    french.get_by_label(words(language, "organiser:editor.brief")).fill("# Une heure\n\n- **Venez** à deux\n- Restez vingt minutes")
    now = datetime.now(tz=UTC)
    desk.get_by_label(words(language, "organiser:editor.starts")).fill((now - timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M"))
    desk.get_by_label(words(language, "organiser:editor.ends")).fill((now + timedelta(days=2)).strftime("%Y-%m-%dT%H:%M"))
    desk.get_by_role("button", name=words(language, "organiser:editor.create")).click()
    desk.wait_for_url(re.compile(r"/app/desk/actions/[0-9a-f-]{36}"))
    assert_sound(desk)

    seats = desk.request.get("/api/v1/relays/networks/").json()["items"][0]["id"]
    total = desk.request.get(f"/api/v1/relays/networks/{seats}/coverage/").json()["total"]
    desk.get_by_role("button", name=words(language, "organiser:launch.do_other")).click()
    sure = desk.get_by_role("alertdialog")
    sure.get_by_role("textbox").fill(str(total))
    sure.get_by_role("button", name=words(language, "organiser:launch.do_other")).click()
    desk.wait_for_url("**/board")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(title)
    assert_sound(desk)

    mail = mailbox.wait_for(RELAY, subject=title)
    relay = visitor(width, language)
    relay.goto(mail.link("/a/"))
    expect(relay.locator("h1")).to_contain_text(title)
    assert_sound(relay)
    relay.locator("button[value=accept]").click()
    expect(relay.locator("#answer")).to_have_class(re.compile("is-calm"))
    expect(desk.locator(".counts button:has(.is-accepted) b")).to_have_text("1", timeout=20_000)

    relay.locator("#met-holder").check()
    relay.locator("label[for=stance-5]").click()
    relay.locator("#quote").fill("Je voterai la garantie.")
    relay.locator("button[value=report]").click()
    assert_sound(relay)
    expect(desk.locator(".counts button:has(.is-reported) b")).to_have_text("1", timeout=20_000)

    desk.get_by_role("button", name=words(language, "organiser:steps.relaunch_late_other")).click()
    relaunch = desk.get_by_role("dialog")
    relaunch.get_by_role("button", name=words(language, "organiser:steps.remind_other")).click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    undo = desk.get_by_role("status").get_by_role("button", name=words(language, "common:undo"))
    expect(undo).to_be_visible()
    assert_sound(desk)
    undo.click()
    expect(undo).to_have_count(0)
    steps = desk.request.get(f"/api/v1/actions/{desk.url.split('/')[-2]}/steps/").json()["items"]
    assert [(step["kind"], step["undone_at"] is not None) for step in steps] == [("relaunch", True)]

    desk.get_by_role("button", name=words(language, "organiser:stop.do")).click()
    stop = desk.get_by_role("alertdialog")
    expect(stop).to_contain_text(re.compile(r"\d"))
    stop.get_by_role("button", name=words(language, "organiser:stop.do")).click()
    expect(desk.get_by_role("alertdialog")).to_have_count(0)


def test_the_relay_answers_in_the_application(visitor: Visitor) -> None:
    """The same on a phone, signed in: today's one thing, the brief, yes."""
    phone = visitor("phone", "fr")
    phone.goto("/fr/sign-in/")
    phone.locator("button[value=relay]").click()
    phone.wait_for_url("**/app/**")
    expect(phone.get_by_role("heading", level=1)).to_be_visible()
    assert_sound(phone)
