"""What happened to monthly donations."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.fundraising.domain.words import MonthlyStepKind, StepBy
from maillage.fundraising.models.donations import MonthlyDonation
from maillage.fundraising.models.donors import KEPT
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure
from maillage.kernel.ids import uuid7


class MonthlyStep(models.Model):
    """Something that happened to a monthly donation and that its donor is told, once for each due day where it is about one.

    What somebody changed says how things stood before, and until when it can be undone.
    """

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    monthly = models.ForeignKey(MonthlyDonation, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=MonthlyStepKind.choices)
    by = models.CharField(max_length=16, choices=StepBy.choices, default=StepBy.SCHEDULE)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="whoever did it for the treasury",
    )
    reason = models.CharField(max_length=400, blank=True, help_text="typed by the treasury; the provider's code of a refusal")
    due_on = models.DateField(null=True, blank=True, help_text="of the instalment that it is about; of a card, the last day")
    goes_on_on = models.DateField(null=True, blank=True, help_text="day of the next payment, as the donor was told")
    before = models.JSONField(default=dict, help_text="columns of the monthly donation as they stood before a change")
    at = models.DateTimeField(default=now)
    told_at = models.DateTimeField(null=True, blank=True, help_text="when its letter was written")
    undo_until = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["monthly", "kind", "due_on"], condition=Q(due_on__isnull=False), name="fundraising_one_step_a_due_day"
            )
        ]
        indexes = [models.Index(fields=["monthly", "-at"], name="fundraising_monthly_steps")]
