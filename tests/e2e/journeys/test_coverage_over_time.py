"""Anybody reads how the campaign grows, without a script too; who organises it sets the target and reads what happened where."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.words import words

BOTH = pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])


def wait_for_the_past(page: Page) -> dict[str, Any]:
    """The demo's past is written by a job, run after run, behind the mails of the campaign: wait as long as it grows."""
    network = page.request.get("/api/v1/relays/networks/").json()["items"][0]["id"]
    found: dict[str, Any] = {"points": []}
    still = 0
    while len(found["points"]) <= 190 and still < 180:
        before = len(found["points"])
        found = page.request.get(f"/api/v1/insights/networks/{network}/progress/").json()
        still = 0 if len(found["points"]) > before else still + 1
        page.wait_for_timeout(500)
    assert len(found["points"]) > 190
    return found


@BOTH
def test_the_public_reads_how_it_grows(visitor: Visitor, width: str, language: str) -> None:
    page = visitor(width, language, javascript=False)
    found = wait_for_the_past(page)
    reader = visitor(width, language)
    reader.goto(f"/{language}/progress/")
    assert_sound(reader)
    expect(reader.locator("h1")).to_contain_text(str(found["points"][-1]["covered"]))
    expect(reader.locator(".chart .curve")).to_have_attribute("d", re.compile(r"^M0\.00 "))
    reader.locator("details.twin summary").click()
    expect(reader.locator("details.twin tbody tr").first).to_be_visible()
    assert_sound(reader)
    with reader.expect_download() as download:
        reader.locator("a[download]").first.click()
    assert download.value.suggested_filename.startswith("coverage-")
    page.goto(f"/{language}/progress/")
    page.locator("#place").select_option(index=3)
    page.locator(".pick button").click()
    page.wait_for_url("**/progress/?place=*")
    expect(page.locator(".chart .curve")).to_have_count(1)


@BOTH
def test_who_organises_sets_the_target_and_reads_what_happened(visitor: Visitor, width: str, language: str) -> None:
    desk = visitor(width, language, signed_in_as="national_organiser")
    wait_for_the_past(desk)
    desk.goto("/app/desk/insights")
    expect(desk.get_by_role("heading", level=1)).to_contain_text(re.compile(r"\d"))
    expect(desk.locator(".chart .curve")).to_have_count(1)
    assert_sound(desk)
    desk.get_by_role("button", name=words(language, "organiser:insights.aim"), exact=True).click()
    dialog = desk.get_by_role("dialog")
    dialog.get_by_label(words(language, "organiser:insights.aim_percent")).fill("60")
    assert_sound(desk)
    dialog.get_by_role("button", name=words(language, "organiser:insights.aim_do")).click()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    for by in ("organisers", "relays", "territories"):
        desk.get_by_role("button", name=words(language, f"organiser:insights.by_{by}"), exact=True).click()
        expect(
            desk.get_by_role("region", name=words(language, f"organiser:insights.by_{by}"), exact=True).locator("tbody tr").first
        ).to_be_visible()
    desk.get_by_role("button", name="30", exact=False).first.click()
    assert_sound(desk)


def test_a_relay_has_no_table(visitor: Visitor) -> None:
    phone = visitor("phone", "fr", signed_in_as="relay")
    network = phone.request.get("/api/v1/relays/networks/").json()["items"][0]["id"]
    assert phone.request.get(f"/api/v1/insights/networks/{network}/territories/").status == 403
    own = phone.request.get(f"/api/v1/insights/networks/{network}/relays/").json()["items"]
    assert [line["is_own"] for line in own] == [True]
