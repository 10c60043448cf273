"""Somebody stands here twice: an organiser looks at both records, joins them, and takes them apart again."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import Visitor
from tests.e2e.look import assert_sound
from tests.e2e.on_the_way import read
from tests.e2e.words import words

PATIENCE = 75
"""How often the number of pairs is read again, a fifth of a second apart."""


@pytest.mark.parametrize(("width", "language"), [("desk", "fr"), ("phone", "en")])
def test_join_two_records(visitor: Visitor, width: str, language: str) -> None:
    page = visitor(width, language, signed_in_as="department_organiser")
    said = lambda key: words(language, f"organiser:duplicates.{key}")  # noqa: E731
    before = read(page, "people/duplicates/count/")["count"]
    page.goto("/app/desk/people/duplicates")
    row = page.get_by_role("row").nth(2)
    row.get_by_role("button").first.click()
    stays = page.get_by_role("radio", name="@").first
    expect(stays).to_be_checked()
    expect(page.get_by_role("heading", name=said("moves"))).to_be_visible()
    assert_sound(page)
    page.get_by_role("button", name=said("merge"), exact=True).click()
    expect(page.get_by_text(said("merged"))).to_be_visible()
    assert read(page, "people/duplicates/count/")["count"] == before - 1
    assert_sound(page)

    page.reload()
    page.get_by_role("button", name=said("take_apart_of")).first.click()
    expect(page.get_by_text(said("apart_since")).first).to_be_visible()
    for _ in range(PATIENCE):  # the two are compared anew, as anybody who comes
        if read(page, "people/duplicates/count/")["count"] == before:
            return
        page.wait_for_timeout(200)
    raise AssertionError("something was lost: the pair is not proposed again")
