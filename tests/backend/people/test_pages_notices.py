"""Privacy notice and legal notice: generated, complete, in two languages."""

import pytest
from django.test import Client
from pytest_django import Settings

from maillage.people.domain import REGISTER

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_privacy_notice_prints_every_line_of_the_register(client: Client, settings: Settings, language: str) -> None:
    settings.ORGANISATION_NAME = "Collectif <du> Val"
    settings.ORGANISATION_EMAIL = "donnees@collectif.example"
    page = client.get(f"/{language}/privacy/")
    assert page.status_code == 200
    text = page.content.decode()
    assert text.count('<h2 id="use-') == len(REGISTER) >= 3
    assert "Collectif &lt;du&gt; Val" in text
    assert "mailto:donnees@collectif.example" in text


def test_the_legal_notice_says_what_is_missing_rather_than_nothing(client: Client, settings: Settings) -> None:
    settings.ORGANISATION_PUBLISHER, settings.HOSTING_PROVIDER = "", "Hôte SARL"
    text = client.get("/en/legal/").content.decode()
    assert "ORGANISATION_PUBLISHER" in text
    assert "Hôte SARL" in text


def test_notices_are_read_only(client: Client) -> None:
    assert client.post("/fr/privacy/").status_code == 405
