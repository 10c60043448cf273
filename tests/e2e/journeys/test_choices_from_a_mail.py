"""Somebody changes what they agree to by the link at the foot of a mail, without a login: gives one, takes it back, stops everything."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import a_holder


def given(page: Page) -> list[bool]:
    """What each box says."""
    return [box.is_checked() for box in page.get_by_role("checkbox").all()]


@pytest.mark.parametrize(
    ("width", "language", "javascript", "skip"),
    [("phone", "fr", False, 2), ("desk", "en", True, 3)],
    ids=["phone-fr-without-javascript", "desk-en"],
)
def test_choices_from_a_mail(visitor: Visitor, mailbox: Mailbox, width: str, language: str, javascript: bool, skip: int) -> None:
    relay = a_holder(visitor("desk", "fr", signed_in_as="national_organiser"), skip=skip)
    page = visitor(width, language, javascript=javascript)
    address = mailbox.wait_for(relay.email).link("/mail/choices/")
    page.goto(address.replace("/fr/mail/", f"/{language}/mail/"))
    if javascript:
        assert_sound(page)
    before = given(page)
    assert any(before), "who is written to agreed to something, or receives something"

    box = page.get_by_role("checkbox", checked=True, disabled=False).first
    key = box.get_attribute("value")
    one = page.locator(f'input[type=checkbox][value="{key}"]')
    one.uncheck()
    page.locator("button[value=save]").click()
    expect(page.get_by_role("status")).to_be_visible()
    page.goto(address)  # a mail scanner that opens the link changes nothing
    expect(one).not_to_be_checked()
    one.check()
    page.locator("button[value=save]").click()
    expect(one).to_be_checked()
    assert given(page) == before

    page.locator("button[value=everything]").click()
    expect(page.get_by_role("status")).to_be_visible()
    assert not any(given(page))
    if javascript:
        assert_sound(page)
    page.goto(address)
    assert not any(given(page)), "what was stopped stays so"
