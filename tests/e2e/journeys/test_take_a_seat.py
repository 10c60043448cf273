"""A visitor finds a vacant seat and asks for it; an organiser calls them in time, then appoints them; they sign in and hold it."""

import re
from datetime import datetime

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.hearing import hear
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import read
from tests.e2e.words import words


def vacant_seat(page: Page, *, skip: int) -> str:
    """Read the code of a vacant seat from the API, another one for each journey."""
    networks = page.request.get("/api/v1/relays/networks/").json()["items"]
    seats = page.request.get(f"/api/v1/relays/networks/{networks[0]['id']}/seats/").json()["items"]
    codes = [seat["code"] for seat in seats if seat["state"] == "vacant"]
    return str(codes[skip % len(codes)])


def find_by_code(page: Page, code: str, *, language: str, javascript: bool) -> None:
    """Type the code of a seat on the first page, and come to its own."""
    page.goto(f"/{language}/")
    if javascript:
        assert_sound(page)
    page.locator("form[role=search] input[name=q], input[name=q]").first.fill(code)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/places/**")
    if f"/places/{code}/" not in page.url:
        page.locator(f'main a[href$="/{language}/places/{code}/"]').first.click()
        page.wait_for_url(f"**/places/{code}/")
    if javascript:
        assert_sound(page)


def call_in_time(organiser: Page, *, name: str, language: str) -> None:
    """Say at the desk that one talked with an applicant: the clock stands still, and the promise is kept, for all to see."""
    organiser.goto("/app/desk/applications")
    organiser.get_by_text(name).first.click()
    expect(organiser.get_by_role("button", name=words(language, "organiser:applications.approve"))).to_be_visible()
    expect(organiser.locator(".promise")).to_have_class("promise")
    hear(organiser, language, "take-a-seat", "application")
    organiser.get_by_role("button", name=words(language, "organiser:applications.contact")).click()
    with organiser.expect_response("**/contact/") as kept:  # it can be undone until another screen is opened
        organiser.get_by_role("link", name=words(language, "organiser:room.hand_overs")).click()
    promise = kept.value.json()["promise"]
    started, kept_at, due = (datetime.fromisoformat(promise[instant]) for instant in ("started_at", "kept_at", "due_at"))
    assert started < kept_at < due, "the promise is kept"
    assert promise["owed_by"] == "", "nobody owes it any more"


@pytest.mark.parametrize(
    ("width", "language", "javascript", "skip", "is_whole"),
    [
        ("phone", "fr", True, 3, True),
        ("desk", "en", True, 11, True),
        ("phone", "en", True, 15, False),
        ("desk", "fr", True, 7, False),
        ("phone", "fr", False, 19, True),
    ],
    ids=["phone-fr", "desk-en", "phone-en-from-its-page", "desk-fr-from-its-page", "phone-fr-without-javascript"],
)
def test_take_a_seat(visitor: Visitor, mailbox: Mailbox, width: str, language: str, javascript: bool, skip: int, is_whole: bool) -> None:
    page = visitor(width, language, javascript=javascript)
    code = vacant_seat(page, skip=skip)
    email = f"awa.{width}.{language}.{skip}@visitor.example"

    if is_whole:
        find_by_code(page, code, language=language, javascript=javascript)
    else:
        page.goto(f"/{language}/places/{code}/")
    page.locator(f'a[href$="/relays/apply/{code}/"]').first.click()
    page.wait_for_url(f"**/relays/apply/{code}/")
    if javascript:
        assert_sound(page)
    hear(page, language, "take-a-seat", "form")
    page.locator("[name=given_name]").fill("Awa")
    page.locator("[name=family_name]").fill(f"Visiteuse {skip}")
    page.locator("[name=email]").fill(email)
    page.locator("[name=motivation]").fill("Je connais tout le canton.")
    expect(page.locator("[name=agrees_to_contact]")).not_to_be_checked()
    page.locator("[name=agrees_to_contact]").check()
    page.locator("[name=is_of_age]").check()
    page.locator("main form button[type=submit]").click()
    page.wait_for_url("**/sent/")
    if javascript:
        assert_sound(page)

    confirming = mailbox.wait_for(email).link("/relays/apply/confirm/")
    page.goto(confirming)
    page.reload()  # a mail scanner that opens the link changes nothing
    page.locator("button[value=me]").click()
    if javascript:
        assert_sound(page)
    expect(page.locator(".promise")).to_be_visible()
    hear(page, language, "take-a-seat", "promise")

    page.locator('main a[href*="/relays/charter/"]').first.click()  # one of three things to do until the call
    page.wait_for_url("**/relays/charter/**")
    if javascript:
        assert_sound(page)
    page.locator("main form button[type=submit]").click()
    expect(page.locator("main [role=status]")).to_be_visible()

    organiser = visitor("desk", language, signed_in_as="national_organiser")
    call_in_time(organiser, name=f"Awa Visiteuse {skip}", language=language)
    page.goto(confirming)
    kept = {"fr": "Une personne vous a contacté.", "en": "You have been contacted."}[language]
    expect(page.get_by_role("heading", level=1)).to_contain_text(kept)
    if javascript:
        assert_sound(page)

    organiser.goto("/app/desk/applications?status=contacted")
    organiser.get_by_text(f"Awa Visiteuse {skip}").first.click()
    expect(organiser.get_by_text(words(language, "common:promise.kept")).last).to_be_visible()
    expect(organiser.get_by_role("button", name=words(language, "organiser:applications.contact"))).to_have_count(0)
    organiser.get_by_role("button", name=words(language, "organiser:applications.approve")).click()
    organiser.get_by_role("button", name=words(language, "organiser:applications.approve_yes_relay")).click()
    expect(organiser.get_by_text(f"Awa Visiteuse {skip}")).to_have_count(0)
    assert_sound(organiser)

    page.goto(f"/{language}/places/{code}/")
    expect(page.locator(".state").first).to_have_class(re.compile("is-filled"))

    page.goto(f"/{language}/sign-in/")
    page.locator("input[name=email]").fill(email)
    page.locator("main form button[type=submit]").first.click()
    mail = mailbox.wait_for(email, subject="code")
    typed = re.search(r"(\d{4}[ -]?\d{4})", mail.text)
    assert typed, mail.text
    page.locator("input[name=code]").fill(typed.group(1))
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/app/**")
    if javascript:
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        assert_sound(page)
        hear(page, language, "take-a-seat", "home")
        term = next(one for one in read(page, "relays/terms/mine/")["items"] if one["code"] == code)
        assert term["kind"] == "relay"
        assert term["is_new"]
        assert read(page, "people/charter/")["mine"]["agreed_at"], "they agreed to the charter before"
        page.goto("/app/seat")
        expect(page.get_by_text(words(language, "member:seat.since_relay"))).to_be_visible()
