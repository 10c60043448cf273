"""To whom a missed promise climbs on, and whether those to whom it came are still there."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.people.domain import StepKind
from maillage.people.models import Promise, PromiseStep
from maillage.people.selectors.ladder import Rung, ladder
from maillage.territories.models import AreaClosure


def rungs_of(promise: Promise, *, now: datetime) -> list[Rung]:
    """The organisers who may call for a promise, the nearest first: neither who brought the person, nor they themself. Two queries."""
    return ladder(promise.area_id, now=now, without={promise.brought_by_id, promise.person.user_id})


def above(promise: Promise, steps: Sequence[PromiseStep], rungs: list[Rung]) -> list[Rung]:
    """The rungs to which a promise climbs, the next first: above every one that was asked. Three queries once it has climbed.

    The nearest had the first 48 hours; who was the last when a call came to them keeps it, whoever comes above them later.
    """
    last = steps[-1] if steps else None
    if last is not None and last.kind == StepKind.CLIMB:
        higher = _places_above(last, promise)
        was_last = not any(rung.area_id in higher for rung in rungs_of(promise, now=last.at))
        return [] if was_last else [rung for rung in rungs if rung.area_id in higher]
    asked = {step.area_id for step in steps if step.kind != StepKind.NOBODY}
    highest = max((place for place, rung in enumerate(rungs) if rung.area_id in asked), default=-1 if steps else 0)
    return rungs[highest + 1 :]


def _places_above(step: PromiseStep, promise: Promise) -> set[UUID]:
    """The places above that to which a call came, whether or not anybody organises there: who organised it may be gone."""
    closures = AreaClosure.objects.filter(descendant=promise.area_id, whole=True).order_by("-ancestor__kind__level", "ancestor_id")
    places = list(closures.values_list("ancestor_id", flat=True))
    return set(places[places.index(step.area_id) + 1 :]) if step.area_id in places else set()


def is_still_there(step: PromiseStep, promise: Promise, *, now: datetime) -> bool:
    """Say whether anybody to whom a climb came may still call: they were told as organisers of its place, and still are. Three queries.

    Who organises a nearer place too is told there, and counts there.
    """
    then = rungs_of(promise, now=step.told_at or now)
    told = [user.pk for rung in then if rung.area_id == step.area_id for user in rung.organisers]
    there = Grant.objects.filter(role=Role.ORGANISER, area=step.area_id, user__in=told, user__is_active=True)
    return there.running(now).exists()


def climbs_on(promise: Promise, *, now: datetime) -> bool:
    """Say whether a missed promise climbs further up in time. Six queries at most."""
    return bool(above(promise, list(promise.steps.order_by("number")), rungs_of(promise, now=now)))
