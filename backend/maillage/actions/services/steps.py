"""What an organiser does from the board: relaunch, hand to a neighbour, excuse; and undo it."""

from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.actions.domain import OPEN_TAKE_OVER, ActionStatus, Answer, StepKind, TakeOverStatus, excused_until, leaves_at
from maillage.actions.models import Action, Assignment, BoardStep, Reminder, TakeOver
from maillage.actions.selectors.neighbours import neighbours_of
from maillage.actions.selectors.next_steps import excusable, relaunch_of, standing_excuses, with_places
from maillage.actions.services.launches import check_number
from maillage.actions.services.reminders import send_reminders
from maillage.actions.services.take_overs import close_take_over, send_question
from maillage.kernel.daytime import by_day
from maillage.kernel.errors import Conflict, NotFound


def relaunch(*, action_id: UUID, assignment_ids: Collection[UUID], by: User, now: datetime, expected: int) -> BoardStep:
    """Remind whoever owes something of these assignments, in ten minutes, by night at 8:00 of the place.

    `expected` is the number that the organiser was shown. Who was reminded twice is called by a human.
    Facts: board_step.taken.  Raises: NotFound, Conflict (`not_running`, `number_differs`, `nobody_to_remind`).
    """
    with transaction.atomic():
        action = _running(action_id)
        due = relaunch_of(_locked(action, assignment_ids), now=now).due
        check_number(expected, len(due))
        if not due:
            raise Conflict(_("There is nobody to remind here."), code="nobody_to_remind")
        step = _take(action, StepKind.RELAUNCH, [one.assignment for one in due], by=by, now=now)
        Reminder.objects.bulk_create(
            Reminder(assignment=one.assignment, take_over_id=one.take_over_id, number=one.number, step=step, leaves_at=one.leaves_at)
            for one in due
        )
        _send_later(step, {one.leaves_at for one in due})
    return step


def hand_over(*, action_id: UUID, assignment_id: UUID, neighbour_id: UUID, by: User, now: datetime) -> BoardStep:
    """Ask a neighbour to take an assignment over, by a mail that leaves in ten minutes, by night at 8:00 of the place.

    Facts: board_step.taken.
    Raises: NotFound (`neighbour_unknown`: nobody of next door whom `by` can ask), Conflict (`not_running`, `window_over`,
    `already_reported`, `neighbour_asked`).
    """
    with transaction.atomic():
        action = _running(action_id)
        assignment = next(iter(_locked(action, [assignment_id])), None)
        if assignment is None:
            raise NotFound(code="assignment_unknown")
        if action.ends_at <= now:
            raise Conflict(_("This action has ended: nobody can take it over any more."), code="window_over")
        if assignment.answer == Answer.REPORTED:
            raise Conflict(_("The report of this place has arrived. There is nothing left to hand over."), code="already_reported")
        if TakeOver.objects.filter(assignment=assignment, status__in=OPEN_TAKE_OVER).exists():
            raise Conflict(_("A neighbour has been asked already. Take that back first."), code="neighbour_asked")
        if neighbour_id not in {one.person_id for one in neighbours_of(by, assignment, now=now).people}:
            raise NotFound(code="neighbour_unknown")
        return ask_next_door(assignment, neighbour_id, by=by, now=now)


def ask_next_door(assignment: Assignment, person_id: UUID, *, by: User | None, now: datetime, is_by_rule: bool = False) -> BoardStep:
    """Take the step that asks somebody next door about a locked assignment. Facts: board_step.taken."""
    step = _take(assignment.action, StepKind.HAND_OVER, [assignment], by=by, now=now, is_by_rule=is_by_rule)
    leaves = leaves_at(now=now, zone=assignment.seat.area.time_zone)
    TakeOver.objects.create(assignment=assignment, person_id=person_id, step=step, asked_at=now, leaves_at=leaves)
    _send_later(step, {leaves})
    return step


def excuse(*, action_id: UUID, assignment_ids: Collection[UUID], by: User, now: datetime, expected: int) -> BoardStep:
    """Excuse whoever owes something of these assignments until midnight of their place: not late, and not reminded, until then.

    Facts: board_step.taken, assignment.excused, each.
    Raises: NotFound, Conflict (`not_running`, `number_differs`, `nobody_to_excuse`).
    """
    with transaction.atomic():
        action = _running(action_id)
        found = excusable(_locked(action, assignment_ids), now=now)
        check_number(expected, len(found))
        if not found:
            raise Conflict(_("There is nobody to excuse here."), code="nobody_to_excuse")
        step = _take(action, StepKind.EXCUSE, found, by=by, now=now)
        for one in found:
            one.excused_until = excused_until(now=now, zone=one.seat.area.time_zone)
            journal.record("assignment.excused", subject=one, at=now, actor_id=by.pk, action_id=action.pk, until=one.excused_until)
        Assignment.objects.bulk_update(found, ["excused_until"])
    return step


def undo_step(*, step_id: UUID, by: User, now: datetime) -> BoardStep:
    """Undo what an organiser did: as if it had never been, before its mails leave. Safe to repeat.

    A question to a neighbour can be taken back after that too, until the end or the report (its page then says so, and who had
    said yes is told by mail), and an excuse while it lasts; who was excused anew since stays so.
    Facts: board_step.undone.  Raises: NotFound, Conflict (`not_running`, `window_over`, `step_over`: it can be undone no more).
    """
    with transaction.atomic():
        step = BoardStep.objects.select_for_update(of=("self",)).filter(pk=step_id).first()
        if step is None:
            raise NotFound(code="step_unknown")
        if step.undone_at is not None:
            return step
        action = _running(step.action_id)
        if step.kind == StepKind.HAND_OVER and action.ends_at <= now:
            raise Conflict(_("This action has ended: whoever was to go still reports, and nothing is taken back."), code="window_over")
        assignments = list(with_places(step.assignments.all()).select_for_update(of=("self",)))
        undone = {StepKind.RELAUNCH: _undo_relaunch, StepKind.HAND_OVER: _undo_hand_over, StepKind.EXCUSE: _undo_excuse}
        if not undone[StepKind(step.kind)](step, assignments, now):
            raise Conflict(_("This can be undone no more."), code="step_over")
        step.undone_at, step.undone_by = now, by
        step.save(update_fields=["undone_at", "undone_by"])
        _show(assignments, now=now)
        journal.record("board_step.undone", subject=step, at=now, actor_id=by.pk, action_id=step.action_id)
    return step


def send_step(*, step_id: UUID, now: datetime) -> int:
    """Let the mails of a step leave that are due: to whoever still owes something, and to the neighbour. Say how many. Safe to run twice.

    What is due at night of its place, since this ran late, waits for the morning there, and can be undone until then.
    Facts: assignment.reminded, take_over.asked, each.
    """
    with transaction.atomic():
        step = BoardStep.objects.select_for_update(of=("self",)).filter(pk=step_id, undone_at__isnull=True).first()
        if step is None:
            return 0
        assignments = list(with_places(step.assignments.all()).select_for_update(of=("self",)))
        _wait_for_the_morning(step, assignments, now=now)
        sent = send_reminders(step.reminders.filter(sent_at__isnull=True, leaves_at__lte=now), assignments, now=now)
        for question in step.take_overs.filter(status=TakeOverStatus.ASKED, sent_at__isnull=True, leaves_at__lte=now):
            sent += send_question(question, assignments[0], now=now)
    return sent


def _running(action_id: UUID) -> Action:
    action = Action.objects.filter(pk=action_id).first()
    if action is None:
        raise NotFound(code="action_unknown")
    if action.status != ActionStatus.LAUNCHED:
        raise Conflict(_("This action does not run."), code="not_running")
    return action


def _locked(action: Action, assignment_ids: Collection[UUID]) -> list[Assignment]:
    chosen = Assignment.objects.filter(action=action, pk__in=assignment_ids)
    return list(with_places(chosen).select_for_update(of=("self",)))


def _take(
    action: Action, kind: StepKind, assignments: Collection[Assignment], *, by: User | None, now: datetime, is_by_rule: bool = False
) -> BoardStep:
    step = BoardStep.objects.create(action=action, kind=kind, number=len(assignments), by=by, is_by_rule=is_by_rule, at=now)
    step.assignments.set(assignments)
    _show(assignments, now=now)
    journal.record(
        "board_step.taken",
        subject=step,
        at=now,
        actor_id=by.pk if by else None,
        action_id=action.pk,
        kind=str(kind),
        number=len(assignments),
    )
    return step


def _show(assignments: Iterable[Assignment], *, now: datetime) -> None:
    """Let the boards that are open fetch these lines again."""
    Assignment.objects.filter(pk__in=[one.pk for one in assignments]).update(changed_at=now)


def _send_later(step: BoardStep, instants: Collection[datetime]) -> None:
    for instant in sorted(instants):
        journal.jobs.enqueue("actions.send_step", run_at=instant, step_id=step.pk)


def _wait_for_the_morning(step: BoardStep, assignments: Collection[Assignment], *, now: datetime) -> None:
    """Put off what is due of a step where it is night by now."""
    mornings: dict[datetime, list[UUID]] = {}
    for one in assignments:
        morning = by_day(now, one.seat.area.time_zone)
        if morning > now:
            mornings.setdefault(morning, []).append(one.pk)
    put_off: list[datetime] = []
    for morning, ids in mornings.items():
        due = Q(assignment__in=ids, sent_at__isnull=True, leaves_at__lte=now)
        reminders = step.reminders.filter(due).update(leaves_at=morning)
        if step.take_overs.filter(due, status=TakeOverStatus.ASKED).update(leaves_at=morning) or reminders:
            put_off.append(morning)
    _send_later(step, put_off)


def _undo_relaunch(step: BoardStep, assignments: list[Assignment], now: datetime) -> bool:
    if step.reminders.filter(sent_at__isnull=False).exists():
        return False
    return bool(step.reminders.all().delete()[0])


def _undo_hand_over(step: BoardStep, assignments: list[Assignment], now: datetime) -> bool:
    question = step.take_overs.filter(status__in=OPEN_TAKE_OVER).first()
    if question is None or assignments[0].answer == Answer.REPORTED:
        return False
    if question.sent_at is None:
        question.delete()
    else:
        close_take_over(question, assignments[0], status=TakeOverStatus.WITHDRAWN, now=now)
    return True


def _undo_excuse(step: BoardStep, assignments: list[Assignment], now: datetime) -> bool:
    excused_since = Exists(standing_excuses(OuterRef("pk")).filter(at__gt=step.at))
    return bool(step.assignments.exclude(excused_since).filter(excused_until__gt=now).update(excused_until=None))
