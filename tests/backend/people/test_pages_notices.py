"""Privacy notice and legal notice: generated, complete, in two languages."""

import pytest
from django.test import Client

from maillage.people.domain import REGISTER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_privacy_notice_prints_every_line_of_the_register(client: Client, language: str) -> None:
    page = client.get(f"/{language}/privacy/")
    assert page.status_code == 200
    assert page.content.decode().count('<h2 id="use-') == len(REGISTER) >= 3


def test_the_legal_notice_says_what_is_missing_rather_than_nothing(client: Client) -> None:
    assert client.get("/en/legal/").content.decode().count("not yet stated") == 2


def test_notices_are_read_only(client: Client) -> None:
    assert client.post("/fr/privacy/").status_code == 405


@pytest.mark.parametrize(
    ("language", "titles"),
    [
        ("en", ["The charter, what you say of it", "Letters and calls by hand", "Bringing people in from a list"]),
        ("fr", ["La charte, ce que vous en dites", "Lettres et appels faits à la main"]),
    ],
)
def test_the_notice_says_what_becomes_of_agreements_comments_and_letters(db: None, language: str, titles: list[str]) -> None:
    text = Client().get(f"/{language}/privacy/").content.decode()
    assert [title for title in titles if title not in text] == []
