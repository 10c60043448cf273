"""An organisation writes the sentences beside the boxes of forms in its own words; what was agreed to stays what was read."""

from typing import Any

import pytest
from django.test import Client
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, WORDINGS, DocumentKind, DocumentWords, VersionState, Wording
from maillage.people.models import Document, DocumentVersion
from maillage.people.selectors import standing_wordings, wording_in_force, wordings_in_force, wordings_known
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.people.documents import adopt_wording, draft_wording, house_day, make_charter, propose_wording
from tests.backend.relays.factories import SmallNetwork, make_network
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db
WORDINGS_API = "/api/v1/people/wordings/"
VERSIONS_API = "/api/v1/people/documents/versions/"
OWN = "relay_contact-house.1"


@pytest.fixture
def writer(small_country: SmallCountry) -> User:
    return make_granted(Role.ORGANISER, small_country.country)


@pytest.fixture
def net(small_country: SmallCountry) -> SmallNetwork:
    return make_network(small_country)


def listed(client: Client, slug: str = "relay_contact") -> dict[str, Any]:
    found: dict[str, Any] = next(item for item in client.get(WORDINGS_API).json()["items"] if item["slug"] == slug)
    return found


def test_until_the_organisation_writes_its_own_the_code_speaks(django_assert_num_queries: DjangoAssertNumQueries):
    propose_wording()
    with django_assert_num_queries(1):
        said = wordings_in_force()
    assert {wording.version for wording in said.values()} == set(WORDINGS)
    with django_assert_num_queries(0):
        assert wordings_known(WORDINGS) == WORDINGS


def test_adopted_words_stand_in_the_place_of_the_code_s_in_each_language():
    adopt_wording()
    wording = wording_in_force("people.relay_contact")
    assert (wording.version, wording.purpose, wording.is_standing) == (OWN, RELAY_CONTACT.purpose, True)
    for language, words in (("fr", "Nous pouvons vous écrire."), ("en", "Nous pouvons vous écrire. (en)")):
        with translation.override(language):
            assert str(wording.text) == words
    assert wording in standing_wordings()
    assert wording_in_force("people.area_news").version == "area_news.1"


def test_what_was_agreed_to_is_known_by_its_version(django_assert_num_queries: DjangoAssertNumQueries):
    adopt_wording()
    adopt_wording(words="Encore d’autres mots.")
    draft_wording(words="Pas encore.")
    with django_assert_num_queries(1), translation.override("fr"):
        known = wordings_known(
            ["relay_contact.1", OWN, "relay_contact-house.2", "relay_contact-house.3", "import:x:1", "messaging.again.1"]
        )
        assert {version: str(wording.text) for version, wording in known.items()} == {
            "relay_contact.1": str(RELAY_CONTACT.text),
            OWN: "Nous pouvons vous écrire.",
            "relay_contact-house.2": "Encore d’autres mots.",
        }


def test_the_software_s_words_come_back_and_nothing_agreed_to_is_lost(writer: User):
    version = adopt_wording()
    services.retire_version(version_id=version.pk, by=writer, now=now())
    assert wording_in_force("people.relay_contact").version == "relay_contact.1"
    assert OWN in wordings_known([OWN])
    assert Entry.objects.filter(name="document.retired").count() == 1
    with pytest.raises(Conflict) as refused:
        services.retire_version(version_id=version.pk, by=writer, now=now())
    assert refused.value.code == "not_in_force"
    assert adopt_wording(words="À nouveau les nôtres.").number == 2


def test_a_charter_is_not_taken_back(writer: User):
    with pytest.raises(Conflict):
        services.retire_version(version_id=make_charter().pk, by=writer, now=now())


def test_a_draft_begins_from_what_is_read_now(writer: User):
    first = services.draft_wording(slug="relay_contact", by=writer, now=now())
    with translation.override("en"):
        assert {text.language: text.body for text in first.texts.all()}["en"] == str(RELAY_CONTACT.text)
        assert {text.language: text.title for text in first.texts.all()}["en"] == str(RELAY_CONTACT.title)
    services.withdraw_version(version_id=first.pk, by=writer, now=now())
    adopt_wording()
    second = services.draft_wording(slug="relay_contact", by=writer, now=now())
    assert {text.language: text.body for text in second.texts.all()}["fr"] == "Nous pouvons vous écrire."
    with pytest.raises(NotFound):
        services.draft_wording(slug="relay_contact-house", by=writer, now=now())


@pytest.mark.parametrize("words", ["x" * 601, "Un paragraphe.\n\nUn autre."], ids=["long", "two paragraphs"])
def test_it_fits_beside_a_box(writer: User, words: str):
    draft = draft_wording()
    with pytest.raises(Invalid) as refused:
        services.edit_version(version_id=draft.pk, revision=1, texts={"fr": DocumentWords("", words)}, by=writer, now=now())
    assert set(refused.value.fields) == {"texts.fr.body"}


def test_it_is_written_in_every_language_before_anybody_is_shown_it(writer: User):
    draft = services.draft_wording(slug="relay_contact", by=writer, now=now(), texts={"fr": DocumentWords("", "Des mots.")})
    with pytest.raises(Invalid) as refused:
        services.propose_version(version_id=draft.pk, comments_until=house_day(7), by=writer, now=now())
    assert set(refused.value.fields) == {"texts.en.body"}


def test_the_code_s_words_stay_kept_beside_them():
    adopt_wording()
    assert services.keep_wordings(now=now()) == len(WORDINGS)
    assert not Entry.objects.filter(name="wording.differed").exists()
    assert DocumentVersion.objects.filter(document__kind=DocumentKind.HOUSE_WORDING, state=VersionState.ADOPTED).count() == 1


def test_anybody_reads_what_is_in_force_and_what_was(client: Client):
    services.keep_wordings(now=now())
    adopt_wording()
    draft_wording(words="Un brouillon que personne ne lit.")
    page = client.get("/fr/wordings/").text
    own, code = page.index(OWN), page.index("relay_contact.1")
    assert own < code, "what is in force comes first"
    assert "en vigueur depuis" in page[own:code]
    assert "n’est pas en vigueur" in page[code:]
    assert "Nous pouvons vous écrire." in page
    assert "Un brouillon" not in page


def test_the_list_says_what_is_read_and_what_may_be_done(client: Client, writer: User, django_assert_num_queries: DjangoAssertNumQueries):
    services.keep_wordings(now=now())
    adopt_wording()
    sign_in(client, writer)
    client.get(WORDINGS_API)
    with django_assert_num_queries(9):
        item = listed(client)
    assert (item["in_force"]["version"], item["software"]["version"], item["is_own"], item["is_behind"]) == (
        OWN,
        "relay_contact.1",
        True,
        False,
    )
    assert [row["version"] for row in item["earlier"]] == ["relay_contact.1"]
    assert item["abilities"] == {"draft": True, "retire": True}
    assert listed(client, "area_news")["is_own"] is False


def test_it_is_said_when_the_software_changed_its_words_after_ours(client: Client, writer: User, monkeypatch: pytest.MonkeyPatch):
    services.keep_wordings(now=now())
    adopt_wording()
    monkeypatch.setitem(WORDINGS, "relay_contact.2", Wording("relay_contact.2", "people.relay_contact", "Mots de la version suivante."))
    services.keep_wordings(now=now())
    sign_in(client, writer)
    item = listed(client)
    assert (item["in_force"]["version"], item["software"]["version"], item["is_behind"]) == (OWN, "relay_contact.2", True)


def test_it_is_written_together_over_the_api(client: Client, writer: User):
    services.keep_wordings(now=now())
    sign_in(client, writer)
    begun = client.post(f"{WORDINGS_API}relay_contact/draft/").json()
    assert (begun["kind"], begun["wording"], begun["state"]) == ("house_wording", "relay_contact", "draft")
    address = f"{VERSIONS_API}{begun['id']}/"
    texts = {language: {"title": "", "body": f"On vous écrit. ({language})"} for language in ("fr", "en")}
    saved = client.patch(address, {"revision": 1, "texts": texts}, content_type="application/json").json()
    assert saved["compared_with"] == 1, "the software's words"
    asked = {"comments_until": house_day(7).isoformat(), "members_comment": True}
    assert client.post(f"{address}propose/", asked, content_type="application/json").json()["state"] == "proposed"
    assert client.post(f"{WORDINGS_API}relay_contact/draft/").status_code == 409
    adopted = client.post(f"{address}adopt/", {}, content_type="application/json").json()
    assert (adopted["state"], adopted["agree_by"]) == ("adopted", None)
    assert listed(client)["abilities"] == {"draft": True, "retire": True}
    assert listed(client)["in_force"]["text"] == "On vous écrit. (fr)"
    assert client.post(f"{address}retire/").json()["items"]
    assert listed(client)["is_own"] is False


def test_who_only_reads_neither_writes_nor_takes_back(client: Client):
    version = adopt_wording()
    draft = draft_wording("area_news")
    sign_in(client, make_user("member@people.example"))
    assert listed(client, "area_news")["under_way"] is None
    assert client.post(f"{WORDINGS_API}relay_ask/draft/").status_code == 403
    assert client.post(f"{VERSIONS_API}{version.pk}/retire/").status_code == 403
    assert client.get(f"{VERSIONS_API}{draft.pk}/").status_code == 404
    assert not Document.objects.filter(slug="relay_ask-house").exists()


def test_a_charter_names_the_day_until_which_people_agree(writer: User):
    version = services.draft_charter(by=writer, now=now(), texts={"fr": DocumentWords("Charte", "Des mots.")})
    services.propose_version(version_id=version.pk, comments_until=house_day(7), by=writer, now=now())
    with pytest.raises(Invalid) as refused:
        services.adopt_version(version_id=version.pk, by=writer, now=now(), expected=0)
    assert set(refused.value.fields) == {"agree_by"}


def test_wordings_are_named_in_the_order_asked():
    wanted = ["relay_ask.1", "relay_contact.1", "area_news.1", "relay_application.1"]
    assert list(wordings_known(iter(wanted))) == wanted


def test_a_proposal_is_shown_for_as_long_as_it_takes_comments(client: Client, writer: User):
    version = propose_wording()
    sign_in(client, writer)
    assert [row["id"] for row in client.get("/api/v1/people/charter/").json()["proposed_wordings"]] == [str(version.pk)]
    DocumentVersion.objects.filter(pk=version.pk).update(comments_until=house_day(-1))
    assert client.get("/api/v1/people/charter/").json()["proposed_wordings"] == []


def test_it_reads_as_it_will_stand_and_not_as_a_page(client: Client, writer: User):
    draft = draft_wording(words="**Gras**, et\nla suite <b>.")
    sign_in(client, writer)
    (paragraph,) = client.get(f"{VERSIONS_API}{draft.pk}/?language=fr").json()["paragraphs"]
    assert paragraph["html"] == "<p>**Gras**, et la suite &lt;b&gt;.</p>"


def test_what_changes_is_told_from_what_is_in_force(client: Client, writer: User):
    services.keep_wordings(now=now())
    first = adopt_wording()
    services.retire_version(version_id=first.pk, by=writer, now=now())
    second = services.draft_wording(slug="relay_contact", by=writer, now=now())
    sign_in(client, writer)
    page = client.get(f"{VERSIONS_API}{second.pk}/?language=fr").json()
    assert [paragraph["kind"] for paragraph in page["paragraphs"]] == ["same"], "it begins from the software's words"
    services.withdraw_version(version_id=second.pk, by=writer, now=now())
    adopt_wording(words="Nous pouvons vous appeler.")
    third = draft_wording(words="Nous pouvons vous appeler le soir.")
    page = client.get(f"{VERSIONS_API}{third.pk}/?language=fr").json()
    assert (page["compared_with"], page["paragraphs"][0]["kind"]) == (2, "changed")


def test_a_paper_carries_only_what_was_once_read(client: Client, writer: User, monkeypatch: pytest.MonkeyPatch):
    services.keep_wordings(now=now())
    first = adopt_wording()
    monkeypatch.setitem(WORDINGS, "relay_contact.2", Wording("relay_contact.2", RELAY_CONTACT.purpose, "Jamais lus."))
    services.keep_wordings(now=now())
    sign_in(client, writer)
    assert [row["version"] for row in listed(client)["earlier"]] == ["relay_contact.1"]
    services.retire_version(version_id=first.pk, by=writer, now=now())
    assert [row["version"] for row in listed(client)["earlier"]] == [OWN, "relay_contact.1"]


def test_who_goes_back_to_an_older_release_reads_its_words(client: Client, writer: User, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(WORDINGS, "relay_contact.2", Wording("relay_contact.2", RELAY_CONTACT.purpose, "D’une version plus récente."))
    services.keep_wordings(now=now())
    monkeypatch.delitem(WORDINGS, "relay_contact.2")
    sign_in(client, writer)
    item = listed(client)
    assert (item["in_force"]["version"], item["is_own"], item["software"]["version"]) == ("relay_contact.1", False, "relay_contact.1")
    assert wording_in_force(RELAY_CONTACT.purpose).version == "relay_contact.1"
