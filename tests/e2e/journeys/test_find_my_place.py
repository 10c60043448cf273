"""Anyone finds their constituency: a plain commune, one that is split, overseas, abroad, outside; with and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound


def find(page: Page, language: str, what: str) -> None:
    """Type into the finder of the home page and send it, as without JavaScript."""
    page.goto(f"/{language}/")
    page.locator("input[name=q]").first.fill(what)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{language}/places/**")


@pytest.fixture(autouse=True)
def on_real_places(has_real_boundaries: bool) -> None:
    if not has_real_boundaries:
        pytest.skip("these are names of real places, whose boundaries are not on this machine")


@pytest.mark.parametrize("javascript", [True, False], ids=["with-javascript", "without-javascript"])
@pytest.mark.parametrize(
    ("what", "code"),
    [("26150 Die", "2603"), ("26150", "2603"), ("Cayenne", "973"), ("Canada", "9901"), ("75-02", "7502"), ("ZX01", "97701")],
    ids=["commune-and-code", "postal-code", "overseas", "abroad", "code", "ministry-code"],
)
def test_find_by_words(visitor: Visitor, what: str, code: str, javascript: bool) -> None:
    page = visitor("phone", "fr", javascript=javascript)
    find(page, "fr", what)
    if f"/places/{code}" not in page.url:
        page.locator(f'main a[href*="/fr/places/{code}"]').first.click()
    expect(page.locator("h1")).to_be_visible()
    assert f"/places/{code}" in page.url
    if javascript:
        assert_sound(page)


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_a_split_commune_says_so_and_asks_for_more(visitor: Visitor, width: str, language: str) -> None:
    page = visitor(width, language)
    find(page, language, "Grenoble")
    expect(page.locator(f'main a[href*="/{language}/places/38"]').first).to_be_visible()
    expect(page.locator("input[name=street], input[name=address]").first).to_be_visible()
    assert_sound(page)


def test_suggestions_as_one_types(visitor: Visitor) -> None:
    page = visitor("desk", "fr")
    page.goto("/fr/")
    finder = page.get_by_role("combobox")
    finder.press_sequentially("saint-et", delay=30)
    option = page.get_by_role("option").filter(has_text="Saint-Étienne").first
    expect(option).to_be_visible()
    finder.press("ArrowDown")
    assert finder.get_attribute("aria-activedescendant")
    finder.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)


def test_locate_me(visitor: Visitor) -> None:
    page = visitor("phone", "fr")
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation({"latitude": 44.7536, "longitude": 5.3700})
    page.goto("/fr/")
    page.get_by_text("Me localiser").click()
    page.wait_for_url("**/places/2603/")


def test_nothing_found_helps(visitor: Visitor) -> None:
    page = visitor("phone", "en")
    find(page, "en", "xyzzyxyzzy")
    expect(page.locator("main input[name=q]").first).to_be_visible()
    assert_sound(page)


def test_a_point_outside_is_told_so(visitor: Visitor) -> None:
    answer = visitor("phone", "en").request.get("/api/v1/territories/locate/?lat=48.2&lon=16.37")
    assert answer.status == 404
    assert answer.headers["content-type"].startswith("application/problem+json")
