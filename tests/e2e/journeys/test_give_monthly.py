"""Somebody gives each month, pauses by the link of a mail without signing in, undoes it, and stops."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import expect

from infra.local.stack import Stack
from tests.e2e.conftest import Visitor
from tests.e2e.giving import PARTY, arrive, fill_in, give, new_giver, taken, type_card
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox

SAID = {
    "fr": {"begun": "a commencé", "next": "Le prochain paiement", "paused": "en pause", "stopped": "est arrêté", "before": "comme avant"},
    "en": {"begun": "has begun", "next": "The next payment", "paused": "is paused", "stopped": "has stopped", "before": "as it was before"},
}


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_give_monthly_then_pause_by_link(visitor: Visitor, stack: Stack, mailbox: Mailbox, width: str, language: str) -> None:
    page, giver, said = visitor(width, language), new_giver(), SAID[language]
    page.goto(f"/{language}/give/{PARTY}/")
    page.locator("label[for=monthly]").click()
    fill_in(page, giver, amount="15")
    type_card(page)
    expect(page.locator("[data-give]")).to_contain_text({"fr": "chaque mois", "en": "each month"}[language])
    assert_sound(page)
    give(page)
    arrive(page)
    assert_sound(page)
    assert taken(stack, giver) == [1500]

    link = mailbox.wait_for(giver.email, subject=said["begun"]).link("/monthly/")
    mine = visitor(width, language, javascript=False)
    mine.goto(link)
    heading = mine.locator("main h1")
    expect(mine.locator("main .lead")).to_contain_text(said["next"])
    for secret in (giver.family_name, giver.email, "15 €", "€15", "4000", "0003"):
        assert secret not in mine.locator("main").inner_text(), "a link that is passed on tells nothing of its donor"
    until = datetime.now(ZoneInfo("Europe/Paris")).date() + timedelta(days=45)
    mine.locator("#until").fill(until.isoformat())
    mine.locator("button[value=pause]").click()
    expect(heading).to_contain_text(said["paused"])

    seen = visitor(width, language)
    seen.goto(link)
    expect(seen.locator("main h1")).to_contain_text(said["paused"])
    assert_sound(seen)
    undo = mailbox.wait_for(giver.email, subject=said["paused"]).link("/monthly-undo/")
    seen.goto(undo)
    assert_sound(seen)
    seen.locator("main form button").click()
    expect(seen.locator("main h1")).to_contain_text(said["before"])
    mine.goto(link)
    mine.locator("button[value=stop]").click()
    expect(heading).to_contain_text(said["stopped"])
    mailbox.wait_for(giver.email, subject=said["stopped"])
    assert taken(stack, giver) == [1500]
