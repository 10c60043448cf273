"""What several journeys do on the page of a fund: fill the form in, pay with a test card, see what the stand-in for Stripe took."""

import json
import re
import urllib.request
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from playwright.sync_api import FrameLocator, Page, expect

from infra.local.stack import Stack
from tests.e2e.mailbox import Mailbox

PARTY, ACCOUNT = "rive-commune", "demo"
"""The recipient of the demo whose givers a cap counts, and its account at the stand-in."""
PAYS, DECLINED, ASKED_BY_THE_BANK = "4000002500000003", "4000000000009995", "4000002760003184"
THANKS = re.compile(r"/give/thanks/")


@dataclass(frozen=True)
class Giver:
    """Somebody who gave nothing yet, born on a day that says nothing of others."""

    given_name: str
    family_name: str
    email: str
    born: tuple[str, str, str] = ("17", "5", "1984")


def new_giver(given_name: str = "Claire") -> Giver:
    """Invent a giver whom no other journey knows."""
    tag = uuid4().hex[:8]
    letters = "".join(chr(ord("a") + int(digit, 16)) for digit in tag)
    return Giver(given_name, f"Dumontel{letters}", f"{given_name.lower()}.{tag}@giver.example")


def fill_in(page: Page, giver: Giver, *, amount: str) -> None:
    """Type all that the form of a political recipient asks; what was chosen before stays."""
    form = page.locator("form#give")
    form.locator("[name=free]").fill(amount)
    say_who(page, giver)
    form.locator("[name=nationality]").select_option("FR")
    form.locator("[name=address_lines]").fill("12 rue des Remparts")
    form.locator("[name=postcode]").fill("26150")
    form.locator("[name=city]").fill("Die")
    form.locator("[name=declaration]").check()


def say_who(page: Page, giver: Giver) -> None:
    """Type who gives, as far as a cap asks it."""
    form = page.locator("form#give")
    for name, value in (("email", giver.email), ("given_name", giver.given_name), ("family_name", giver.family_name)):
        form.locator(f"[name={name}]").fill(value)
    for part, value in zip(("day", "month", "year"), giver.born, strict=True):
        form.locator(f"[name=born-{part}]").fill(value)


def type_card(page: Page, number: str = PAYS) -> None:
    """Type a test card into the provider's fields, which come once they are nearly in sight."""
    page.locator(".slot").scroll_into_view_if_needed()
    fields: FrameLocator = page.frame_locator("[data-fields] iframe")
    expect(fields.locator("#number")).to_be_visible(timeout=15_000)
    fields.locator("#number").fill(number)
    fields.locator("#expiry").fill("12 / 39")
    fields.locator("#cvc").fill("123")


def give(page: Page) -> None:
    """Press the button that gives."""
    page.locator("[data-give]").click()


def arrive(page: Page) -> None:
    """Wait for the page of a donation that came through."""
    page.wait_for_url(THANKS)
    expect(page.locator("main h1")).to_contain_text(re.compile(r"^(Merci|Thank you)"))


def prove_address(page: Page, mailbox: Mailbox, giver: Giver) -> None:
    """Ask how much one may still give, and type the code that comes to the mailbox."""
    page.locator("[data-proof-ask]").click()
    expect(page.locator("#proof-code")).to_be_focused()
    code = re.search(r"\d{4}[ -]?\d{4}", mailbox.wait_for(giver.email, subject="code").text)
    assert code
    page.locator("#proof-code").fill(code.group())
    page.locator("[data-proof-confirm]").click()
    expect(page.locator("[data-proof-said]")).to_be_visible()


def taken(stack: Stack, giver: Giver) -> list[int]:
    """Cents of each charge that the stand-in took from somebody, the newest first."""
    asked = urllib.request.Request(f"{stack.stripe}/v1/charges?limit=100", headers={"Authorization": f"Bearer sk_test_standin_{ACCOUNT}"})
    with urllib.request.urlopen(asked, timeout=10) as answer:
        found: list[dict[str, Any]] = json.load(answer)["data"]
    return [charge["amount"] for charge in found if charge["paid"] and charge["billing_details"]["email"] == giver.email]
