"""What has happened, and who was told."""

from typing import ClassVar

import pgtrigger
from django.db import models

from maillage.journal.models.work import Job
from maillage.kernel.fates import Erasure, Fate


class Entry(models.Model):
    """Something that happened in the world, in the words of a campaigner: the audit trail and the outbox (architecture, section 4).

    Never changed and never taken back: the database refuses. It holds ids, codes, amounts and instants only, so that
    erasing a person elsewhere leaves nothing of them here.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.BigAutoField(primary_key=True)
    name = models.CharField(max_length=64)
    subject_kind = models.CharField(max_length=64, help_text="app.model of the row that it happened to")
    subject_id = models.CharField(max_length=36)
    actor_id = models.UUIDField(null=True, blank=True, help_text="the user who did it; empty when nobody signed in did")
    at = models.DateTimeField()
    data = models.JSONField(default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["subject_kind", "subject_id", "id"], name="journal_entry_subject"),
            models.Index(fields=["name", "at"], name="journal_entry_name"),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]


class Delivery(models.Model):
    """A subscriber is told of an entry, by one job; unique, so that a subscriber acts once."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.BigAutoField(primary_key=True)
    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="deliveries")
    subscriber = models.CharField(max_length=64)
    job = models.OneToOneField(Job, on_delete=models.SET_NULL, null=True, blank=True, related_name="delivery", help_text="empty once swept")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "subscriber"], name="journal_one_delivery_a_subscriber")]
