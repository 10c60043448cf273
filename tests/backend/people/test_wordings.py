"""The wordings of forms stand in the code, and the tables keep what was read (ADR 20)."""

import pytest
from django.test import Client

from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.domain import WORDINGS, VersionState, Wording
from maillage.people.models import DocumentVersion
from maillage.people.services.wordings import in_every_language

pytestmark = pytest.mark.django_db


def test_each_wording_names_its_document_and_its_number():
    for version, wording in WORDINGS.items():
        slug, _, number = version.rpartition(".")
        assert slug.isidentifier()
        assert number.isdecimal()
        assert wording.version == version


def test_what_the_code_says_is_kept_once_in_every_language():
    assert services.keep_wordings(now=now()) == len(WORDINGS)
    assert services.keep_wordings(now=now()) == 0
    for version in DocumentVersion.objects.select_related("document").prefetch_related("texts"):
        name = f"{version.document.slug}.{version.number}"
        assert {text.language: text.body for text in version.texts.all()} == in_every_language(WORDINGS[name].text)
    assert not Entry.objects.filter(name="wording.differed").exists()


def test_a_new_number_replaces_and_the_old_words_stay(monkeypatch: pytest.MonkeyPatch):
    services.keep_wordings(now=now())
    monkeypatch.setitem(WORDINGS, "relay_contact.2", Wording("relay_contact.2", "people.relay_contact", "D’autres mots."))
    assert services.keep_wordings(now=now()) == 1
    states = dict(DocumentVersion.objects.filter(document__slug="relay_contact").values_list("number", "state"))
    assert states == {1: VersionState.SUPERSEDED, 2: VersionState.ADOPTED}


def test_words_changed_under_the_same_number_are_a_defect_and_change_nothing(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    services.keep_wordings(now=now())
    monkeypatch.setitem(WORDINGS, "relay_contact.1", Wording("relay_contact.1", "people.relay_contact", "D’autres mots."))
    assert services.keep_wordings(now=now()) == 0
    assert "relay_contact.1 no longer reads as it was agreed to" in caplog.text
    assert Entry.objects.filter(name="wording.differed").count() == 1
    assert not DocumentVersion.objects.filter(texts__body="D’autres mots.").exists()


@pytest.mark.parametrize("is_kept", [False, True], ids=["new", "kept"])
def test_anybody_reads_them(client: Client, is_kept: bool):
    if is_kept:
        services.keep_wordings(now=now())
    page = client.get("/en/wordings/").text
    for version, words in ((version, in_every_language(wording.text)["en"]) for version, wording in WORDINGS.items()):
        assert version in page
        assert words in page
    assert ("in force since" in page) is is_kept


def test_what_only_the_tables_know_is_still_read(client: Client, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(WORDINGS, "relay_contact.0", Wording("relay_contact.0", "people.relay_contact", "Les premiers mots."))
    services.keep_wordings(now=now())
    monkeypatch.delitem(WORDINGS, "relay_contact.0")
    assert "Les premiers mots." in client.get("/fr/wordings/").text
