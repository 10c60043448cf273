"""The promise of a call, while nobody has kept it: who is reminded, whom it climbs to, what the applicant is told."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage.accounts.models import User
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of
from maillage.people import services as people
from maillage.people.domain import StepKind
from maillage.people.models import Promise, PromiseStep
from maillage.people.selectors import ladders

ORGANISERS_READ = {StepKind.REMINDER: "relays.promise_reminder", StepKind.CLIMB: "relays.promise_climbed"}


def climb_promises(*, now: datetime) -> int:
    """Remind of promises that are about to be missed, let missed ones climb, and tell whom it concerns; say how many moved.

    An organiser gets one mail a run for each kind, however many people wait: it lists them. The applicant reads the apology
    when the organiser whom it names has been told, never before. What is due at night is told at 8:00 of the place.
    Facts: promise.reminded, promise.climbed, each.
    """
    with transaction.atomic():
        moved = people.take_due_steps(now=now)
        _tell(now=now)
    return len(moved)


def _tell(*, now: datetime) -> None:
    waiting = PromiseStep.objects.filter(told_at__isnull=True, tell_at__lte=now).select_for_update(of=("self",), skip_locked=True)
    steps = list(waiting.select_related("promise__application__person").order_by("tell_at", "pk"))
    PromiseStep.objects.filter(pk__in=[step.pk for step in steps]).update(told_at=now)
    newest = {step.promise_id: step for step in sorted(steps, key=lambda step: step.number)}  # of a night only where it ended
    open_steps = [step for step in newest.values() if _is_news(step, now=now)]
    rungs = ladders({step.promise.area_id for step in open_steps}, now=now)
    told: dict[tuple[StepKind, User], PromiseStep] = {}
    for step in open_steps:
        kind = StepKind(step.kind)
        there = [rung.without(_kept_out(step)) for rung in rungs[step.promise.area_id]]
        if kind == StepKind.NOBODY and any(rung.organisers for rung in there):
            Promise.objects.filter(pk=step.promise_id).update(next_step_at=now)  # somebody came meanwhile: the call climbs to them
            continue
        if kind in ORGANISERS_READ:
            for user in next((rung.organisers for rung in there if rung.area_id == step.area_id), ()):
                told.setdefault((kind, user), step)
        if kind != StepKind.REMINDER:
            messaging.queue_message("relays.promise_missed", person=step.promise.application.person, about_id=step.pk, now=now)
    for (kind, user), step in told.items():
        messaging.queue_messages(ORGANISERS_READ[kind], [recipient_of(user, about_id=step.pk)], now=now)


def _kept_out(step: PromiseStep) -> set[UUID | None]:
    """Who may not call: whoever brought the person, and they themself."""
    return {step.promise.brought_by_id, step.promise.application.person.user_id}


def _is_news(step: PromiseStep, *, now: datetime) -> bool:
    """Say whether a step still concerns somebody: the call is owed, and a reminder comes before its hour."""
    promise = step.promise
    is_owed = hasattr(promise, "application") and promise.kept_at is None and promise.released_at is None
    return is_owed and (step.kind != StepKind.REMINDER or now < promise.due_at)
