"""Who owes which call: the nearest organisers until the hour passes, then those to whom the promise has climbed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Case, CharField, Count, F, Field, IntegerField, OuterRef, Q, QuerySet, Subquery, UUIDField, Value, When
from django.db.models.functions import Coalesce

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


OWED = ("owed_area_id", "owed_place", "owed_given_name", "owed_family_name", "owed_person_id", "owed_user_id", "climbs")
"""What `with_owed` adds to a row."""

_STEPS = PromiseStep.objects.filter(promise=OuterRef("promise_id")).order_by("-number")
_CLIMBS = _STEPS.filter(kind=StepKind.CLIMB)


def is_owed() -> Q:
    """Keep the applications whose call waits."""
    return Q(status__in=OPEN_APPLICATION, promise__kept_at__isnull=True, promise__released_at__isnull=True, promise__isnull=False)


def with_owed(rows: QuerySet[Application], *, now: datetime) -> QuerySet[Application]:
    """Add to each application who owes its call, in the same query; null or 0 where none waits.

    `owed_area_id` is the place whose organisers owe it: the nearest that has any, or the last to which it climbed.
    """
    # Whoever brought the applicant owes them no call (`clocks.start_clock`); an id of nobody, where none did.
    brought_by = Coalesce(OuterRef("promise__brought_by_id"), Value(UUID(int=0)), output_field=UUIDField())
    running = Grant.objects.filter(role=Role.ORGANISER, user__is_active=True).running(now).exclude(user_id=brought_by)
    above = running.filter(area__below__descendant_id=OuterRef("seat__area_id"), area__below__whole=True)
    nearest = Subquery(above.order_by("-area__kind__level", "area_id").values("area_id")[:1])
    here = running.filter(area_id=OuterRef("owed_area_id")).exclude(user__person__given_name="").order_by("starts_at", "user_id")
    climbs = _CLIMBS.order_by().values("promise_id").annotate(count=Count("pk")).values("count")
    place = Case(When(is_owed(), then=Coalesce(Subquery(_CLIMBS.values("area_id")[:1]), nearest)), output_field=UUIDField())
    counted = rows.annotate(owed_area_id=place, climbs=Coalesce(Subquery(climbs), 0, output_field=IntegerField()))
    return counted.annotate(
        owed_place=Subquery(Area.objects.filter(pk=OuterRef("owed_area_id")).values(place=called())[:1]),
        owed_given_name=_named(here, "given_name"),
        owed_family_name=_named(here, "family_name"),
        owed_person_id=_named(here, "id", UUIDField()),
        owed_user_id=_named(here, "user_id", UUIDField()),
    )


def _named(here: QuerySet[Grant], part: str, field: "Field[Any, Any] | None" = None) -> Case:
    """A field of the person who is named as owing: of a call that has climbed, whoever was named to the applicant then."""
    climbed = Subquery(_CLIMBS.values(f"owed_by__person__{part}")[:1])
    nearest = Subquery(here.values(f"user__person__{part}")[:1])
    return Case(When(climbs__gt=0, then=climbed), default=nearest, output_field=field or CharField())


def is_owed_by(user: Actor, *, now: datetime) -> Case:
    """Say of the rows of `with_owed` whether a user is one of those who owe the call."""
    held = accounts.running_grants(user, now=now).filter(role=Role.ORGANISER).values("area_id")
    return Case(When(Q(owed_area_id__in=held) & ~Q(promise__brought_by=user.pk), then=Value(True)), default=Value(False))


def climbed_to_reader() -> Q:
    """Keep, of the rows of `with_owed` and `is_owed_by`, the missed calls that have climbed to the reader."""
    return Q(climbs__gt=0, is_mine=True)


def owed_call(application: Application, *, now: datetime) -> Owed | None:
    """Say who owes an applicant the call that they wait for; None when they wait for none. One query."""
    row = with_owed(Application.objects.filter(is_owed(), pk=application.pk), now=now).values(*OWED).first()
    return said(row) if row else None


def said(row: Mapping[str, Any]) -> Owed:
    """Say what `with_owed` added to a row."""
    name = f"{row['owed_given_name'] or ''} {row['owed_family_name'] or ''}".strip()
    return Owed(name=name, place=row["owed_place"] or "", climbs=row["climbs"])


def calls_waiting(step: PromiseStep) -> list[Application]:
    """The calls that stand where this step stands: reminded of, or climbed to, the same place; the earliest hour first."""
    last = {"at": Subquery(_STEPS.values("area_id")[:1]), "kind": Subquery(_STEPS.values("kind")[:1])}
    found = Application.objects.filter(is_owed()).alias(**last).filter(Q(("at", step.area_id), ("kind", step.kind)))
    return list(found.select_related("person", "promise", "seat__area").order_by(F("promise__due_at"), "pk"))
