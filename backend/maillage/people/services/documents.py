"""A document written together: drafted, proposed, adopted or withdrawn. Each step locks the document first."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.text import typed
from maillage.people.domain import (
    CHARTER,
    LONGEST_OPEN,
    LONGEST_WORDING,
    TYPED_FROM,
    UNDER_WAY,
    WRITTEN,
    DocumentKind,
    DocumentWords,
    VersionState,
    bound_by,
    code_slug,
    house_slug,
    newest_in_code,
    paragraphs,
)
from maillage.people.models import Document, DocumentText, DocumentVersion
from maillage.people.selectors.organisation import day_of_house, organisation
from maillage.people.selectors.wordings import wording_in_force
from maillage.people.services.wordings import in_every_language

Texts = Mapping[str, DocumentWords]
"""A version's words by language."""


def draft_charter(*, by: User | None, now: datetime, texts: Texts | None = None) -> DocumentVersion:
    """Begin the next version of the charter, from the words given, else from those in force.

    Facts: document.drafted.  Raises: Conflict (`version_under_way`: one at a time), Invalid by field.
    """
    return _draft(CHARTER, DocumentKind.CHARTER, _words_in_force, by=by, now=now, texts=texts)


def draft_wording(*, slug: str, by: User | None, now: datetime, texts: Texts | None = None) -> DocumentVersion:
    """Begin the organisation's own words for a wording of the code (by its address), from the words given, else from those in force.

    Once adopted they are read in the place of the code's, under a version of their own: nobody is asked to agree anew.
    Facts: document.drafted.  Raises: NotFound (`wording_unknown`), Conflict (`version_under_way`), Invalid by field.
    """
    purpose = next((each.purpose for each in newest_in_code().values() if each.slug == slug), None)
    if purpose is None:
        raise NotFound(code="wording_unknown")

    def in_force(_document: Document) -> Texts:
        return {language: DocumentWords("", words) for language, words in in_every_language(wording_in_force(purpose).text).items()}

    return _draft(house_slug(slug), DocumentKind.HOUSE_WORDING, in_force, by=by, now=now, texts=texts)


def _draft(
    slug: str, kind: DocumentKind, in_force: Callable[[Document], Texts], *, by: User | None, now: datetime, texts: Texts | None
) -> DocumentVersion:
    with transaction.atomic():
        Document.objects.get_or_create(
            slug=slug, defaults={"kind": kind, "default_language": organisation().languages[0], "created_at": now}
        )
        document = Document.objects.select_for_update(of=("self",)).get(slug=slug)
        if document.versions.filter(state__in=UNDER_WAY).exists():
            raise Conflict(_("A version is being written already: go on with that one."), code="version_under_way")
        latest = document.versions.order_by("-number").first()
        version = DocumentVersion.objects.create(
            document=document, number=latest.number + 1 if latest else 1, created_by=by, created_at=now
        )
        _write_texts(version, texts if texts is not None else in_force(document))
        journal.record("document.drafted", subject=version, at=now, actor_id=by.pk if by else None, number=version.number)
    return version


def edit_version(*, version_id: UUID, revision: int, texts: Texts, by: User, now: datetime) -> DocumentVersion:
    """Change the words of a version under way that nobody changed since `revision` was read; they replace all texts.

    A proposed one is changed too, so that what comments ask can be taken in; what it said when they were written stays with them.
    Facts: document.edited.  Raises: NotFound, Invalid by field, Conflict (`version_conflict`, `version_settled`).
    """
    with transaction.atomic():
        version = _locked(version_id)
        if version.state not in UNDER_WAY:
            raise Conflict(_("This version changes no more. Begin another one."), code="version_settled")
        if version.revision != revision:
            raise Conflict(
                _("Somebody else has changed this text meanwhile. What you typed is kept; compare before you save."),
                code="version_conflict",
                revision=version.revision,
            )
        if version.state == VersionState.PROPOSED:
            _refuse_unwritten(texts, version.document)
        version.revision += 1
        version.save(update_fields=["revision"])
        version.texts.all().delete()
        _write_texts(version, texts)
        journal.record("document.edited", subject=version, at=now, actor_id=by.pk, revision=version.revision)
    return version


def propose_version(
    *, version_id: UUID, comments_until: date, by: User | None, now: datetime, members_comment: bool = False
) -> DocumentVersion:
    """Open a draft for comments until the end of a day; whoever it binds is told by the hall that binds them.

    Facts: document.proposed.  Raises: NotFound, Invalid (the day, the words), Conflict (`not_a_draft`).
    """
    with transaction.atomic():
        version = _locked(version_id)
        if version.state != VersionState.DRAFT:
            raise Conflict(_("This version has been proposed already."), code="not_a_draft")
        _refuse_day("comments_until", comments_until, now=now)
        _refuse_unwritten(_words_of(version), version.document)
        version.state = VersionState.PROPOSED
        version.proposed_at, version.proposed_by = now, by
        version.comments_until, version.members_comment = comments_until, members_comment
        version.save(update_fields=["state", "proposed_at", "proposed_by", "comments_until", "members_comment"])
        journal.record("document.proposed", subject=version, at=now, actor_id=by.pk if by else None, number=version.number)
    return version


def adopt_version(
    *, version_id: UUID, by: User | None, now: datetime, agree_by: date | None = None, expected: int | None = None
) -> DocumentVersion:
    """Put a proposed version in force in the place of the one before it, and ask whoever it binds to agree until a day.

    Of a wording, which binds nobody, there is no such day: forms show the new words from then on.
    `expected` is the number of people to ask that was shown: another number stops it, and from `TYPED_FROM` on it must be
    said. Of two at once one succeeds. It is undone only by adopting another version.
    Facts: document.adopted.  Raises: NotFound, Invalid (the day), Conflict (`not_proposed`, `number_differs`).
    """
    with transaction.atomic():
        version = _locked(version_id)
        if version.state != VersionState.PROPOSED:
            raise Conflict(_("Only a proposed version is adopted, and once. Nothing was changed."), code="not_proposed")
        if version.document.kind == DocumentKind.CHARTER:
            _refuse_day("agree_by", agree_by, now=now)
        else:
            agree_by = None
        asked = len(bound_by(version.document.kind))
        if expected != asked and (expected is not None or asked >= TYPED_FROM):
            raise Conflict(
                _("The number has changed: it is %(number)s now. Look again before you go on.") % {"number": asked},
                code="number_differs",
                number=asked,
            )
        version.document.versions.filter(state=VersionState.ADOPTED).update(state=VersionState.SUPERSEDED, superseded_at=now)
        version.state = VersionState.ADOPTED
        version.adopted_at, version.adopted_by, version.agree_by = now, by, agree_by
        version.save(update_fields=["state", "adopted_at", "adopted_by", "agree_by"])
        journal.record("document.adopted", subject=version, at=now, actor_id=by.pk if by else None, number=version.number, asked=asked)
    return version


def withdraw_version(*, version_id: UUID, by: User, now: datetime) -> None:
    """Give up a version under way: a draft, which nobody was shown, is deleted; a proposed one stays, with what was said of it.

    Facts: document.withdrawn.  Raises: NotFound, Conflict (`version_settled`).
    """
    with transaction.atomic():
        version = _locked(version_id)
        if version.state not in UNDER_WAY:
            raise Conflict(_("This version changes no more. Begin another one."), code="version_settled")
        journal.record("document.withdrawn", subject=version, at=now, actor_id=by.pk, number=version.number)
        if version.state == VersionState.DRAFT:
            version.delete()
            return
        version.state = VersionState.WITHDRAWN
        version.withdrawn_at, version.withdrawn_by = now, by
        version.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])


def retire_version(*, version_id: UUID, by: User, now: datetime) -> None:
    """Take the organisation's own words back: forms show those of the software again. What was agreed to stays as it was read.

    Facts: document.retired.  Raises: NotFound, Conflict (`not_in_force`: not those in force, or no wording).
    """
    with transaction.atomic():
        version = _locked(version_id)
        if version.state != VersionState.ADOPTED or version.document.kind != DocumentKind.HOUSE_WORDING:
            raise Conflict(_("These words are not in force. Nothing was changed."), code="not_in_force")
        version.state, version.superseded_at = VersionState.SUPERSEDED, now
        version.save(update_fields=["state", "superseded_at"])
        journal.record("document.retired", subject=version, at=now, actor_id=by.pk, number=version.number)


def _locked(version_id: UUID) -> DocumentVersion:
    """Return a version that people write, its document locked: two steps at once take turns, and read what the first one left."""
    document = Document.objects.select_for_update(of=("self",)).filter(versions=version_id, kind__in=WRITTEN).first()
    if document is None:
        raise NotFound(code="version_unknown")
    version = DocumentVersion.objects.filter(pk=version_id).first()
    if version is None:
        raise NotFound(code="version_unknown")
    version.document = document
    return version


def _words_in_force(document: Document) -> Texts:
    in_force = document.versions.filter(state=VersionState.ADOPTED).first()
    if in_force is None:
        return {}
    return {text.language: DocumentWords(title=text.title, body=text.body) for text in in_force.texts.all()}


def _words_of(version: DocumentVersion) -> Texts:
    return {text.language: DocumentWords(text.title, text.body, text.summary) for text in version.texts.all()}


def _write_texts(version: DocumentVersion, texts: Texts) -> None:
    if unknown := sorted(set(texts) - dict(settings.LANGUAGES).keys()):
        raise Invalid(fields={"texts": [_("We do not write in %(languages)s here.") % {"languages": ", ".join(unknown)}]})
    titles = _titles(version.document)
    if titles and (fields := _not_beside_a_box(texts)):
        raise Invalid(_("Some fields need another look."), fields=fields)
    DocumentText.objects.bulk_create(
        DocumentText(
            version=version,
            language=language,
            title=titles.get(language) or typed(words.title).strip(),
            summary=typed(words.summary).strip(),
            body=" ".join(typed(words.body).split()) if titles else typed(words.body).strip(),
        )
        for language, words in texts.items()
        if words.title.strip() or words.body.strip()
    )


def _titles(document: Document) -> dict[str, str]:
    """Say what a wording is for, by language: its title, which nobody types; nothing for what is not a wording."""
    if document.kind != DocumentKind.HOUSE_WORDING:
        return {}
    slug = code_slug(document.slug)
    wording = next((each for each in newest_in_code().values() if each.slug == slug), None)
    return in_every_language(wording.title if wording else slug)


def _not_beside_a_box(texts: Texts) -> dict[str, list[str]]:
    """Say what does not fit beside a box, by field: one paragraph, and not a long one."""
    fields: dict[str, list[str]] = {}
    for language, words in texts.items():
        if len(words.body.strip()) > LONGEST_WORDING:
            fields[f"texts.{language}.body"] = [_("At most %(most)s letters fit here.") % {"most": LONGEST_WORDING}]
        elif len(paragraphs(words.body)) > 1:
            fields[f"texts.{language}.body"] = [_("Write one paragraph: it stands beside a box.")]
    return fields


def _refuse_unwritten(texts: Texts, document: Document) -> None:
    """Refuse to show a version without words in its own language, or half written in another; a wording is read in every language."""
    fields: dict[str, list[str]] = {}
    titles = _titles(document)
    written = {language for language, words in texts.items() if words.title.strip() or words.body.strip()}
    for language in sorted(written | {document.default_language} | titles.keys()):
        words = texts.get(language, DocumentWords("", ""))
        if not words.title.strip() and not titles:
            fields[f"texts.{language}.title"] = [_("Give it a title in each language in which you write it.")]
        if not words.body.strip():
            fields[f"texts.{language}.body"] = [_("Write the text: it is what people agree to.")]
    if fields:
        raise Invalid(_("Some fields need another look."), fields=fields)


def _refuse_day(field: str, day: date | None, *, now: datetime) -> None:
    today = day_of_house(now)
    if day is None or not today < day <= today + LONGEST_OPEN:
        raise Invalid(fields={field: [_("Choose a day after today, within a year.")]})
