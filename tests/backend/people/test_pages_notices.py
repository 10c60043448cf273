"""Privacy notice and legal notice: generated, complete, in two languages."""

import html
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import translation

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.domain.preferences import PREFERENCES_LINK
from maillage.people import services
from maillage.people.domain import REGISTER, LegalKind
from maillage.people.selectors.organisation import forget_held, hold
from tests.backend.people.factories import make_person
from tests.backend.relays.factories import make_network

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


FORMS = {
    "relays/apply/0101/": ("relays.seats", "people.contacts", "relays.filling"),
    "relays/write/0101/": ("relays.conversations",),
    "sign-in/": ("accounts.sign_in", "people.access_log"),
    "places/0101/paper/": ("people.papers",),
    "mail/choices/{token}/": ("messaging.mail", "people.contacts"),
}


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("path", FORMS)
def test_each_form_prints_its_notice_from_the_register(client: Client, path: str, language: str) -> None:
    """Controller, officer, purpose, basis, recipients, duration, rights, authority (law.md, GDPR article 13)."""
    net = make_network()
    net.organiser()
    house = services.describe_organisation(
        name="Collectif <du> Val",
        country="XM",
        legal_kind=LegalKind.ASSOCIATION,
        languages=["fr", "en"],
        email="donnees@collectif.example",
        officer="Odile Clerc",
        now=now(),
    )
    hold(house)
    token = sign_link(PREFERENCES_LINK, ids=[make_person(email="n@people.example").pk], ends_at=now() + timedelta(days=1))
    text = html.unescape(client.get(f"/{language}/{path.format(token=token)}").content.decode())
    with translation.override(language):
        for name in FORMS[path]:
            use = REGISTER[name]
            for said in (use.purpose, use.basis, use.data, use.recipients, use.duration):
                assert str(said) in text, f"{name}: {said}"
    assert "Collectif <du> Val" in text
    assert "donnees@collectif.example" in text
    assert "Odile Clerc" in text
    assert ("effacer" if language == "fr" else "erase") in text
    assert ("autorité" if language == "fr" else "authority") in text
    forget_held()
