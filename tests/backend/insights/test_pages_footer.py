import pytest
from django.conf import LazySettings
from django.test import Client

SOURCE = "https://code.example/maillage/tree/ours"


@pytest.mark.parametrize(("address", "words"), [("/en/", "Source code"), ("/fr/", "Code source"), ("/fr/legal/", "Code source")])
def test_every_page_leads_to_the_source_that_the_installation_names(
    client: Client, db: None, settings: LazySettings, address: str, words: str
) -> None:
    settings.SOURCE_URL = SOURCE
    assert f'<a href="{SOURCE}" rel="external">{words}</a>' in client.get(address).text


def test_without_a_named_source_nothing_is_promised(client: Client, db: None) -> None:
    page = client.get("/en/").text
    assert "free software under the AGPL" in page
    assert "Source code" not in page


def test_the_application_is_told_where_the_source_is(client: Client, settings: LazySettings) -> None:
    assert "data-source" not in client.get("/app/").text
    settings.SOURCE_URL = SOURCE
    assert f' data-source="{SOURCE}"></div>' in client.get("/app/").text
