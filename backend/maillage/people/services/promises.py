"""Promises of a human contact within 48 hours (decision 18)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.accounts.models import User
from maillage.people.domain import CONTACT_PROMISE
from maillage.people.models import Person, Promise
from maillage.territories.models import Area


def make_promise(*, person: Person, area: Area, now: datetime) -> Promise:
    """Promise a person of a place that a human contacts them within 48 hours, wall-clock. Facts: promise.made."""
    with transaction.atomic():
        promise = Promise.objects.create(person=person, area=area, made_at=now, due_at=now + CONTACT_PROMISE)
        journal.record("promise.made", subject=promise, at=now, area_id=area.pk, due_at=promise.due_at)
    return promise


def keep_promise(*, promise_id: UUID, by: User | None, now: datetime) -> Promise:
    """Keep that somebody contacted the person; the first contact counts, a late one too. Facts: promise.kept."""
    with transaction.atomic():
        promise = Promise.objects.select_for_update().get(pk=promise_id)
        if promise.kept_at is None:
            promise.kept_at, promise.kept_by = now, by
            promise.save(update_fields=["kept_at", "kept_by"])
            on_time = now <= promise.due_at
            journal.record(
                "promise.kept", subject=promise, at=now, actor_id=by.pk if by else None, area_id=promise.area_id, on_time=on_time
            )
    return promise
