"""Who owes which call: the nearest organisers until the hour passes, then those to whom the promise has climbed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, Count, Exists, F, IntegerField, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce, JSONObject

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.accounts.selectors.grants import Actor
from maillage.people.domain import StepKind
from maillage.people.models import PromiseStep
from maillage.relays.domain import OPEN_APPLICATION
from maillage.relays.models import Application
from maillage.territories.models import Area, called


@dataclass(frozen=True)
class Owed:
    """A call that waits: who owes it (`name` empty when nobody is known by name), the place they organise, how often it climbed."""

    name: str
    place: str
    climbs: int
    person_id: UUID | None = None
    user_id: UUID | None = None


OWED = ("owed_now", "owed_then", "climbs")
"""What `with_owed` adds to a row: `said` reads it."""

_STEPS = PromiseStep.objects.filter(promise=OuterRef("promise_id")).order_by("-number")
_CLIMBS = _STEPS.exclude(kind=StepKind.REMINDER)


def is_owed() -> Q:
    """Keep the applications whose call waits."""
    return Q(status__in=OPEN_APPLICATION, promise__kept_at__isnull=True, promise__released_at__isnull=True, promise__isnull=False)


def with_owed(rows: QuerySet[Application], *, now: datetime) -> QuerySet[Application]:
    """Add to each application who owes its call, in the same query; null or 0 where none waits.

    `owed_area_id` is the place whose organisers owe it: the last to which it climbed, as long as anybody there may call; before
    that, and once they have left, the nearest that has any.
    """
    nearest = nearest_organised("seat__area_id", may_call(organising(now), OuterRef("promise__brought_by_id"), OuterRef("person__user_id")))
    climbs = _CLIMBS.order_by().values("promise_id").annotate(count=Count("pk")).values("count")
    last = _CLIMBS.values(there=Case(When(Exists(_there(now, "area_id")), then=F("area_id")), output_field=UUIDField()))
    place = Case(When(is_owed(), then=Coalesce(Subquery(last[:1]), nearest)), output_field=UUIDField())
    counted = rows.annotate(owed_area_id=place, climbs=Coalesce(Subquery(climbs), 0, output_field=IntegerField()))
    is_there = Exists(_there(now, "area_id").filter(user_id=OuterRef("owed_by_id")))
    # One object and not a column for each part: where the call stands now is looked for anew in each column that speaks of it.
    named = _there(now, "pk").exclude(user__person__given_name="").order_by("starts_at", "user_id").values(said=_named("user"))
    return counted.annotate(
        owed_now=Subquery(
            Area.objects.filter(pk=OuterRef("owed_area_id")).values(said=JSONObject(area="pk", place=called(), named=Subquery(named[:1])))[
                :1
            ]
        ),
        owed_then=Subquery(_CLIMBS.values(said=Case(When(is_there, then=_named("owed_by", area=F("area_id")))))[:1]),
    )


def _there(now: datetime, area: str) -> QuerySet[Grant]:
    """The grants of who may call and organises the place in the column `area` of a row looked up for an application."""
    return may_call(organising(now), *(OuterRef(OuterRef(who)) for who in ("promise__brought_by_id", "person__user_id"))).filter(
        area_id=OuterRef(area)
    )


def organising(now: datetime) -> QuerySet[Grant]:
    """The running grants of who organises a place."""
    return Grant.objects.filter(role=Role.ORGANISER, user__is_active=True).running(now)


def nearest_organised(area: str, grants: QuerySet[Grant]) -> Subquery:
    """The nearest place, at or above the `area` of a row, for which one of these grants runs."""
    above = grants.filter(area__below__descendant_id=OuterRef(area), area__below__whole=True)
    return Subquery(above.order_by("-area__kind__level", "area_id").values("area_id")[:1])


def may_call(grants: QuerySet[Grant], *kept_out: OuterRef) -> QuerySet[Grant]:
    """Leave out some users, named by columns of the row: who brought an applicant, whom the call is about (`promises.kept_out`)."""
    for who in kept_out:
        grants = grants.exclude(user_id=Coalesce(who, Value(UUID(int=0)), output_field=UUIDField()))
    return grants


def _named(user: str, **more: Any) -> JSONObject:
    """The person who is named as owing."""
    person = f"{user}__person"
    return JSONObject(
        given=f"{person}__given_name", family=f"{person}__family_name", person=f"{person}__id", user=f"{person}__user_id", **more
    )


def is_owed_by(user: Actor, *, now: datetime) -> Case:
    """Say of the rows of `with_owed` whether a user is one of those who owe the call."""
    held = accounts.running_grants(user, now=now).filter(role=Role.ORGANISER).values("area_id")
    others = ~Q(promise__brought_by=user.pk) & ~Q(person__user=user.pk)
    return Case(When(Q(owed_area_id__in=held) & others, then=Value(True)), default=Value(False))


def climbed_to_reader() -> Q:
    """Keep, of the rows of `with_owed` and `is_owed_by`, the missed calls that have climbed to the reader."""
    return Q(climbs__gt=0, is_mine=True)


def owed_call(application: Application, *, now: datetime) -> Owed | None:
    """Say who owes an applicant the call that they wait for; None when they wait for none. One query."""
    row = with_owed(Application.objects.filter(is_owed(), pk=application.pk), now=now).values(*OWED).first()
    return said(row) if row else None


def said(row: Mapping[str, Any]) -> Owed:
    """Say what `with_owed` added to a row: of a call that stands where it climbed to, whoever was named then, if they may call still."""
    there, then = row["owed_now"] or {}, row["owed_then"] or {}
    named = (then if then.get("person") and then["area"] == there.get("area") else there.get("named")) or {}
    person, user = named.get("person"), named.get("user")
    return Owed(
        name=f"{named.get('given') or ''} {named.get('family') or ''}".strip(),
        place=there.get("place", ""),
        climbs=row["climbs"],
        person_id=UUID(person) if person else None,
        user_id=UUID(user) if user else None,
    )


def is_missed(application: Application, *, now: datetime) -> bool:
    """Say whether somebody still waits for a call whose hour has passed."""
    promise = application.promise
    return application.status in OPEN_APPLICATION and promise is not None and promise.kept_at is None and promise.due_at < now


def calls_waiting(step: PromiseStep, *, reader_id: UUID | None) -> list[Application]:
    """The calls that a user owes where this step stands: reminded of, or climbed to, the same place; the earliest hour first.

    Of whom they brought themselves they owe none, nor one to themself (`promises.kept_out`).
    """
    last = {"at": Subquery(_STEPS.values("area_id")[:1]), "kind": Subquery(_STEPS.values("kind")[:1])}
    found = Application.objects.filter(is_owed()).alias(**last).filter(Q(("at", step.area_id), ("kind", step.kind)))
    if reader_id is not None:
        found = found.exclude(promise__brought_by=reader_id).exclude(person__user=reader_id)
    return list(found.select_related("person", "promise", "seat__area").order_by(F("promise__due_at"), "pk"))
