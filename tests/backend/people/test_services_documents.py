"""A charter written together: drafted, proposed, commented, adopted; what holds even if the code is wrong."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from maillage.accounts.models import User
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.people import selectors, services
from maillage.people.domain import AgreedBy, CommentState, DocumentKind, DocumentWords, VersionState, Voice, documents
from maillage.people.models import Agreement, Document, DocumentComment, DocumentVersion, Person, Qualification
from tests.backend.accounts.factories import make_user
from tests.backend.people.documents import NEXT_TEXTS, TEXTS, agree, draft_charter, house_day, make_charter, propose_charter
from tests.backend.people.factories import make_person

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer() -> User:
    return make_user("writer@people.example")


def comment(version: DocumentVersion, person: Person, words: str = "Plus court.", *, paragraph: int | None = None) -> DocumentComment:
    return services.write_comment(
        version_id=version.pk, person_id=person.pk, voice=Voice.RELAY, language="fr", words=words, paragraph=paragraph, now=now()
    )


def test_the_next_version_begins_from_the_words_in_force(writer: User):
    first = make_charter()
    second = draft_charter(by=writer)
    assert (first.number, second.number) == (1, 2)
    assert {text.language: text.body for text in second.texts.all()} == {language: words.body for language, words in TEXTS.items()}


def test_one_version_is_under_way_at_a_time(writer: User):
    draft_charter(texts=TEXTS)
    with pytest.raises(Conflict) as refused:
        draft_charter(by=writer)
    assert refused.value.code == "version_under_way"


def test_a_draft_may_be_half_written_and_a_proposal_not(writer: User):
    draft = draft_charter(texts={})
    services.edit_version(version_id=draft.pk, revision=1, texts={"fr": DocumentWords("Charte", "")}, by=writer, now=now())
    with pytest.raises(Invalid) as refused:
        services.propose_version(version_id=draft.pk, comments_until=house_day(7), by=writer, now=now())
    assert set(refused.value.fields) == {"texts.fr.body"}


def test_who_edits_what_another_changed_meanwhile_is_told(writer: User):
    draft = draft_charter(texts=TEXTS)
    services.edit_version(version_id=draft.pk, revision=1, texts=NEXT_TEXTS, by=writer, now=now())
    with pytest.raises(Conflict) as refused:
        services.edit_version(version_id=draft.pk, revision=1, texts=TEXTS, by=writer, now=now())
    assert (refused.value.code, refused.value.extra["revision"]) == ("version_conflict", 2)


@pytest.mark.parametrize("days", [0, -1, 400])
def test_days_lie_ahead_and_within_a_year(writer: User, days: int):
    draft = draft_charter(texts=TEXTS)
    with pytest.raises(Invalid) as refused:
        services.propose_version(version_id=draft.pk, comments_until=house_day(days), by=writer, now=now())
    assert set(refused.value.fields) == {"comments_until"}


def test_adopting_replaces_what_was_in_force_and_keeps_it_readable(writer: User):
    first = make_charter()
    second = propose_charter()
    services.adopt_version(version_id=second.pk, agree_by=house_day(30), by=writer, now=now(), expected=0)
    first.refresh_from_db()
    assert (first.state, first.superseded_at is not None) == (VersionState.SUPERSEDED, True)
    assert [version.number for version in selectors.public_versions()] == [2, 1]
    assert Entry.objects.filter(name="document.adopted").count() == 2


def test_only_a_proposed_version_is_adopted(writer: User):
    draft = draft_charter(texts=TEXTS)
    with pytest.raises(Conflict) as refused:
        services.adopt_version(version_id=draft.pk, agree_by=house_day(30), by=writer, now=now())
    assert refused.value.code == "not_proposed"


def test_a_large_number_has_to_be_said(writer: User, monkeypatch: pytest.MonkeyPatch):
    version = propose_charter(texts=TEXTS)
    many = {make_person(email=f"{number}@people.example").pk for number in range(3)}
    monkeypatch.setitem(documents.BOUND, DocumentKind.CHARTER, lambda: many)
    monkeypatch.setattr("maillage.people.services.documents.TYPED_FROM", 3)
    for expected in (None, 2):
        with pytest.raises(Conflict) as refused:
            services.adopt_version(version_id=version.pk, agree_by=house_day(30), by=writer, now=now(), expected=expected)
        assert (refused.value.code, refused.value.extra["number"]) == ("number_differs", 3)
    assert services.adopt_version(version_id=version.pk, agree_by=house_day(30), by=writer, now=now(), expected=3).state == "adopted"


def test_a_draft_that_is_given_up_is_gone_and_a_proposal_stays(writer: User):
    draft = draft_charter(texts=TEXTS)
    services.withdraw_version(version_id=draft.pk, by=writer, now=now())
    assert not DocumentVersion.objects.exists()
    proposed = propose_charter()
    services.withdraw_version(version_id=proposed.pk, by=writer, now=now())
    proposed.refresh_from_db()
    assert (proposed.number, proposed.state) == (1, VersionState.WITHDRAWN)
    assert draft_charter(texts=TEXTS).number == 2


def test_the_database_keeps_one_version_in_force_and_one_under_way():
    version = make_charter()
    for state in (VersionState.ADOPTED, VersionState.DRAFT):
        row = {"document": version.document, "state": state, "adopted_at": now()}
        if state == VersionState.DRAFT:
            DocumentVersion.objects.create(number=8, **row)
        with pytest.raises(IntegrityError), transaction.atomic():
            DocumentVersion.objects.create(number=9, **row)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentVersion.objects.create(document=version.document, number=1, state=VersionState.WITHDRAWN)
    with pytest.raises(IntegrityError), transaction.atomic():
        DocumentVersion.objects.create(document=version.document, number=7, state=VersionState.SUPERSEDED)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.create(kind=DocumentKind.CHARTER, slug="another")


def test_a_comment_keeps_the_paragraph_as_it_read(writer: User):
    version = propose_charter()
    said = comment(version, make_person(), paragraph=1)
    assert said.paragraph == "Il dit ce qu’il a entendu."
    services.edit_version(
        version_id=version.pk, revision=1, texts=TEXTS | {"fr": DocumentWords("Charte", "Tout autre.")}, by=writer, now=now()
    )
    said.refresh_from_db()
    assert said.paragraph == "Il dit ce qu’il a entendu."


def test_comments_are_taken_until_the_end_of_the_day_that_was_said():
    version = propose_charter(at=now() - timedelta(days=3), days=2)
    with pytest.raises(Conflict) as refused:
        comment(version, make_person())
    assert refused.value.code == "comments_closed"


def test_an_answer_has_words_and_keeps_the_comment(writer: User):
    author = make_person()
    said = comment(propose_charter(), author)
    with pytest.raises(Invalid):
        services.answer_comment(comment_id=said.pk, state=CommentState.TAKEN_IN, answer=" ", by=writer, now=now())
    services.answer_comment(comment_id=said.pk, state=CommentState.NOT_TAKEN, answer="C’est déjà dit plus haut.", by=writer, now=now())
    with pytest.raises(Conflict) as refused:
        services.take_back_comment(comment_id=said.pk, person_id=author.pk, now=now())
    assert refused.value.code == "comment_answered"


def test_a_comment_of_ones_own_is_taken_back_and_nobody_elses():
    author = make_person()
    said = comment(propose_charter(), author)
    with pytest.raises(Exception, match="comment_unknown"):
        services.take_back_comment(comment_id=said.pk, person_id=make_person().pk, now=now())
    services.take_back_comment(comment_id=said.pk, person_id=author.pk, now=now())
    assert not DocumentComment.objects.exists()


def test_one_agrees_to_what_is_in_force_once():
    person, version = make_person(), make_charter()
    assert agree(person, version).pk == agree(person, version).pk
    assert Entry.objects.filter(name="agreement.given").count() == 1
    with pytest.raises(Conflict) as refused:
        agree(person, propose_charter())
    assert refused.value.code == "not_in_force"


def test_who_agreed_to_the_last_version_has_not_agreed_to_this_one():
    person = make_person()
    agree(person, make_charter())
    assert selectors.charter_missed_by(person.pk) is None
    services.adopt_version(version_id=propose_charter().pk, agree_by=house_day(30), by=None, now=now(), expected=0)
    assert selectors.charter_missed_by(person.pk) is not None


def test_a_paper_has_a_number_and_one_signature(writer: User):
    version = make_charter()

    def signed(person: Person, number: str) -> Agreement:
        return services.agree_to_version(
            person_id=person.pk, version_id=version.pk, source=AgreedBy.PAPER, language="fr", paper_number=number, by=writer, now=now()
        )

    with pytest.raises(Invalid):
        signed(make_person(), " ")
    assert signed(make_person(), "C-1").paper_number == "C-1"
    with pytest.raises(Conflict) as refused:
        signed(make_person(), "C-1")
    assert refused.value.code == "paper_known"


def test_a_qualification_counts_until_the_end_of_its_last_day(writer: User):
    person, today = make_person(), house_day(0)
    services.record_qualification(
        person_id=person.pk, code="first", obtained_on=house_day(-9), ends_on=today, source="t", by=writer, now=now()
    )
    assert selectors.codes_held(person.pk, on=today) == {"first"}
    assert selectors.codes_held(person.pk, on=house_day(1)) == set()
    with pytest.raises(Invalid):
        services.record_qualification(person_id=person.pk, code="first", obtained_on=today, ends_on=house_day(-1), source="t", now=now())


def test_erasing_somebody_takes_words_numbers_and_qualifications_and_keeps_that_it_was_agreed(writer: User):
    person, version = make_person(email="lou@people.example"), make_charter()
    services.agree_to_version(
        person_id=person.pk, version_id=version.pk, source=AgreedBy.PAPER, language="fr", paper_number="C-1", by=writer, now=now()
    )
    services.record_qualification(person_id=person.pk, code="first", obtained_on=house_day(0), source="t", now=now())
    said = comment(propose_charter(), person, "Je m’appelle Lou, au 12 rue des Lilas.")
    exported = selectors.export_of(person.pk, now=now())["people"]
    assert (exported["agreements"][0]["paper_number"], exported["comments"][0]["words"][:14]) == ("C-1", "Je m’appelle L")
    services.erase_person(person_id=person.pk, now=now())
    said.refresh_from_db()
    assert (said.author_id, said.words) == (None, "")
    assert Agreement.objects.get(person=person).paper_number == ""
    assert not Qualification.objects.exists()
