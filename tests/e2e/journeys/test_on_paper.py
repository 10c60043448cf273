"""What is printed is one page of A4, in both languages: the form to join on paper, a brief, a letter."""

import json
import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import Visitor
from tests.e2e.on_the_way import read, seats
from tests.e2e.words import words

WORDS = {
    "fr": "Merci de vous être proposé. Le siège vient d’être confié à une autre personne, et nous aimerions vous garder près de nous.",
    "en": "Thank you for offering. The seat has just been given to somebody else, and we would like to keep you near us.",
}


def pages_of(page: Page) -> int:
    """Print what is open, and count the pages."""
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(prefer_css_page_size=True)))


def a_letter_waits(page: Page, *, language: str) -> None:
    """Let one letter by post wait among several, as the API says it."""
    row = {"name": "Odette Marchand", "place": "Valbrune", "channel": "post", "about": "", "done_at": None}
    rows = [{**row, "id": f"00000000-0000-7000-8000-00000000000{number}", "queued_at": "2026-11-20T10:00:00Z"} for number in range(9)]
    whole = {
        **rows[0],
        "contact": "3 rue du Pont\n01000 Valbrune",
        "language": language,
        "subject": WORDS[language].partition(".")[0],
        "paragraphs": [WORDS[language]] * 5,
        "sender": "Les voisins d’à côté",
        "sender_address": "12 place du Marché\n01000 Valbrune",
        "reference": "ODE-0042",
    }

    def answer(route: Route) -> None:
        is_list = route.request.url.partition("?")[0].endswith("/letters/")
        said = {"items": rows, "next": None} if is_list else whole
        route.fulfill(status=200, content_type="application/json", body=json.dumps(said))

    page.route("**/api/v1/messaging/letters/**", answer)


@pytest.mark.parametrize(("width", "language"), [("phone", "fr"), ("desk", "en")])
def test_on_paper(visitor: Visitor, width: str, language: str) -> None:
    page = visitor(width, language, signed_in_as="relay")
    code = seats(page)[0]["code"]
    page.goto(f"/{language}/places/{code}/paper/")
    assert pages_of(page) == 1, "the form to join"

    page.goto("/app/today")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.goto(read(page, "actions/assignments/", mine="true")["items"][0]["paper"])
    assert pages_of(page) == 1, "the brief"

    a_letter_waits(page, language=language)
    page.goto("/app/letters")
    page.get_by_role("button", name=words(language, "member:letters.open")).first.click()
    expect(page.locator(".sheet-a4")).to_be_visible()
    assert pages_of(page) == 1, "the letter"
