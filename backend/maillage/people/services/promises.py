"""Promises of a human contact within 48 hours (decision 18), and what becomes of those that nobody keeps."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.daytime import by_day
from maillage.people.domain import CLIMBS_EVERY, CONTACT_PROMISE, LOOKED_FOR_EVERY, REMINDED_AFTER, StepDue, StepKind, step_due
from maillage.people.models import Person, Promise, PromiseStep
from maillage.people.selectors.ladder import Rung, ladder
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
    and the database knows each step of a promise once. At the top of the ladder a promise stays where it is; where nobody
    organises, whoever comes to is looked for every `LOOKED_FOR_EVERY` and owes it then.
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
    rungs = ladder(promise.area_id, now=now, without={promise.brought_by_id, promise.person.user_id})
    if last is not None and _is_with_nobody(last, promise):
        if not rungs:
            _wait(promise, until=now + LOOKED_FOR_EVERY)
            return None
        found = StepDue(last.number + 1, StepKind.CLIMB, now)
        return _write_step(promise, found, rungs[0], then=now + CLIMBS_EVERY if len(rungs) > 1 else None, now=now)
    due = step_due(
        made_at=promise.made_at, due_at=promise.due_at, taken=last.number if last else 0, last_at=last.at if last else None, now=now
    )
    if due.at > now:
        _wait(promise, until=due.at)
        return None
    if due.kind == StepKind.REMINDER:
        following = step_due(made_at=promise.made_at, due_at=promise.due_at, taken=due.number, last_at=now, now=now).at
        return _write_step(promise, due, rungs[0] if rungs else None, then=following, now=now)
    if not rungs:
        return _write_step(promise, due, None, then=now + LOOKED_FOR_EVERY, now=now)
    above = _above(steps, rungs)
    if not above and last is not None and last.kind == StepKind.CLIMB:
        _wait(promise, until=None)  # whoever was above has left since
        return None
    return _write_step(promise, due, above[0] if above else rungs[-1], then=now + CLIMBS_EVERY if len(above) > 1 else None, now=now)


def _is_with_nobody(last: PromiseStep, promise: Promise) -> bool:
    """Say whether a missed promise stands with nobody: no climb comes to the place itself but where nobody organises, or nobody else."""
    return last.kind == StepKind.CLIMB and last.owed_by_id is None and last.area_id == promise.area_id


def _wait(promise: Promise, *, until: datetime | None) -> None:
    promise.next_step_at = until
    promise.save(update_fields=["next_step_at"])


def _above(steps: list[PromiseStep], rungs: list[Rung]) -> list[Rung]:
    """Give the rungs above every one that has already been asked; the nearest had the first 48 hours."""
    asked = {step.area_id for step in steps}
    highest_asked = max((place for place, rung in enumerate(rungs) if rung.area_id in asked), default=0)
    return rungs[highest_asked + 1 :]


def _write_step(promise: Promise, due: StepDue, rung: Rung | None, *, then: datetime | None, now: datetime) -> PromiseStep:
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
