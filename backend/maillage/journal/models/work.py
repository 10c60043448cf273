"""What waits to be done by a worker."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from maillage.journal.domain import OPEN, State
from maillage.kernel.fates import Erasure, Fate


class Work(models.Model):
    """One thing that a worker must do once, whatever crashes meanwhile (decision 7).

    `run_at` is when the dispatcher looks at it next: as asked, then the end of its lease or of its back-off. All
    instants of leases are the database's, so that no two machines need agree on the time.
    """

    queue = models.CharField(max_length=32, default="default")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING, db_default=State.WAITING)
    run_at = models.DateTimeField(db_default=Now())
    hands = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="times handed to the broker since it last ran")
    attempts = models.PositiveSmallIntegerField(default=0, db_default=0, help_text="times a worker began it")
    lease = models.UUIDField(null=True, blank=True, help_text="whose run this is; only its holder may stamp")
    done_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(
        max_length=128, blank=True, default="", db_default="", help_text="the last failure's type or code, never its text"
    )

    class Meta:
        abstract = True
        indexes = [
            models.Index(fields=["queue", "run_at"], condition=models.Q(state__in=OPEN), name="%(app_label)s_%(class)s_due"),
            models.Index(fields=["queue"], condition=models.Q(state=State.HANDED), name="%(app_label)s_%(class)s_handed"),
            models.Index(fields=["done_at"], condition=models.Q(done_at__isnull=False), name="%(app_label)s_%(class)s_done"),
        ]


class Job(Work):
    """A job by name with the ids that it needs, asked for in the transaction that made it necessary."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=64)
    args = models.JSONField(default=dict, help_text="ids, codes and instants only")
    unique_key = models.CharField(
        max_length=96, null=True, blank=True, help_text="a name and key are enqueued once, until the row is swept"
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(Work.Meta):
        constraints = [models.UniqueConstraint(fields=["name", "unique_key"], name="journal_one_job_a_key")]
