"""To whom a missed promise climbs on, and whether those to whom it came are still there."""

from collections.abc import Sequence
from datetime import datetime

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.people.domain import StepKind
from maillage.people.models import Promise, PromiseStep
from maillage.people.selectors.ladder import Rung, ladder


def rungs_of(promise: Promise, *, now: datetime) -> list[Rung]:
    """The organisers who may call for a promise, the nearest first: neither who brought the person, nor they themself. Two queries."""
    return ladder(promise.area_id, now=now, without={promise.brought_by_id, promise.person.user_id})


def above(promise: Promise, steps: Sequence[PromiseStep], rungs: list[Rung]) -> list[Rung]:
    """The rungs to which a promise climbs, the next first: above every one that was asked. Two queries once it has climbed.

    The nearest had the first 48 hours; who was the last when a call came to them keeps it, whoever comes above them later.
    """
    asked = {step.area_id for step in steps if step.kind != StepKind.NOBODY}
    highest = max((place for place, rung in enumerate(rungs) if rung.area_id in asked), default=-1 if steps else 0)
    higher = rungs[highest + 1 :]
    last = steps[-1] if steps else None
    if higher and last is not None and last.kind == StepKind.CLIMB:
        then = [rung.area_id for rung in rungs_of(promise, now=last.at)]
        return higher if last.area_id in then[:-1] else []
    return higher


def is_still_there(step: PromiseStep, promise: Promise, *, now: datetime) -> bool:
    """Say whether anybody to whom a climb came may still call: they organise its place, and did when it was told. One query."""
    there = Grant.objects.filter(role=Role.ORGANISER, area=step.area_id, user__is_active=True, starts_at__lte=step.told_at or now)
    kept_out = {promise.brought_by_id, promise.person.user_id}
    return any(user_id not in kept_out for user_id in there.running(now).values_list("user_id", flat=True))


def climbs_on(promise: Promise, *, now: datetime) -> bool:
    """Say whether a missed promise climbs further up in time. Five queries at most."""
    return bool(above(promise, list(promise.steps.order_by("number")), rungs_of(promise, now=now)))
