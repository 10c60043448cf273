"""Corrections of a launched brief, and who is told of one."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.actions.domain import SHOWN_TO_WHO_ORGANISES, ActionStatus, CorrectionPreview, Owes, TakeOverStatus
from maillage.actions.models import Action, Assignment, Correction, Opening, TakeOver
from maillage.actions.selectors.next_steps import reached, with_places
from maillage.kernel.errors import NotFound
from maillage.messaging.domain import BY_HAND, MessageStatus
from maillage.messaging.models import Message
from maillage.people.domain import Channel

WORDS_TAKEN = timedelta(minutes=1)
"""A mail that is sent so shortly after a correction may still bear the words before it."""


@dataclass(frozen=True)
class Told:
    """An assignment whose one who acts has former words, and is told; by whom it is brought."""

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
    """Say who is told that a version made those `before` it old: who acts, still owes something, and was sent or read one of them.

    `of_version`: only who has that one. Thirteen queries at most.
    """
    assignments = [one for one in with_places(Assignment.objects.filter(action=action)) if one.acting_id and one.owes != Owes.NOTHING]
    if action.status != ActionStatus.LAUNCHED:
        assignments = []
    opened = Opening.objects.filter(action=action, person__isnull=False).exclude(way__in=SHOWN_TO_WHO_ORGANISES)
    opened = opened.filter(version__lt=before) if of_version is None else opened.filter(version=of_version)
    read = set(opened.values_list("seat_id", "person_id"))
    sent = _sent(assignments, _of_former_words(action, before=before, of_version=of_version))
    readers = [one for one in assignments if (one.seat_id, one.acting_id) in read or one.pk in sent]
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
            unread=len({one.acting_id for one in assignments} - {one.acting_id for one in readers}),
            unreached=len({one.acting_id for one in readers} - people.keys()),
        ),
    )


def _of_former_words(action: Action, *, before: int, of_version: int | None) -> Q:
    """Say which sent briefs bore those words: a mail says the words of the moment at which it is sent. One query.

    A human may pass on a letter that was printed earlier: theirs are told of every correction, and of none that is undone.
    """
    corrected_at = Correction.objects.filter(action=action, version=of_version or before).values_list("corrected_at", flat=True).first()
    if of_version is not None:
        return Q(channel=Channel.EMAIL, sent_at__gte=corrected_at)
    mailed = Q(channel=Channel.EMAIL, sent_at__lt=corrected_at + WORDS_TAKEN) if corrected_at else Q(channel=Channel.EMAIL)
    return mailed | Q(channel__in=BY_HAND)


def _sent(assignments: list[Assignment], chosen: Q) -> set[UUID]:
    """Those whose brief was mailed or passed on to who acts on them, of the chosen messages. Two queries."""
    taken_over = dict(
        TakeOver.objects.filter(assignment__in=assignments, status=TakeOverStatus.ACCEPTED).values_list("assignment_id", "pk")
    )
    about = {taken_over.get(one.pk, one.pk): one for one in assignments}
    passed_on = Message.objects.filter(
        chosen, purpose__in=["actions.brief", "actions.taken_over"], about_id__in=about, status=MessageStatus.SENT
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
