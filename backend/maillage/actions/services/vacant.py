"""Seats on which nobody acts, where the organiser of an action chose that neighbours are asked."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage.actions.domain import ActionStatus, TakeOverStatus, VacantRule, leaves_at, silent_at
from maillage.actions.models import Action, Assignment, TakeOver
from maillage.actions.selectors.next_steps import with_places
from maillage.actions.selectors.vacant import vacant_assignments, whom_to_ask
from maillage.actions.services.steps import ask_next_door
from maillage.actions.services.take_overs import close_take_over


def relieve_vacant(*, now: datetime) -> int:
    """Ask somebody next door for each seat on which nobody acts, of the actions with that rule; say for how many. Safe to run twice.

    Who did not answer for two days is asked no more, and the next one is. One transaction an action; what somebody is answering in
    this moment waits for the next run. Each question leaves ten minutes later, by night at 8:00 of the place, and can be undone.
    Facts: board_step.taken, take_over.withdrawn, each.
    """
    running = Action.objects.filter(status=ActionStatus.LAUNCHED, vacant_rule=VacantRule.NEIGHBOUR, ends_at__gt=now).order_by("pk")
    return sum(_relieve(action, now=now) for action in running)


def _relieve(action: Action, *, now: datetime) -> int:
    with transaction.atomic():
        if not Action.objects.select_for_update(of=("self",), no_key=True).filter(pk=action.pk, status=ActionStatus.LAUNCHED).exists():
            return 0
        _let_the_silent_be(action, now=now)
        vacant = _locked([one.pk for one in vacant_assignments(action.pk)])
        in_time = [one for one in vacant if leaves_at(now=now, zone=one.seat.area.time_zone) < action.ends_at]
        still = set(vacant_assignments(action.pk).values_list("pk", flat=True))
        chosen = whom_to_ask(action, [one for one in in_time if one.pk in still])
        for one in in_time:
            if one.pk in chosen:
                ask_next_door(one, chosen[one.pk], by=None, now=now, is_by_rule=True)
    return len(chosen)


def _let_the_silent_be(action: Action, *, now: datetime) -> None:
    """Take back the questions of the rule to which nobody answered in time."""
    asked = TakeOver.objects.filter(
        assignment__action=action, step__is_by_rule=True, status=TakeOverStatus.ASKED, sent_at__isnull=False
    ).select_related("person")
    for assignment in _locked(list(asked.values_list("assignment_id", flat=True))):
        question = asked.filter(assignment=assignment).first()
        if question and question.sent_at and silent_at(asked_at=question.sent_at, ends_at=action.ends_at) <= now:
            close_take_over(question, assignment, status=TakeOverStatus.WITHDRAWN, now=now)


def _locked(assignment_ids: list[UUID]) -> list[Assignment]:
    """Assignments that nobody else is changing in this moment."""
    return list(with_places(Assignment.objects.filter(pk__in=assignment_ids)).select_for_update(of=("self",), skip_locked=True))
