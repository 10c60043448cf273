"""Briefs sent before the launch to who organises, as a holder would get them."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from maillage.actions.models.actions import Action
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.relays.models import Seat


class Rehearsal(models.Model):
    """The brief of one seat was sent as a rehearsal: of which version, in which language, by whom, when."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="rehearsals")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(help_text="of the action, when it was sent")
    language = models.CharField(max_length=8)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    rehearsed_at = models.DateTimeField(default=now)

    class Meta:
        indexes = [models.Index(fields=["by", "rehearsed_at"], name="actions_rehearsal_by")]


class RehearsalReader(models.Model):
    """An organiser to whom a rehearsal was sent."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    rehearsal = models.ForeignKey(
        Rehearsal, on_delete=models.CASCADE, related_name="readers", db_index=False
    )  # the one below begins with it
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rehearsal", "user"], name="actions_one_rehearsal_a_reader")]
