"""What is said about a proposed version, and what its writers answer."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.text import typed
from maillage.people.domain import CommentState, VersionState, Voice, paragraphs
from maillage.people.models import DocumentComment, DocumentText, DocumentVersion
from maillage.people.selectors.organisation import day_of_house

MOST_COMMENTS = 50
"""What one person says about one version: more is a text of their own."""


def write_comment(
    *, version_id: UUID, person_id: UUID, voice: Voice, language: str, words: str, now: datetime, paragraph: int | None = None
) -> DocumentComment:
    """Keep what somebody says about a proposed version, on one of its paragraphs (from 0) or on the whole.

    Facts: comment.written.  Raises: NotFound, Invalid (words, paragraph), Conflict (`comments_closed`, `too_many_comments`).
    """
    said = typed(words).strip()
    if not said:
        raise Invalid(fields={"words": [_("Write what you would change, or keep.")]})
    with transaction.atomic():
        version = DocumentVersion.objects.select_for_update(of=("self",), no_key=True).filter(pk=version_id).first()
        if version is None:
            raise NotFound(code="version_unknown")
        if not takes_comments(version, now=now):
            raise Conflict(_("Comments on this version are closed."), code="comments_closed")
        if DocumentComment.objects.filter(version=version, author_id=person_id).count() >= MOST_COMMENTS:
            raise Conflict(_("You have said much about this version already. Write to an organiser."), code="too_many_comments")
        comment = DocumentComment.objects.create(
            version=version,
            author_id=person_id,
            voice=voice,
            language=language,
            paragraph=_paragraph(version, language, paragraph),
            words=said,
            written_at=now,
        )
        journal.record("comment.written", subject=comment, at=now, version_id=version.pk, person_id=person_id)
    return comment


def take_back_comment(*, comment_id: UUID, person_id: UUID, now: datetime) -> None:
    """Delete a comment of one's own that nobody answered yet.

    Facts: comment.taken_back.  Raises: NotFound, Conflict (`comment_answered`).
    """
    with transaction.atomic():
        comment = DocumentComment.objects.select_for_update(of=("self",)).filter(pk=comment_id, author_id=person_id).first()
        if comment is None:
            raise NotFound(code="comment_unknown")
        if comment.state != CommentState.OPEN:
            raise Conflict(_("It has its answer, and stays beside it."), code="comment_answered")
        journal.record("comment.taken_back", subject=comment, at=now, version_id=comment.version_id)
        comment.delete()


def answer_comment(*, comment_id: UUID, state: CommentState, answer: str, by: User, now: datetime) -> DocumentComment:
    """Say what became of a comment, in words that its author and all readers see; a second answer corrects the first.

    Facts: comment.answered.  Raises: NotFound, Invalid (no words).
    """
    said = typed(answer).strip()
    if not said or state == CommentState.OPEN:
        raise Invalid(fields={"answer": [_("Write a sentence: it is what the author reads.")]})
    with transaction.atomic():
        comment = DocumentComment.objects.select_for_update(of=("self",)).filter(pk=comment_id).first()
        if comment is None:
            raise NotFound(code="comment_unknown")
        comment.state, comment.answer = state, said
        comment.answered_at, comment.answered_by = now, by
        comment.save(update_fields=["state", "answer", "answered_at", "answered_by"])
        journal.record("comment.answered", subject=comment, at=now, actor_id=by.pk, version_id=comment.version_id, state=str(state))
    return comment


def takes_comments(version: DocumentVersion, *, now: datetime) -> bool:
    """Say whether a version is open for comments today."""
    return version.state == VersionState.PROPOSED and version.comments_until is not None and day_of_house(now) <= version.comments_until


def _paragraph(version: DocumentVersion, language: str, index: int | None) -> str:
    """Return a paragraph as it reads now. Raises: Invalid."""
    if index is None:
        return ""
    body = DocumentText.objects.filter(version=version, language=language).values_list("body", flat=True).first()
    found = paragraphs(body or "")
    if not 0 <= index < len(found):
        raise Invalid(fields={"paragraph": [_("The text has changed: choose the paragraph again.")]})
    return found[index]
