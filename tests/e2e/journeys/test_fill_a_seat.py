"""An organiser fills a seat: the nearest volunteer says yes by the link and waits on the desk; a neighbour stands in."""

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.words import words

API = "/api/v1/relays"
UNDONE_WITHIN = 181
"""Seconds in which a question can be undone: its mail leaves after them."""


def seats_to_fill(page: Page) -> list[dict]:
    """Read the seats to fill of the reader's places from the API."""
    network = page.request.get(f"{API}/networks/").json()["items"][0]["id"]
    return list(page.request.get(f"{API}/filling/?network={network}&limit=200&snoozed=all").json()["items"])


@pytest.mark.parametrize(("width", "language", "skip"), [("desk", "fr", 0), ("phone", "en", 1)], ids=["desk-fr", "phone-en"])
def test_fill_a_seat(visitor: Visitor, mailbox: Mailbox, width: str, language: str, skip: int) -> None:
    organiser = visitor(width, language, signed_in_as="national_organiser")
    organiser.goto("/app/desk/filling")
    expect(organiser.get_by_role("heading", level=1)).to_be_visible()
    assert_sound(organiser)
    found = seats_to_fill(organiser)

    seat = [each for each in found if each["volunteers"] and each["state"] == "vacant"][skip]
    organiser.goto(f"/app/desk/filling?seat={seat['id']}")
    ask = organiser.get_by_role("button", name=re.compile(words(language, "organiser:filling.ask_one").replace("{{name}}", ".+")))
    name = str(ask.first.inner_text())
    assert_sound(organiser)
    ask.first.click()
    dialog = organiser.get_by_role("dialog")
    expect(dialog.locator(".letter")).to_be_visible()
    assert_sound(organiser)
    dialog.locator(".buttons .button").first.click()
    expect(dialog.get_by_role("status")).to_be_visible()
    people = organiser.request.get(f"{API}/filling/{seat['id']}/").json()["asks"]
    (asked,) = [each for each in people if each["status"] == "waiting"]
    assert asked["name"] in name

    relay = visitor("phone", language, signed_in_as="relay")
    me = relay.request.get("/api/v1/accounts/me/").json()["person"]["id"]
    beside = stand_in_for(organiser, found, me)
    if beside is not None:
        organiser.goto(f"/app/desk/filling?seat={beside}")
        organiser.get_by_role(
            "button", name=words(language, "organiser:filling.ask_stand_in").replace("{{name}}", relay_name(relay))
        ).click()
        expect(dialog.locator(".letter")).to_be_visible()
        dialog.locator(".buttons .button").first.click()
        expect(dialog.get_by_role("status")).to_be_visible()

    listed = organiser.request.get(f"{API}/filling/{seat['id']}/volunteers/").json()["items"]
    address = next(contact["value"] for one in listed if one["id"] == asked["person_id"] for contact in one["contacts"])
    time.sleep(UNDONE_WITHIN)
    page = visitor("phone", language)
    page.goto(mailbox.wait_for(address).link("/relays/asked/"))
    page.reload()  # a mail scanner that opens the link changes nothing
    assert_sound(page)
    page.locator("button[value=yes]").click()
    expect(page.locator("#problem")).to_be_visible()
    page.locator("[name=agrees_to_contact]").check()
    page.locator("button[value=yes]").click()
    expect(page.locator("button[value=yes]")).to_have_count(0)
    assert_sound(page)

    organiser.goto("/app/desk/applications")
    organiser.get_by_text(asked["name"]).first.click()
    expect(organiser.locator(".promise").first).to_be_visible()

    if beside is not None:
        relay.goto("/app/today")
        relay.get_by_role("button", name=words(language, "member:asked.yes")).click()
        expect(relay.get_by_text(words(language, "member:asked.agreed"))).to_be_visible()
        assert_sound(relay)
        organiser.goto(f"/app/desk/filling?seat={beside}")
        confirm = words(language, "organiser:filling.deed_confirm").replace("{{name}}", relay_name(relay))
        organiser.get_by_role("button", name=confirm).click()
        expect(organiser.get_by_role("button", name=confirm)).to_have_count(0)
        assert organiser.request.get(f"{API}/seats/{beside}/").json()["state"] == "stand_in"
        relay.goto("/app/seat")
        expect(relay.locator("section.card h2").nth(2)).to_be_visible()
        assert_sound(relay)


def stand_in_for(organiser: Page, found: list[dict], person_id: str) -> str | None:
    """Find a seat to fill for which this relay could be asked now; None where the demo has none, or they stand in already."""
    for each in found:
        if each["neighbours"]:
            people = organiser.request.get(f"{API}/filling/{each['id']}/neighbours/").json()["items"]
            if any(one["id"] == person_id and one["unasked"] is None for one in people):
                return str(each["id"])
    return None


def relay_name(relay: Page) -> str:
    """Say the full name of who is signed in."""
    person = relay.request.get("/api/v1/accounts/me/").json()["person"]
    return f"{person['given_name']} {person['family_name']}".strip()
