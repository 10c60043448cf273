"""Words of a launched brief corrected: each version is kept with what changed."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.actions.models.actions import Action
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class Correction(models.Model):
    """The words of a launched action were corrected, which made a new version. Undone, they are as before, as another version."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="corrections", db_index=False)  # one below begins with it
    version = models.PositiveIntegerField(help_text="that it made")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    corrected_at = models.DateTimeField()
    leaves_at = models.DateTimeField(help_text="when the first mails leave; until then it can be undone")
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "version"], name="actions_one_correction_a_version")]


class CorrectionText(models.Model):
    """What changed, in one language, and the words as they stood before; these are empty where there were none."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    correction = models.ForeignKey(Correction, on_delete=models.CASCADE, related_name="texts", db_index=False)  # the one below begins so
    language = models.CharField(max_length=8)
    changed = models.CharField(max_length=280, blank=True, help_text="a sentence to who read the former words")
    title = models.CharField(max_length=120, blank=True)
    summary = models.CharField(max_length=280, blank=True)
    brief = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["correction", "language"], name="actions_one_correction_text_a_language")]
