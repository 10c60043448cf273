"""What organisers did from the board, and what happened to one line of it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Exists, ExpressionWrapper, Min, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Concat

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.domain import OPEN_TAKE_OVER, ActionStatus, Answer, StepKind, TakeOverStatus, Way
from maillage.actions.domain.history import Happened, Happening
from maillage.actions.models import Action, Assignment, BoardStep, Opening, Reminder, TakeOver
from maillage.actions.selectors.actions import reach_of
from maillage.actions.selectors.board import board_assignments
from maillage.actions.selectors.next_steps import standing_excuses
from maillage.kernel.errors import NotFound
from maillage.relays.models import Term
from maillage.territories.models import called

STEPS_SHOWN = 50

_FULL_NAME = Concat("person__given_name", Value(" "), "person__family_name")

_ANSWERS = {Answer.ACCEPTED: Happening.ACCEPTED, Answer.DECLINED: Happening.DECLINED, Answer.BLOCKED: Happening.BLOCKED}
_TAKEN_OVER = {
    TakeOverStatus.ACCEPTED: Happening.TAKEN_OVER,
    TakeOverStatus.DECLINED: Happening.DECLINED_NEXT_DOOR,
    TakeOverStatus.WITHDRAWN: Happening.WITHDRAWN_NEXT_DOOR,
}


@dataclass(frozen=True)
class StepSeen:
    """A step of the board. `undo_until`: when it can be undone no more; None: at the end of the action, or once the neighbour reported.

    `place` and `neighbour` are said of a step to one assignment. `is_whole`: the reader organises all its lines. `named`: the people
    whom it names, by whom it was taken too.
    """

    step: BoardStep
    by: str
    place: str
    neighbour: str
    is_whole: bool
    can_undo: bool
    undo_until: datetime | None
    named: frozenset[UUID]


@dataclass(frozen=True)
class Asked:
    """A question to a neighbour; who organises other places reads by name who took one over, not who was asked in vain."""

    question: TakeOver
    name: str
    person_id: UUID | None


def steps_seen(
    user: Actor, action: Action, *, now: datetime, step_id: UUID | None = None, assignment_id: UUID | None = None
) -> list[StepSeen]:
    """What organisers did from the board of an action to lines that a user watches, or to one of them, the latest first. Two queries.

    What the rule for vacant seats did is told with each line only.
    """
    watched = board_assignments(user, action, now=now)
    touching = BoardStep.assignments.through.objects.filter(boardstep=OuterRef("pk"))
    steps = BoardStep.objects.filter(Exists(touching.filter(assignment__in=watched.values("pk"))), action=action)
    if step_id is not None:
        steps = steps.filter(pk=step_id)
    if assignment_id is not None:
        steps = steps.filter(assignments=assignment_id)
    if step_id is None and assignment_id is None:
        steps = steps.filter(is_by_rule=False)
    found = list(_told(steps, _is_named_to(user, now=now)).select_related("by__person").order_by("-at", "-pk")[:STEPS_SHOWN])
    elsewhere: set[UUID] = set()
    if not reach_of(action).organises_all:
        outside = touching.exclude(assignment__in=watched.values("pk"))
        elsewhere = set(steps.filter(Exists(outside)).values_list("pk", flat=True))
    return [_seen(step, action, is_whole=step.pk not in elsewhere, now=now) for step in found]


def step_seen(user: Actor, action: Action, step_id: UUID, *, now: datetime) -> StepSeen:
    """One step that touched a line which a user watches. Raises: NotFound."""
    found = next(iter(steps_seen(user, action, now=now, step_id=step_id)), None)
    if found is None:
        raise NotFound(code="step_unknown")
    return found


def watched_line(user: Actor, action: Action, assignment_id: UUID, *, now: datetime) -> Assignment:
    """One line of a board that a user watches, with its action, place and report. Raises: NotFound."""
    watched = board_assignments(user, action, now=now).select_related("action", "seat__area", "report")
    found: Assignment | None = watched.filter(pk=assignment_id).first()
    if found is None:
        raise NotFound(code="assignment_unknown")
    return found


def open_question(user: Actor, assignment: Assignment, *, now: datetime) -> Asked | None:
    """Whom next door somebody asked about an assignment, or who took it over, as far as it is told to a user. One query."""
    found = _questions(user, assignment, now=now).filter(status__in=OPEN_TAKE_OVER).first()
    return _asked(found) if found else None


def history_of(user: Actor, assignment: Assignment, *, now: datetime) -> list[Happened]:
    """What happened to one assignment, in order, as far as it is told to a user. Five queries."""
    action = assignment.action
    told = [Happened(at=assignment.asked_at, what=Happening.ASKED)] if assignment.holder_id else []
    if assignment.answered_at and (said := _ANSWERS.get(Answer(assignment.answer))):
        told.append(Happened(at=assignment.answered_at, what=said))
    told += [
        Happened(at=at, what=what)
        for at, what in ((action.starts_at, Happening.STARTED), (action.ends_at, Happening.ENDED))
        if at <= now and (action.stopped_at is None or at <= action.stopped_at)
    ]
    for reminder in Reminder.objects.filter(assignment=assignment, sent_at__isnull=False):
        if reminder.sent_at:
            told.append(Happened(at=reminder.sent_at, what=Happening.REMINDED, number=reminder.number))
    for question in _questions(user, assignment, now=now).filter(sent_at__isnull=False):
        asked = _asked(question)
        if question.sent_at:
            told.append(Happened(at=question.sent_at, what=Happening.ASKED_NEXT_DOOR, who=asked.name, person_id=asked.person_id))
        if question.answered_at and (became := _TAKEN_OVER.get(TakeOverStatus(question.status))):
            told.append(Happened(at=question.answered_at, what=became, who=asked.name, person_id=asked.person_id))
    excuses = assignment.steps.filter(kind=StepKind.EXCUSE, undone_at__isnull=True).select_related("by__person")
    for step in excuses:
        by = getattr(step.by, "person", None)
        told.append(Happened(at=step.at, what=Happening.EXCUSED, who=by.full_name if by else "", person_id=by.pk if by else None))
    told += _openings_of(assignment)
    report = getattr(assignment, "report", None)
    if report is not None:
        told.append(Happened(at=report.reported_at, what=Happening.REPORTED))
    return sorted(told, key=lambda one: one.at)


def _openings_of(assignment: Assignment) -> list[Happened]:
    """When each reader first opened each version of the brief of its seat. One query."""
    opened = Opening.objects.filter(action_id=assignment.action_id, seat_id=assignment.seat_id).exclude(way=Way.PREVIEW)
    first = opened.values("person_id", "user__email", "version", name=_FULL_NAME).annotate(at=Min("opened_at"))
    return [
        Happened(
            at=one["at"],
            what=Happening.OPENED,
            number=one["version"],
            who=one["name"].strip() or one["user__email"] or "",
            person_id=one["person_id"],
        )
        for one in first
    ]


def _is_named_to(user: Actor, *, now: datetime) -> Q:
    """Whether a question names its neighbour to a user: who took the place over, and who holds a seat that the user organises."""
    held = Term.objects.filter(accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now), ends_at__isnull=True)
    return Q(status=TakeOverStatus.ACCEPTED) | Q(Exists(held.filter(person=OuterRef("person_id"))))


def _questions(user: Actor, assignment: Assignment, *, now: datetime) -> QuerySet[Any]:
    """What neighbours were asked about an assignment; `is_named`: the user reads by name whom."""
    named = ExpressionWrapper(_is_named_to(user, now=now), output_field=BooleanField())
    return TakeOver.objects.filter(assignment=assignment).annotate(is_named=named).select_related("person")


def _asked(question: Any) -> Asked:
    person = question.person if question.is_named else None
    return Asked(question=question, name=person.full_name if person else "", person_id=person.pk if person else None)


def _told(steps: QuerySet[BoardStep], is_named: Q) -> QuerySet[Any]:
    """Add where a step stands, and the one place and neighbour that it spoke of. One query."""
    touched = Assignment.objects.filter(steps=OuterRef("pk"))
    excused_since = Exists(standing_excuses(OuterRef("pk")).filter(at__gt=OuterRef(OuterRef("at"))))
    excused = touched.filter(excused_until__isnull=False).exclude(excused_since).order_by("-excused_until")
    reminders = Reminder.objects.filter(step=OuterRef("pk"))
    questions = TakeOver.objects.filter(step=OuterRef("pk"))
    named = questions.filter(is_named).annotate(name=Concat("person__given_name", Value(" "), "person__family_name"))
    return steps.annotate(
        place=Subquery(touched.annotate(place=called("seat__area")).values("place")[:1]),
        excused_until=Subquery(excused.values("excused_until")[:1]),
        leaves_at=Subquery(reminders.order_by("leaves_at").values("leaves_at")[:1]),
        has_sent=Exists(reminders.filter(sent_at__isnull=False)),
        is_open=Exists(questions.filter(status__in=OPEN_TAKE_OVER).exclude(assignment__answer=Answer.REPORTED)),
        neighbour_id=Subquery(named.values("person_id")[:1]),
        neighbour=Subquery(named.values("name")[:1]),
    )


def _seen(step: Any, action: Action, *, is_whole: bool, now: datetime) -> StepSeen:
    until: datetime | None = {StepKind.RELAUNCH: step.leaves_at, StepKind.EXCUSE: step.excused_until}.get(step.kind)
    stands = {
        StepKind.RELAUNCH: step.leaves_at is not None and not step.has_sent,
        StepKind.HAND_OVER: step.is_open and now < action.ends_at,
        StepKind.EXCUSE: until is not None and now < until,
    }[StepKind(step.kind)]
    by = getattr(step.by, "person", None)
    return StepSeen(
        step=step,
        by=by.full_name if by else "",
        place=step.place if step.number == 1 else "",
        neighbour=(step.neighbour or "").strip(),
        is_whole=is_whole,
        can_undo=step.undone_at is None and action.status == ActionStatus.LAUNCHED and is_whole and stands,
        undo_until=until,
        named=frozenset(id for id in (by.pk if by else None, step.neighbour_id) if id),
    )
