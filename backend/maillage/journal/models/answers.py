"""Answers kept so that a request sent twice acts once."""

from typing import ClassVar

from django.db import models
from django.db.models.functions import Now

from maillage.kernel.fates import Erasure, Fate


class IdempotencyKey(models.Model):
    """A client asked for one thing under this key, and was answered this; forgotten after 24 hours (decision 8)."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.BigAutoField(primary_key=True)
    key = models.CharField(max_length=64, unique=True, help_text="keyed hash of who, endpoint and the client's key")
    fingerprint = models.CharField(max_length=64, help_text="keyed hash of what was asked")
    status = models.PositiveSmallIntegerField(null=True)
    content_type = models.CharField(max_length=64, blank=True, default="")
    location = models.CharField(max_length=512, blank=True, default="")
    body = models.BinaryField(null=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="journal_answer_created")]
