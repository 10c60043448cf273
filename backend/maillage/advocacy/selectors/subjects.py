"""What positions are about."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.selectors.grants import Actor
from maillage.advocacy.models import Subject, SubjectText
from maillage.kernel.errors import NotFound


@dataclass(frozen=True)
class SubjectReach:
    """What a user may do with subjects: `reads` who organises or holds a seat, `leads` who organises a whole country."""

    reads: bool
    organises: bool
    leads: bool


def subject_reach(user: Actor, *, now: datetime) -> SubjectReach:
    """Say it of a user. One query."""
    held = set(accounts.running_grants(user, now=now).values_list("role", "area__kind__level"))
    roles = {role for role, _level in held}
    return SubjectReach(
        reads=bool(roles & {Role.ORGANISER, *HOLDERS}), organises=Role.ORGANISER in roles, leads=(Role.ORGANISER, 0) in held
    )


def subjects_seen(reach: SubjectReach) -> QuerySet[Subject]:
    """The subjects, the newest first, for who reads them. Raises: NotFound, for everybody else."""
    if not reach.reads:
        raise NotFound(code="subject_unknown")
    return Subject.objects.prefetch_related("texts").order_by("-opened_at", "-id")


def subject_seen(reach: SubjectReach, subject_id: UUID) -> Subject:
    """One of them. Raises: NotFound."""
    found = subjects_seen(reach).filter(pk=subject_id).first()
    if found is None:
        raise NotFound(code="subject_unknown")
    return found


def subject_text(subject: Subject, *, language: str) -> SubjectText:
    """A subject's words in a language, else in its default one."""
    texts = {text.language: text for text in subject.texts.all()}
    return texts.get(language) or texts[subject.default_language]


def titled(subject: str, word: str = "title") -> Coalesce:
    """A subject's title (or `decision`) in the reader's language, for a queryset's rows: `subject` is the path to its id."""
    said = SubjectText.objects.filter(subject_id=OuterRef(subject))
    own = said.filter(language=get_language() or "")
    default = said.filter(language=F("subject__default_language"))

    def first(rows: QuerySet[SubjectText]) -> Subquery:
        return Subquery(rows.values(word)[:1], output_field=CharField())

    values: Any = (first(own), first(default))
    return Coalesce(*values)
