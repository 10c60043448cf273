"""What anybody reports about what others wrote."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maillage.accounts.models import User
from maillage.groups.domain import ReportOutcome, ReportReason
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class ContentReport(models.Model):
    """Somebody says that something shown here should not be, and why; a human decides, with reasons.

    What is reported is named by a row of the hall that shows it, which points here. Whoever reports need not say who they are;
    the address is for the answer alone. It goes with the words half a year after the decision.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    reason = models.CharField(max_length=16, choices=ReportReason.choices)
    words = models.TextField(blank=True)
    email = models.CharField(max_length=254, blank=True, help_text="to which it is answered; nobody proved it")
    language = models.CharField(max_length=8)
    created_at = models.DateTimeField(default=now, editable=False)
    outcome = models.CharField(max_length=8, choices=ReportOutcome.choices, default=ReportOutcome.OPEN)
    answer = models.TextField(blank=True, help_text="the reasons of the decision, as they are told")
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(User, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome=ReportOutcome.OPEN) ^ Q(decided_at__isnull=False),
                name="groups_report_decided_has_an_instant",
            )
        ]
        indexes = [models.Index(fields=["decided_at"], condition=~Q(words="", email=""), name="groups_report_to_forget")]
