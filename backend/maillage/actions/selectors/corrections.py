"""Corrections of a launched brief, and who is told of one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from maillage.actions.domain import SHOWN_TO_WHO_ORGANISES, ActionStatus, CorrectionPreview, Owes, TakeOverStatus
from maillage.actions.models import Action, Assignment, Correction, Opening, TakeOver
from maillage.actions.selectors.next_steps import reached, with_places
from maillage.kernel.errors import NotFound
from maillage.messaging.domain import BY_HAND, MessageStatus
from maillage.messaging.models import Message


@dataclass(frozen=True)
class Told:
    """An assignment whose one who acts read former words, and is told; by whom it is brought."""

    assignment: Assignment
    person_id: UUID
    is_by_hand: bool


@dataclass(frozen=True)
class Readers:
    """Who is told of a correction, and what is said of everybody."""

    told: list[Told]
    preview: CorrectionPreview


def corrections_of(action: Action) -> QuerySet[Correction]:
    """The corrections of an action, the latest first. Two queries."""
    return Correction.objects.filter(action=action).select_related("by__person").prefetch_related("texts").order_by("-version")


def correction_of(action_id: UUID, correction_id: UUID) -> Correction:
    """One of them. Raises: NotFound (`correction_unknown`)."""
    found = Correction.objects.filter(pk=correction_id, action_id=action_id).prefetch_related("texts").first()
    if found is None:
        raise NotFound(code="correction_unknown")
    return found


def changed_said(correction: Correction, *, language: str, default_language: str) -> str:
    """What a correction changed, in a language, else in the action's default one."""
    said = {text.language: text.changed for text in correction.texts.all()}
    return said.get(language) or said.get(default_language, "")


def told_of(corrections: list[Correction]) -> Mapping[Any, int]:
    """How many people were written to about each correction, or are brought it. One query."""
    ids = [one.pk for one in corrections]
    return Counter(Message.objects.filter(purpose="actions.corrected", about_id__in=ids).values_list("about_id", flat=True))


def corrected_readers(action: Action, *, before: int, of_version: int | None = None) -> Readers:
    """Say who is told that a version made those `before` it old: who acts, still owes something, and read one of them.

    `of_version`: only who read that one. Twelve queries at most.
    """
    assignments = [one for one in with_places(Assignment.objects.filter(action=action)) if one.acting_id and one.owes != Owes.NOTHING]
    if action.status != ActionStatus.LAUNCHED:
        assignments = []
    opened = Opening.objects.filter(action=action, person__isnull=False).exclude(way__in=SHOWN_TO_WHO_ORGANISES)
    opened = opened.filter(version__lt=before) if of_version is None else opened.filter(version=of_version)
    read = set(opened.values_list("seat_id", "person_id"))
    brought = set() if of_version is not None else _brought(assignments)
    readers = [one for one in assignments if (one.seat_id, one.acting_id) in read or one.pk in brought]
    mailed, by_hand = reached([one.acting_id for one in readers if one.acting_id], purpose="actions.corrected")
    told = [
        Told(assignment=one, person_id=one.acting_id, is_by_hand=one.acting_id in by_hand)
        for one in readers
        if one.acting_id and one.acting_id in mailed | by_hand
    ]
    people = {one.person_id: one.is_by_hand for one in told}
    return Readers(
        told=told,
        preview=CorrectionPreview(
            by_mail=sum(1 for is_by_hand in people.values() if not is_by_hand),
            by_hand=sum(people.values()),
            unopened=len({one.acting_id for one in assignments} - {one.acting_id for one in readers}),
            unreached=len({one.acting_id for one in readers} - people.keys()),
        ),
    )


def _brought(assignments: list[Assignment]) -> set[UUID]:
    """Those whose brief a human has passed on to who acts on them. Two queries."""
    taken_over = dict(
        TakeOver.objects.filter(assignment__in=assignments, status=TakeOverStatus.ACCEPTED).values_list("assignment_id", "pk")
    )
    about = {taken_over.get(one.pk, one.pk): one for one in assignments}
    passed_on = Message.objects.filter(
        purpose__in=["actions.brief", "actions.taken_over"], about_id__in=about, status=MessageStatus.SENT, channel__in=BY_HAND
    )
    return {
        about[about_id].pk
        for about_id, person_id in passed_on.values_list("about_id", "person_id")
        if about_id and about[about_id].acting_id == person_id
    }


def former_words(correction: Correction) -> dict[str, dict[str, str]]:
    """The words as they stood before a correction, by language."""
    return {
        text.language: {"title": text.title, "summary": text.summary, "brief": text.brief} for text in correction.texts.all() if text.brief
    }
