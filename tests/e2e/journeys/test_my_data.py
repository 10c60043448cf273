"""An organiser reads about a relay; the relay sees who did, chooses what they agree to, and is erased when they ask."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.hearing import hear
from tests.e2e.look import assert_sound
from tests.e2e.mailbox import Mailbox
from tests.e2e.on_the_way import DEMO, sign_in_by_mail
from tests.e2e.words import words

WHY = "Demande d’accès, article 15"


@dataclass(frozen=True)
class Relay:
    """Somebody of the campaign who holds a seat and has an address."""

    name: str
    email: str
    seat: str
    code: str


def a_relay(organiser: Page, *, skip: int) -> Relay:
    """Find one as their organiser does, by the seat and then by the name; each journey takes another."""
    network = organiser.request.get("/api/v1/relays/networks/").json()["items"][0]["id"]
    seats = organiser.request.get(f"/api/v1/relays/networks/{network}/seats/").json()["items"]
    filled = [seat for seat in reversed(seats) if seat["state"] == "filled"]
    for seat in filled[skip:]:
        name = organiser.request.get(f"/api/v1/relays/seats/{seat['id']}/").json()["holder"]["name"]
        found = organiser.request.get("/api/v1/people/", params={"q": name}).json()["items"]
        person = next(person for person in found if person["area"]["code"] == seat["code"])
        if (email := person["contacts"][0]["value"]).endswith(DEMO) and email != f"relay@{DEMO}":
            return Relay(name=name, email=email, seat=seat["id"], code=seat["code"])
    raise AssertionError("no relay is left whom no other journey needs")


@pytest.mark.parametrize(("width", "language", "skip"), [("phone", "fr", 1), ("desk", "en", 5)])
def test_who_saw_my_data_and_erase_me(visitor: Visitor, mailbox: Mailbox, width: str, language: str, skip: int) -> None:
    organiser = visitor("desk", language, signed_in_as="national_organiser")
    relay = a_relay(organiser, skip=skip)
    organiser.goto(f"/app/desk/people?q={relay.name}")
    expect(organiser.get_by_role("link", name=relay.email)).to_be_visible()

    page = visitor(width, language)
    sign_in_by_mail(page, mailbox, email=relay.email, language=language)
    page.goto("/app/me")
    if language == "en":  # the campaign's people read French
        page.get_by_role("button", name="English").click()
    page.get_by_role("link", name=words(language, "member:me.data")).click()
    page.wait_for_url("**/app/me/data")
    expect(page.get_by_text(relay.name, exact=True)).to_be_visible()
    readings = page.get_by_role("region", name=words(language, "member:own.accesses"))
    expect(readings.get_by_text("Camille Vernoux").first).to_be_visible()
    assert_sound(page)
    hear(page, language, "who-saw-my-data", "who_read")

    box = page.get_by_role("checkbox").first
    box.check()
    expect(page.get_by_text(words(language, "member:own.noted"))).to_be_visible()
    with page.expect_download() as taken:
        page.get_by_role("button", name=words(language, "member:own.take")).click()
    copy = taken.value.path().read_text()
    assert relay.email in copy
    assert "people.relay_contact" in copy

    page.get_by_role("button", name=words(language, "member:own.erase_do")).click()
    dialog = page.get_by_role("alertdialog")
    assert_sound(page)
    hear(page, language, "erase-me", "sure")
    dialog.get_by_role("textbox").fill("somebody.else@visitor.example")
    dialog.get_by_role("button", name=words(language, "member:own.erase_do")).click()
    expect(dialog.get_by_role("textbox")).to_have_attribute("aria-invalid", "true")
    hear(page, language, "erase-me", "not_the_address")
    dialog.get_by_role("textbox").fill(relay.email)
    dialog.get_by_role("button", name=words(language, "member:own.erase_do")).click()
    page.wait_for_url(f"**/{language}/")
    hear(page, language, "erase-me", "gone")
    if width == "phone":
        page.locator("header summary").click()
    hear(page, language, "erase-me", "signed_out")
    assert page.request.get("/api/v1/people/me/").status == 403

    found = organiser.request.get("/api/v1/people/", params={"q": relay.name}).json()["items"]
    assert relay.email not in [point["value"] for person in found for point in person["contacts"]]
    assert organiser.request.get(f"/api/v1/relays/seats/{relay.seat}/").json()["state"] in ("vacant", "applied")


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_the_officer_types_why_and_the_person_reads_it(visitor: Visitor, width: str, language: str) -> None:
    officer = visitor(width, language, signed_in_as="data_protection_officer")
    officer.goto("/app/officer")
    officer.get_by_label(words(language, "member:officer.reason")).fill(WHY)
    assert_sound(officer)
    officer.get_by_role("button", name=words(language, "member:officer.go_on")).click()
    officer.get_by_label(words(language, "member:officer.search")).fill("relay@demo.example")
    officer.get_by_role("button", name=words(language, "member:officer.find")).click()
    officer.get_by_role("button", name=words(language, "member:officer.read"), exact=True).click()
    expect(officer.get_by_text("relay@demo.example")).to_be_visible()
    assert_sound(officer)

    relay = visitor(width, language, signed_in_as="relay")
    relay.goto("/app/me/data")
    expect(relay.get_by_role("listitem").filter(has_text=WHY).first).to_be_visible()
    hear(relay, language, "who-saw-my-data", "reason")
    assert_sound(relay)
