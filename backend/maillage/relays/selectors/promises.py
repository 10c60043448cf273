"""How the promise of a human contact was kept, misses said."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Avg, Count, F, Q

from maillage.accounts import selectors as accounts
from maillage.people.models import Person, Promise
from maillage.relays.domain import SMALLEST_SHOWN, PromiseRecord
from maillage.territories.models import Area, called

QUARTER = timedelta(days=91)


def promise_record(area_id: UUID, *, now: datetime, over: timedelta = QUARTER) -> PromiseRecord | None:
    """The record of the smallest place around an area where at least five promises had their outcome, else None.

    A promise counts once it is kept or its hour has passed, whatever became of the application: a miss outlives whoever
    waited for the call. One that was taken back before its hour was neither kept nor missed. One query.
    """
    ancestor = "area__above__ancestor"
    found = (
        Promise.objects.filter(
            Q(kept_at__isnull=False) | Q(due_at__lt=now, released_at__isnull=True) | Q(released_at__gt=F("due_at")),
            made_at__gte=now - over,
            area__above__whole=True,
            area__above__ancestor__below__descendant_id=area_id,
            area__above__ancestor__below__whole=True,
        )
        .values(f"{ancestor}_id", f"{ancestor}__kind__level", place=called(ancestor))
        .annotate(total=Count("id"), kept=Count("id", filter=Q(kept_at__lte=F("due_at"))), mean=Avg(F("kept_at") - F("made_at")))
        .filter(total__gte=SMALLEST_SHOWN)
        .order_by(f"-{ancestor}__kind__level", "total")
        .first()
    )
    if found is None:
        return None
    hours = round(found["mean"] / timedelta(hours=1), 1) if found["mean"] is not None else None
    return PromiseRecord(area_name=found["place"], kept=found["kept"], total=found["total"], mean_hours=hours)


def contact_person(area: Area, *, now: datetime, without: UUID | None = None) -> Person | None:
    """The organiser who calls applicants of an area: the nearest above it who is known by name, `without` one of them."""
    named = accounts.organisers_above(area, now=now).filter(person__isnull=False).exclude(person__given_name="")
    nearest = (named.exclude(pk=without) if without else named).first()
    return nearest.person if nearest else None
