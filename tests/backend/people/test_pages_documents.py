"""The public reads the charter in force, its history and its paper, without JavaScript."""

import pytest
from django.test import Client

from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.domain import DocumentWords
from tests.backend.people.documents import TEXTS, house_day, make_charter, propose_charter

pytestmark = pytest.mark.django_db


def test_before_there_is_one_the_page_says_how_it_comes(client: Client):
    page = client.get("/en/charter/")
    assert page.status_code == 200
    assert "No charter has been adopted yet." in page.text
    assert client.get("/en/charter/paper/").status_code == 404
    assert client.get("/en/charter/1/").status_code == 404


def test_what_is_proposed_is_not_public(client: Client):
    make_charter()
    propose_charter()
    assert "and where" not in client.get("/en/charter/").text
    assert client.get("/en/charter/2/").status_code == 404


def test_the_one_in_force_is_read_with_what_changed_and_those_before_it(client: Client):
    make_charter()
    services.adopt_version(version_id=propose_charter().pk, agree_by=house_day(30), by=None, now=now(), expected=0)
    page = client.get("/en/charter/").text
    assert "They say what they heard, and where." in page
    assert "<ins>" in page
    assert "What changed since version 1" in page
    old = client.get("/en/charter/1/").text
    assert "They say what they heard.</p>" in old
    assert "Read the one in force" in old


def test_a_text_that_nobody_translated_says_so(client: Client):
    make_charter(texts={"fr": TEXTS["fr"]})
    page = client.get("/en/charter/").text
    assert "Nobody has translated this text into your language yet" in page
    assert '<div class="prose" lang="fr">' in page


def test_what_writers_type_cannot_run(client: Client):
    make_charter(texts={"fr": DocumentWords("Charte <b>", "<script>alert(1)</script>\n\n[x](javascript:alert(1))")})
    page = client.get("/fr/charter/").text
    assert "<script>alert" not in page
    assert 'href="javascript' not in page
    assert "Charte &lt;b&gt;" in page


def test_the_paper_has_its_number_and_a_line_to_sign_on(client: Client):
    make_charter()
    page = client.get("/en/charter/paper/").text
    for words in ("Number of this paper", "Your signature", "A relay listens.", "Version 1"):
        assert words in page


def test_every_page_leads_to_it(client: Client):
    assert 'href="/en/charter/"' in client.get("/en/legal/").text
    assert 'href="/en/charter/"' in client.get("/en/what-a-relay-does/").text
