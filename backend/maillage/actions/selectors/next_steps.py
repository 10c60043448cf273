"""What an organiser can do about assignments that wait, and what it would do to whom."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import OuterRef, QuerySet

from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import (
    LEAVES_AFTER,
    REMINDERS_MOST,
    BoardState,
    Owes,
    StepKind,
    StepPreview,
    TakeOverStatus,
    excused_until,
    leaves_at,
    may_be_reminded,
)
from maillage.actions.models import Action, Assignment, BoardStep, Reminder, TakeOver
from maillage.actions.selectors.board import board_assignments
from maillage.kernel.errors import NotFound
from maillage.messaging.selectors.circumstances import reached_by_hand
from maillage.people.domain import Channel
from maillage.people.models import ConsentState
from maillage.people.selectors import email_addresses
from maillage.relays.models import Term


@dataclass(frozen=True)
class Due:
    """An assignment whose one who acts would be reminded: the `number`-th time, when, and by whom it is brought."""

    assignment: Assignment
    take_over_id: UUID | None
    number: int
    leaves_at: datetime
    is_by_hand: bool


@dataclass(frozen=True)
class Relaunch:
    """Whom a relaunch reaches, and what it says of everybody."""

    due: list[Due]
    preview: StepPreview


def chosen_assignments(user: Actor, action: Action, assignment_ids: Collection[UUID] | None, *, now: datetime) -> list[UUID]:
    """The assignments that a user chose on the board, or with None the late ones, of those that they watch. One query.

    Raises: NotFound (`assignment_unknown`: one of them is not theirs to act on).
    """
    watched = board_assignments(user, action, now=now)
    if assignment_ids is None:
        return list(watched.filter(state=BoardState.LATE).order_by("pk").values_list("pk", flat=True))
    found = list(watched.filter(pk__in=assignment_ids).order_by("pk").values_list("pk", flat=True))
    if len(found) != len(set(assignment_ids)):
        raise NotFound(code="assignment_unknown")
    return found


def with_places(assignments: QuerySet[Assignment]) -> QuerySet[Assignment]:
    """Assignments with the action and the place that the rules ask for."""
    return assignments.select_related("action", "seat__area").order_by("pk")


def relaunch_of(assignments: Sequence[Assignment], *, now: datetime) -> Relaunch:
    """Say whom a relaunch of these assignments would remind. Ten queries at most."""
    sent, under_way, taken_over = reminders_of(assignments)
    pausing = paused_of(assignments)
    waiting, to_call, paused, passed_over = [], 0, 0, 0
    for one in assignments:
        may = may_be_reminded(owed=one.owes, ends_at=one.action.ends_at, excused_until=one.excused_until, now=now)
        if not may or one.pk in under_way:
            passed_over += 1
        elif one.pk in pausing:
            paused += 1
        elif sent.get(one.pk, 0) >= REMINDERS_MOST:
            to_call += 1
        else:
            waiting.append(one)
    mailed, by_hand = reached([one.acting_id for one in waiting if one.acting_id], purpose="actions.reminder")
    due = [
        Due(
            assignment=one,
            take_over_id=taken_over.get(one.pk),
            number=sent.get(one.pk, 0) + 1,
            leaves_at=leaves_at(now=now, zone=one.seat.area.time_zone),
            is_by_hand=one.acting_id in by_hand,
        )
        for one in waiting
        if one.acting_id in mailed | by_hand
    ]
    return Relaunch(
        due=due,
        preview=StepPreview(
            kind=StepKind.RELAUNCH,
            number=len(due),
            by_mail=sum(1 for one in due if not one.is_by_hand),
            by_hand=sum(1 for one in due if one.is_by_hand),
            in_the_morning=sum(1 for one in due if one.leaves_at > now + LEAVES_AFTER),
            to_call=to_call,
            unreached=len(waiting) - len(due),
            paused=paused,
            passed_over=passed_over,
            leaves_at=min((one.leaves_at for one in due), default=None),
        ),
    )


def excusable(assignments: Iterable[Assignment], *, now: datetime) -> list[Assignment]:
    """Those of which somebody owes something and is not excused already."""
    return [one for one in assignments if one.owes != Owes.NOTHING and (one.excused_until is None or one.excused_until <= now)]


def excuse_of(assignments: Sequence[Assignment], *, now: datetime) -> StepPreview:
    """Say what excusing for today would do."""
    found = excusable(assignments, now=now)
    return StepPreview(
        kind=StepKind.EXCUSE,
        number=len(found),
        passed_over=len(assignments) - len(found),
        until=min((excused_until(now=now, zone=one.seat.area.time_zone) for one in found), default=None),
    )


def standing_excuses(assignment: UUID | OuterRef) -> QuerySet[BoardStep]:
    """The steps that excused somebody of an assignment and were not undone."""
    return BoardStep.objects.filter(assignments=assignment, kind=StepKind.EXCUSE, undone_at__isnull=True)


def reminders_of(assignments: Sequence[Assignment]) -> tuple[dict[UUID, int], set[UUID], dict[UUID, UUID]]:
    """Return how often who acts now was reminded of each assignment, those with a reminder on its way, and the take-over of
    those that a neighbour took over. Two queries."""
    ids = [one.pk for one in assignments]
    open_ones = TakeOver.objects.filter(assignment_id__in=ids, status=TakeOverStatus.ACCEPTED)
    taken_over = dict(open_ones.values_list("assignment_id", "pk"))
    sent: dict[UUID, int] = {}
    under_way: set[UUID] = set()
    for row in Reminder.objects.filter(assignment_id__in=ids):
        if row.take_over_id != taken_over.get(row.assignment_id):
            continue
        if row.sent_at is None:
            under_way.add(row.assignment_id)
        else:
            sent[row.assignment_id] = sent.get(row.assignment_id, 0) + 1
    return sent, under_way, taken_over


def paused_of(assignments: Iterable[Assignment]) -> set[UUID]:
    """Return those of which whoever acts pauses, so that nothing is asked of them: a holder in that seat, a neighbour in each of theirs.

    One query.
    """
    asked = [(one, person_id) for one in assignments if (person_id := one.acting_id)]
    terms: dict[UUID, list[tuple[UUID, bool]]] = {}
    running = Term.objects.filter(person_id__in={person_id for _one, person_id in asked}, ends_at__isnull=True)
    for person_id, seat_id, paused_at in running.values_list("person_id", "seat_id", "paused_at"):
        terms.setdefault(person_id, []).append((seat_id, paused_at is not None))
    found: set[UUID] = set()
    for one, person_id in asked:
        theirs = [is_paused for seat_id, is_paused in terms.get(person_id, []) if one.neighbour_id or seat_id == one.seat_id]
        if theirs and all(theirs):
            found.add(one.pk)
    return found


def reached(person_ids: Collection[UUID], *, purpose: str) -> tuple[set[UUID], set[UUID]]:
    """Return whom a mail of a purpose reaches, and to whom a human brings it. Who stopped it, or briefs, is in neither.

    Seven queries at most.
    """
    addressed = email_addresses(list(person_ids)).keys()
    refused = ConsentState.objects.filter(
        person_id__in=person_ids, purpose__in=[purpose, "actions.brief"], channel=Channel.EMAIL, is_given=False
    )
    briefed_by_hand = reached_by_hand(set(person_ids) - addressed, purpose="actions.brief")
    by_hand = reached_by_hand(briefed_by_hand, purpose=purpose)
    return set(addressed) - set(refused.values_list("person_id", flat=True)), by_hand
