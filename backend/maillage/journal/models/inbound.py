"""What others tell us."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from maillage.journal.models.work import Work
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class Inbound(Work):
    """A message from outside, kept as it came; it is its own job, so that taking it in is one INSERT (decision 7)."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.CharField(max_length=32)
    external_id = models.CharField(max_length=128, help_text="the sender's own id of the message")
    body = models.BinaryField(null=True, help_text="erased 30 days after it came")
    received_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta(Work.Meta):
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="journal_one_inbound")]
        indexes = [
            *Work.Meta.indexes,
            models.Index(fields=["received_at"], condition=models.Q(body__isnull=False), name="journal_inbound_body"),
        ]
