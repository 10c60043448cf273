"""What each seat is asked, what its holder answered, and what came of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maillage.actions.domain import Answer, Met, Stance
from maillage.actions.models.actions import Action
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.relays.models import Seat


class Assignment(models.Model):
    """One action asked of one seat. Without a holder when the seat was vacant at launch: the worklist."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="assignments")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="assignments")
    holder = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="assignments")
    answer = models.CharField(max_length=16, choices=Answer.choices, default=Answer.WAITING)
    answered_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=now, help_text="what the board's `?since=` compares")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "seat"], name="actions_one_assignment_a_seat")]
        indexes = [
            models.Index(fields=["action", "changed_at"], name="actions_assignment_changed"),
            models.Index(fields=["holder", "action"], name="actions_assignment_holder"),
        ]


class Report(models.Model):
    """What came of an assignment, in the words of whoever went. One for each assignment; a second one corrects it."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="report")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    met = models.CharField(max_length=16, choices=Met.choices)
    stance = models.SmallIntegerField(choices=Stance.choices, null=True, blank=True)
    quote = models.CharField(max_length=500, blank=True, help_text="a sentence of the representative")
    failed = models.CharField(max_length=500, blank=True, help_text="what did not work; asked when nobody was met")
    reported_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(met="nobody") | Q(stance__isnull=True), name="actions_no_stance_without_meeting")
        ]
