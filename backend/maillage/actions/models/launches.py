"""How an action comes to be launched: the second person who is asked, the hour for which it is set."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.actions.domain import HeldBack, RequestStatus, ScheduleStatus
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
    launch_at = models.DateTimeField(null=True, blank=True, help_text="when it is to leave; empty: with the yes")
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


class Schedule(models.Model):
    """A launch was set for an hour: of which version, for how many mails, and what came of it."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="schedules")
    version = models.PositiveIntegerField(help_text="of the action, when it was set")
    launch_at = models.DateTimeField()
    expected = models.PositiveIntegerField(help_text="how many mails the dry run showed then")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    set_at = models.DateTimeField()
    status = models.CharField(max_length=16, choices=ScheduleStatus.choices, default=ScheduleStatus.WAITING)
    settled_at = models.DateTimeField(null=True, blank=True)
    held_back = models.CharField(max_length=16, choices=HeldBack.choices, blank=True, help_text="why it did not leave")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["action"], condition=Q(status="waiting"), name="actions_one_waiting_schedule"),
        ]
