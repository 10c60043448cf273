"""What is done about assignments that wait: steps of organisers, reminders, questions to neighbours."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.actions.domain import OPEN_TAKE_OVER, REMINDERS_MOST, StepKind, TakeOverStatus
from maillage.actions.models.actions import Action
from maillage.actions.models.assignments import Assignment
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person


class BoardStep(models.Model):
    """One thing that an organiser did from the board, to one assignment or many at once."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="steps", db_index=False)
    kind = models.CharField(max_length=16, choices=StepKind.choices)
    assignments = models.ManyToManyField(Assignment, related_name="steps")
    number = models.PositiveIntegerField(help_text="how many assignments, as the organiser confirmed it")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    is_by_rule = models.BooleanField(default=False, help_text="nobody took it: the action's rule for vacant seats did")
    at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["action", "-at"], name="actions_step_of_action")]


class TakeOver(models.Model):
    """A neighbour was asked to take one assignment over; accepted, they are the one who acts (`Assignment.neighbour`)."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="take_overs")
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="take_overs")
    status = models.CharField(max_length=16, choices=TakeOverStatus.choices, default=TakeOverStatus.ASKED)
    reason = models.CharField(max_length=280, blank=True, help_text="why they said no, if they said so")
    step = models.ForeignKey(BoardStep, on_delete=models.SET_NULL, null=True, blank=True, related_name="take_overs")
    asked_at = models.DateTimeField()
    leaves_at = models.DateTimeField(help_text="the mail leaves then; undone before, nobody was ever asked")
    sent_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True, help_text="when it was answered or withdrawn")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["assignment"], condition=Q(status__in=OPEN_TAKE_OVER), name="actions_one_open_take_over")
        ]


class Reminder(models.Model):
    """Whoever acts on an assignment is reminded: its holder, or the neighbour of `take_over`."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.ForeignKey(Assignment, on_delete=models.CASCADE, related_name="reminders", db_index=False)
    take_over = models.ForeignKey(TakeOver, on_delete=models.CASCADE, null=True, blank=True, related_name="reminders")
    number = models.PositiveSmallIntegerField()
    step = models.ForeignKey(
        BoardStep, on_delete=models.SET_NULL, null=True, blank=True, related_name="reminders", help_text="empty: by the clock"
    )
    leaves_at = models.DateTimeField(help_text="undone before, nobody was ever reminded")
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["assignment", "take_over", "number"], nulls_distinct=False, name="actions_one_reminder_a_number"
            ),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=REMINDERS_MOST), name="actions_two_reminders_at_most"),
        ]
