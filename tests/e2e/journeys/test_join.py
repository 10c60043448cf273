"""Somebody takes part around a place without holding its seat: a form, one mail, and the relay has somebody to greet."""

from uuid import uuid4

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import read
from tests.e2e.words import words


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_join(visitor: Visitor, mailbox: Mailbox, width: str, language: str) -> None:
    relay = visitor(width, language, signed_in_as="relay")
    held = next(grant["area"] for grant in read(relay, "accounts/me/")["grants"] if grant["role"] == "relay")
    code, name = held["code"], f"Ines{uuid4().hex[:6]}"
    new_here = {"area": held["id"], "is_new": "1"}
    before = read(relay, "people/count/", **new_here)["count"]
    email = f"{name.lower()}@visitor.example"
    page = visitor(width, language, javascript=width == "desk")  # the form needs no script
    page.goto(f"/{language}/places/{code}/")
    page.locator(f'main a[href$="/relays/join/{code}/"]').click()
    for box in page.locator("[type=checkbox]").all():
        expect(box).not_to_be_checked()
    if width == "desk":
        assert_sound(page)
    page.locator("[name=given_name]").fill(name)
    page.locator("[name=email]").fill(email)
    page.locator("[name=locality]").select_option(index=1)
    page.locator("[name=is_of_age]").check()
    page.locator("main form button[type=submit]").click()
    expect(page.get_by_role("alert")).to_be_visible()  # nothing was agreed to
    expect(page.locator("[name=given_name]")).to_have_value(name)
    page.locator("[name=agrees_to_contact]").check()
    page.locator("[name=agrees_to_news]").check()
    page.locator("[name=is_of_age]").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/sent/")

    asked = mailbox.wait_for(email)
    assert name not in asked.text
    mailed = visitor(width, language)
    mailed.goto(asked.link("/relays/join/confirm/"))
    mailed.reload()  # a mail scanner that opens the link confirms nothing
    assert_sound(mailed)
    relay.goto("/app/")
    expect(relay.locator("h1, h2").first).to_be_visible()
    assert read(relay, "people/count/", **new_here)["count"] == before, "nobody is to greet who has not confirmed"
    mailed.locator("button[value=me]").click()
    expect(mailed.locator("ol.steps > li")).to_have_count(3)
    assert_sound(mailed)
    assert read(relay, "people/count/", **new_here)["count"] == before + 1
    thanks = mailbox.wait_for(email, subject={"fr": "vous prenez part", "en": "you take part"}[language])

    relay.reload()
    relay.get_by_role("button", name=words(language, "member:greet.go")).first.click()
    expect(relay.get_by_role("heading", name=name)).to_be_visible()
    expect(relay.get_by_role("link", name=email)).to_be_visible()
    assert_sound(relay)

    mailed.goto(thanks.link("/mail/choices/"))
    box = mailed.locator('[name=box][value="people.area_news:email"]')
    expect(box).to_be_checked()
    box.uncheck()
    mailed.locator("main form button[type=submit]").first.click()
    expect(mailed.locator('[name=box][value="people.area_news:email"]')).not_to_be_checked()
