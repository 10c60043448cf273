"""What positions and contacts are about."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class Subject(models.Model):
    """Something on which those who decide are asked where they stand, in the whole country. Closed, nothing new is said on it by hand."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    default_language = models.CharField(max_length=8, default="fr")
    version = models.PositiveIntegerField(default=1, help_text="grows with each edit; a PATCH names the one it read")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    opened_at = models.DateTimeField(default=now, editable=False)
    closed_at = models.DateTimeField(null=True, blank=True)


class SubjectText(models.Model):
    """A subject in one language: its title, and the decision that is aimed at."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    subject = models.ForeignKey(Subject, on_delete=models.CASCADE, related_name="texts", db_index=False)  # the constraint begins with it
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    decision = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject", "language"], name="advocacy_one_subject_text")]
