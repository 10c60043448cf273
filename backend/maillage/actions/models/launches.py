"""How an action comes to be launched: the second person who is asked."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.actions.domain import RequestStatus
from maillage.actions.models.actions import Action
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7


class LaunchRequest(models.Model):
    """An organiser asked a second one for the launch: of which version, to how many, when, and what came of it."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="launch_requests")
    version = models.PositiveIntegerField(help_text="of the action, when it was asked")
    expected = models.PositiveIntegerField(help_text="how many mails the dry run showed")
    by_hand = models.PositiveIntegerField(help_text="to how many a human would bring it")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, related_name="+")
    asked_at = models.DateTimeField()
    status = models.CharField(max_length=16, choices=RequestStatus.choices, default=RequestStatus.ASKED)
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=280, blank=True, help_text="why the second person said no")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action"], condition=Q(status="asked"), name="actions_one_open_launch_request"),
        ]
