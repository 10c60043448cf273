"""Promises of a human contact within 48 hours (decision 18), and what becomes of those that nobody keeps."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.daytime import by_day
from maillage.people.domain import CONTACT_PROMISE, LOOKED_FOR_EVERY, REMINDED_AFTER, StepDue, StepKind, step_due
from maillage.people.models import Person, Promise, PromiseStep
from maillage.people.selectors.climbing import above, is_still_there, rungs_of
from maillage.people.selectors.ladder import Rung
from maillage.territories.models import Area

TAKEN_AT_ONCE = 200
"""How many promises one run moves; the next one takes the rest."""


def make_promise(*, person: Person, area: Area, now: datetime, brought_by: User | None = None) -> Promise:
    """Promise a person of a place that a human contacts them within 48 hours, wall-clock; another than who brought them.

    Facts: promise.made.
    """
    with transaction.atomic():
        promise = Promise.objects.create(
            person=person,
            area=area,
            made_at=now,
            due_at=now + CONTACT_PROMISE,
            next_step_at=now + REMINDED_AFTER[0],
            brought_by=brought_by,
        )
        journal.record("promise.made", subject=promise, at=now, area_id=area.pk, due_at=promise.due_at)
    return promise


def keep_promise(*, promise_id: UUID, by: User | None, now: datetime) -> Promise:
    """Keep that somebody contacted the person; the first contact counts, a late one too. Facts: promise.kept."""
    with transaction.atomic():
        promise = Promise.objects.select_for_update().get(pk=promise_id)
        if promise.kept_at is None:
            promise.kept_at, promise.kept_by, promise.next_step_at = now, by, None
            promise.save(update_fields=["kept_at", "kept_by", "next_step_at"])
            on_time = now <= promise.due_at
            journal.record(
                "promise.kept", subject=promise, at=now, actor_id=by.pk if by else None, area_id=promise.area_id, on_time=on_time
            )
    return promise


def release_promise(*, promise_id: UUID, now: datetime) -> None:
    """Owe nobody a call any more, because the person took back what they had asked. A miss stays a miss.

    Facts: promise.released.
    """
    with transaction.atomic():
        promise = Promise.objects.select_for_update().get(pk=promise_id)
        if promise.kept_at is None and promise.released_at is None:
            promise.released_at, promise.next_step_at = now, None
            promise.save(update_fields=["released_at", "next_step_at"])
            journal.record("promise.released", subject=promise, at=now, area_id=promise.area_id)


def owe_again(*, promise_id: UUID, now: datetime) -> Promise:
    """Owe again a call that was taken back, as it was owed before: whoever asked for it does so again.

    A missed one is missed still, and climbs on from where it stood. Facts: promise.owed_again.
    """
    with transaction.atomic():
        promise = Promise.objects.select_for_update().get(pk=promise_id)
        if promise.released_at is not None:
            promise.released_at, promise.next_step_at = None, now
            promise.save(update_fields=["released_at", "next_step_at"])
            journal.record("promise.owed_again", subject=promise, at=now, area_id=promise.area_id)
    return promise


def take_due_steps(*, now: datetime) -> list[PromiseStep]:
    """Remind, or climb one organiser up the territory, for each promise whose time for it has come; return what was done.

    All of it in one transaction: what was killed half way was never begun. Two runs at once never take the same promise,
    and the database knows each step of a promise once. At the top of the ladder a promise stays where it is. Once it has climbed it
    is looked every `LOOKED_FOR_EVERY` whether whoever it came to may still call: else whoever is there owes it then, and where nobody
    is, that is said once.
    Facts: promise.reminded, promise.climbed, each.
    """
    with transaction.atomic():
        waiting = Promise.objects.filter(next_step_at__lte=now).select_for_update(of=("self",), skip_locked=True)
        due = waiting.select_related("area", "person").order_by("next_step_at", "pk")[:TAKEN_AT_ONCE]
        return [step for promise in due if (step := _take_step(promise, now=now))]


def release_promises(*, person_id: UUID, now: datetime) -> None:
    """Owe a person who is forgotten no call any more. Facts: promise.released, each."""
    for promise_id in Promise.objects.filter(person_id=person_id, kept_at__isnull=True, released_at__isnull=True).values_list(
        "pk", flat=True
    ):
        release_promise(promise_id=promise_id, now=now)


def _take_step(promise: Promise, *, now: datetime) -> PromiseStep | None:
    steps = list(promise.steps.order_by("number"))
    last = steps[-1] if steps else None
    rungs = rungs_of(promise, now=now)
    due = step_due(
        made_at=promise.made_at, due_at=promise.due_at, taken=last.number if last else 0, last_at=last.at if last else None, now=now
    )
    if last is not None and last.kind != StepKind.REMINDER:
        return _climb_on(promise, steps, rungs, due, now=now)
    if due.at > now:
        _wait(promise, until=due.at)
        return None
    if due.kind == StepKind.REMINDER:
        following = step_due(made_at=promise.made_at, due_at=promise.due_at, taken=due.number, last_at=now, now=now).at
        return _write_step(promise, due, rungs[0] if rungs else None, then=following, now=now)
    return _climb(promise, due, (above(promise, steps, rungs) or rungs[-1:])[:1], now=now)


def _climb_on(promise: Promise, steps: list[PromiseStep], rungs: list[Rung], due: StepDue, *, now: datetime) -> PromiseStep | None:
    """Let a missed promise climb further once its day is over, or at once where nobody to whom it came may call any more."""
    last = steps[-1]
    if last.kind == StepKind.NOBODY:
        found, is_news = rungs[:1], bool(rungs)
    elif is_still_there(last, promise, now=now):
        found = above(promise, steps, rungs) if due.at <= now else []
        is_news = bool(found)
    else:
        there = [rung for rung in rungs if rung.area_id == last.area_id]
        found, is_news = there or above(promise, steps, rungs) or rungs[:1], True
    if is_news:
        return _climb(promise, due, found[:1], now=now)
    looked_at = now + LOOKED_FOR_EVERY
    _wait(promise, until=min(looked_at, due.at) if due.at > now else looked_at)
    return None


def _climb(promise: Promise, due: StepDue, to: list[Rung], *, now: datetime) -> PromiseStep:
    step = due if to else StepDue(due.number, StepKind.NOBODY, due.at)
    return _write_step(promise, step, to[0] if to else None, then=now + LOOKED_FOR_EVERY, now=now)


def _wait(promise: Promise, *, until: datetime) -> None:
    promise.next_step_at = until
    promise.save(update_fields=["next_step_at"])


def _write_step(promise: Promise, due: StepDue, rung: Rung | None, *, then: datetime, now: datetime) -> PromiseStep:
    """Write a step down, and when the next is due; where nobody organises, it stays with the place itself, and is said."""
    step = PromiseStep.objects.create(
        promise=promise,
        number=due.number,
        kind=due.kind,
        area_id=rung.area_id if rung else promise.area_id,
        owed_by=rung.named if rung else None,
        at=now,
        tell_at=by_day(now, promise.area.time_zone),
    )
    _wait(promise, until=then)
    if due.kind == StepKind.REMINDER:
        journal.record("promise.reminded", subject=promise, at=now, number=due.number, area_id=step.area_id, owed_by=step.owed_by_id)
    else:
        journal.record("promise.climbed", subject=promise, at=now, number=due.number, area_id=step.area_id, owed_by=step.owed_by_id)
    return step
