from xml.etree import ElementTree

from django.conf import settings
from django.test import Client

from tests.backend.actions.factories import make_action, make_launched
from tests.backend.relays.factories import SmallNetwork

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def test_robots_are_kept_from_what_needs_a_sign_in_or_a_link(client: Client, db: None) -> None:
    text = client.get("/robots.txt").text
    assert "Disallow: /app/" in text
    assert "Disallow: /fr/a/" in text
    assert f"Sitemap: {settings.PUBLIC_URL}/sitemap.xml" in text


def test_the_sitemap_lists_each_place_in_each_language(client: Client, net: SmallNetwork) -> None:
    answer = client.get("/sitemap.xml")
    addresses = [element.text for element in ElementTree.fromstring(answer.content).iter(f"{SITEMAP}loc")]
    assert f"{settings.PUBLIC_URL}/fr/places/0101/" in addresses
    assert f"{settings.PUBLIC_URL}/en/places/9901/" in addresses
    assert len(addresses) == len(set(addresses)) == 2 * (12 + 5)


def test_the_sitemap_lists_pages_that_are_there(client: Client, net: SmallNetwork) -> None:
    for address in ("/fr/", "/fr/places/", "/fr/progress/", "/fr/privacy/", "/fr/legal/", "/en/places/0101/"):
        assert client.get(address).status_code == 200


def test_a_launched_action_has_a_public_page(client: Client, net: SmallNetwork) -> None:
    page = client.get(f"/en/actions/{make_launched(net).pk}/").text
    assert "Small lines" in page
    assert "Will you vote the <strong>fund</strong>?" in page
    assert "<title>Small lines | " in page


def test_a_draft_does_not_exist_for_the_public(client: Client, net: SmallNetwork) -> None:
    assert client.get(f"/en/actions/{make_action(net).pk}/").status_code == 404


def test_a_brief_without_the_readers_language_says_so(client: Client, net: SmallNetwork) -> None:
    texts = {"fr": {"title": "Petites lignes", "summary": "", "brief": "Bonjour"}}
    page = client.get(f"/en/actions/{make_launched(net, texts=texts).pk}/").text
    assert "This brief has not been written in English yet" in page
    assert 'lang="fr"' in page
