"""Actions: what is asked of every place at once."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.actions.domain import ActionStatus, VacantRule
from maillage.advocacy.models import Subject
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.relays.models import RelayNetwork


class Action(models.Model):
    """One thing that every seat of a network is asked to do in the same window of time."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    network = models.ForeignKey(RelayNetwork, on_delete=models.PROTECT, related_name="actions")
    subject = models.ForeignKey(
        Subject, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="on what each is asked where they stand"
    )
    status = models.CharField(max_length=16, choices=ActionStatus.choices, default=ActionStatus.DRAFT)
    default_language = models.CharField(max_length=8, default="fr")
    vacant_rule = models.CharField(
        max_length=16, choices=VacantRule.choices, default=VacantRule.WORKLIST, help_text="what is done about seats on which nobody acts"
    )
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1, help_text="grows with each edit; a PATCH names the one it read")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(default=now, editable=False)
    launched_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    reminds_from = models.DateTimeField(
        null=True, blank=True, help_text="launched before there were reminders: what was asked before then counts for them as asked then"
    )

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="actions_window_has_length")]


class ActionText(models.Model):
    """An action's title and brief in one language; the brief is markdown."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8)
    title = models.CharField(max_length=120)
    summary = models.CharField(max_length=280, blank=True, help_text="what the public reads")
    brief = models.TextField(help_text="what the relay reads, in markdown")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "language"], name="actions_one_text_a_language")]
