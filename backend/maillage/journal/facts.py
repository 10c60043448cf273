"""Facts: what happened is written down in the transaction that made it happen, then told to who asked to know."""

from datetime import datetime
from uuid import UUID

from django.db import models, transaction

from maillage.journal import jobs
from maillage.journal.domain import NAME, SUBSCRIBERS, plain
from maillage.journal.models import Delivery, Entry


def record(name: str, *, subject: models.Model, at: datetime, actor_id: UUID | None = None, **data: object) -> Entry:
    """Write down that something happened to `subject`, in the caller's transaction: one INSERT, two where somebody listens.

    `name` is `noun.past_participle`; `data` holds ids, codes, amounts, instants and lists of them.
    Raises: NotPlain for a text, ValueError for a name of another form.
    """
    if not NAME.fullmatch(name):
        raise ValueError(f"a fact is named noun.past_participle, not {name}")
    entry = Entry.objects.create(
        name=name, subject_kind=subject._meta.label_lower, subject_id=str(subject.pk), actor_id=actor_id, at=at, data=plain(data)
    )
    if name in SUBSCRIBERS:
        jobs.enqueue("journal.fan_out", entry_id=entry.pk)
    return entry


def subscribe(fact_name: str, *, subscriber: str, job: str) -> None:
    """Ask that `job` be enqueued once for each fact of this name, after it is committed.

    The job receives `entry_id` (int) and `subject_id` (UUID, or the text of another key).
    Raises: ValueError on a second subscriber of the same name.
    """
    for name in (fact_name, subscriber, job):
        if not NAME.fullmatch(name):
            raise ValueError(f"{name} is not of the form word.word")
    known = SUBSCRIBERS.setdefault(fact_name, {})
    if subscriber in known:
        raise ValueError(f"{subscriber} subscribes twice to {fact_name}")
    known[subscriber] = job


def fan_out(*, entry_id: int) -> None:
    """Make a delivery and its job for each subscriber of an entry that has none yet."""
    with transaction.atomic():
        entry = Entry.objects.get(pk=entry_id)
        for subscriber, job in SUBSCRIBERS.get(entry.name, {}).items():
            delivery, is_new = Delivery.objects.get_or_create(entry=entry, subscriber=subscriber)
            if is_new:
                delivery.job_id = jobs.enqueue(job, entry_id=entry.pk, subject_id=entry.subject_id)
                delivery.save(update_fields=["job"])
