"""Somebody stands here twice: an organiser looks at both records, joins them, and takes them apart again."""

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.on_the_way import read
from tests.e2e.words import words

PATIENCE = 75
"""How often the pairs are read again, a fifth of a second apart."""


@pytest.mark.parametrize(("width", "language"), [("desk", "fr"), ("phone", "en")])
def test_join_two_records(visitor: Visitor, width: str, language: str) -> None:
    page = visitor(width, language, signed_in_as="department_organiser")
    said = lambda key: words(language, f"organiser:duplicates.{key}")  # noqa: E731
    pair = _that_nothing_bars(page)
    page.goto("/app/desk/people/duplicates")
    page.locator(f"tr[data-row='{pair['id']}']").get_by_role("button").click()
    stays = page.get_by_role("radio", name="@").first
    expect(stays).to_be_checked()
    expect(page.get_by_role("heading", name=said("moves"))).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name=said("merge"), exact=True).click()
    expect(page.get_by_text(said("merged"))).to_be_visible()
    assert _people_of(pair) not in map(_people_of, _pairs(page))
    assert_sound(page)

    page.reload()
    page.get_by_role("button", name=said("take_apart_of")).first.click()
    expect(page.get_by_text(said("apart_since")).first).to_be_visible()
    for _ in range(PATIENCE):  # the two are compared anew, as anybody who comes
        if _people_of(pair) in map(_people_of, _pairs(page)):
            return
        page.wait_for_timeout(200)
    raise AssertionError("something was lost: the pair is not proposed again")


def _that_nothing_bars(page: Page) -> dict[str, Any]:
    """Find two records that may be joined as they stand. Others wait for something: an organiser never joins their own record,
    and pairs come and go while the whole campaign is compared."""
    for pair in _pairs(page):
        kept, absorbed = (person["id"] for person in pair["people"])
        if not read(page, "people/merges/preview/", kept=kept, absorbed=absorbed)["bars"]:
            return pair
    raise AssertionError("the campaign has nobody who stands here twice")


def _pairs(page: Page) -> list[dict[str, Any]]:
    pairs: list[dict[str, Any]] = read(page, "people/duplicates/", limit="200")["items"]
    return pairs


def _people_of(pair: dict[str, Any]) -> frozenset[str]:
    return frozenset(person["id"] for person in pair["people"])
