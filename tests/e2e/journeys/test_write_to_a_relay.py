"""A visitor writes to the relay of a place, who answers; then something is wrong, and a named person takes it up."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import read
from tests.e2e.words import words


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_write_to_a_relay(visitor: Visitor, mailbox: Mailbox, width: str, language: str) -> None:
    relay = visitor(width, language, signed_in_as="relay")
    me = read(relay, "accounts/me/")
    code = next(grant["area"]["code"] for grant in me["grants"] if grant["role"] == "relay")
    tag = uuid4().hex[:6]
    email, name = f"lou.{tag}@visitor.example", f"Lou {tag}"
    page = visitor(width, language)
    page.goto(f"/{language}/places/{code}/")
    page.locator(f'main a[href$="/relays/write/{code}/"]').click()
    assert_sound(page)
    page.locator("[name=name]").fill(name)
    page.locator("[name=email]").fill(email)
    page.locator("[name=words]").fill("Où vous rencontrer ?")
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/sent/")
    page.goto(mailbox.wait_for(email).link("/relays/write/confirm/"))
    page.locator("button[value=me]").click()
    assert_sound(page)

    relay.goto("/app/seat/messages")
    card = relay.get_by_role("region", name=name)
    card.get_by_role("textbox").fill("Au marché, le samedi.")
    expect(card.get_by_role("button", name=words(language, "member:messages.answer"), exact=True)).to_be_enabled()
    assert_sound(relay)
    card.get_by_role("button", name=words(language, "member:messages.answer"), exact=True).click()
    expect(card.get_by_text(words(language, "member:messages.status_answered"))).to_be_visible()

    answer = mailbox.wait_for(email, subject={"fr": "une réponse pour vous", "en": "an answer for you"}[language])
    assert me["email"] not in answer.text
    page.goto(answer.link("/wrong/").removesuffix("wrong/"))
    expect(page.get_by_text("Au marché, le samedi.")).to_be_visible()
    assert_sound(page)
    page.goto(answer.link("/wrong/"))
    assert_sound(page)
    page.locator("[name=what]").fill(f"Ce que {name} a vécu.")
    page.locator("main form button[type=submit]").first.click()
    expect(page.locator("main [role=status], main h1").first).to_be_visible()
    assert_sound(page)

    named = visitor("desk", language, signed_in_as="national_organiser")
    named.goto("/app/concerns")
    told = named.get_by_role("region", name=name)
    expect(told).to_be_visible()
    assert_sound(named)
    told.get_by_role("button", name=words(language, "member:concerns.take_up")).click()
    told.get_by_role("textbox").fill("Nous avons parlé avec chacun.")
    told.get_by_role("button", name=words(language, "member:concerns.close")).click()
    expect(told.get_by_text(words(language, "member:concerns.closed"))).to_be_visible()
    elsewhere = visitor("desk", language, signed_in_as="department_organiser")
    assert name not in elsewhere.request.get("/api/v1/relays/concerns/").text(), "no organiser above reads what was told"
