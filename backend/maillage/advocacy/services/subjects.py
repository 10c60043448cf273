"""What positions are about: opened, edited, closed."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.advocacy.domain.subjects import Words, subject_troubles
from maillage.advocacy.models import Subject, SubjectText
from maillage.kernel.errors import Conflict, Invalid, NotFound


def open_subject(*, texts: Mapping[str, Words], default_language: str, by: User | None, now: datetime) -> Subject:
    """Open a subject on which everybody who decides is asked where they stand.

    Facts: subject.opened.  Raises: Invalid by field.
    """
    _check(texts, default_language)
    with transaction.atomic():
        subject = Subject.objects.create(default_language=default_language, opened_by=by, opened_at=now)
        _write_texts(subject, texts)
        journal.record("subject.opened", subject=subject, at=now, actor_id=by.pk if by else None)
    return subject


def edit_subject(*, subject_id: UUID, version: int, texts: Mapping[str, Words], default_language: str, by: User, now: datetime) -> Subject:
    """Change the words of a subject that has not changed since `version` was read; what was said on it stays.

    Facts: subject.edited.  Raises: NotFound, Invalid by field, Conflict (`version_conflict`, `subject_closed`).
    """
    _check(texts, default_language)
    with transaction.atomic():
        subject = locked_subject(subject_id)
        if subject.closed_at is not None:
            raise subject_closed()
        if subject.version != version:
            raise version_conflict(subject.version)
        subject.default_language = default_language
        subject.version += 1
        subject.save(update_fields=["default_language", "version"])
        subject.texts.all().delete()
        _write_texts(subject, texts)
        journal.record("subject.edited", subject=subject, at=now, actor_id=by.pk, version=subject.version)
    return subject


def close_subject(*, subject_id: UUID, by: User, now: datetime) -> Subject:
    """Close a subject: nothing new is said on it by hand, and what was said stays. Safe to repeat.

    Facts: subject.closed.  Raises: NotFound.
    """
    with transaction.atomic():
        subject = locked_subject(subject_id)
        if subject.closed_at is None:
            subject.closed_at = now
            subject.save(update_fields=["closed_at"])
            journal.record("subject.closed", subject=subject, at=now, actor_id=by.pk)
    return subject


def locked_subject(subject_id: UUID) -> Subject:
    """Return a subject, locked until the transaction ends. Raises: NotFound."""
    found = Subject.objects.select_for_update(no_key=True).filter(pk=subject_id).first()
    if found is None:
        raise NotFound(code="subject_unknown")
    return found


def require_open_subject(subject_id: UUID) -> Subject:
    """Return a subject on which something new may be said.

    Raises: Invalid (subject), Conflict (`subject_closed`).
    """
    found = Subject.objects.filter(pk=subject_id).first()
    if found is None:
        raise Invalid(code="subject_unknown", fields={"subject": [_("There is no such subject.")]})
    if found.closed_at is not None:
        raise subject_closed()
    return found


def subject_closed() -> Conflict:
    """Why nothing changes on a subject any more."""
    return Conflict(_("This subject is closed. What was said on it stays."), code="subject_closed")


def version_conflict(version: int) -> Conflict:
    """Why what was typed is not saved over what somebody else wrote."""
    return Conflict(
        _("Somebody else has changed this meanwhile. What you typed is kept; compare before you save."),
        code="version_conflict",
        version=version,
    )


def _check(texts: Mapping[str, Words], default_language: str) -> None:
    if troubles := subject_troubles(texts, default_language=default_language, languages=dict(settings.LANGUAGES)):
        raise Invalid(_("Some fields need another look."), fields=troubles)


def _write_texts(subject: Subject, texts: Mapping[str, Words]) -> None:
    SubjectText.objects.bulk_create(
        SubjectText(subject=subject, language=language, title=words["title"].strip(), decision=words["decision"].strip())
        for language, words in texts.items()
    )
