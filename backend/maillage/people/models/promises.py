"""Promises of a human contact, and what was done for those that waited."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.domain import StepKind
from maillage.people.models.persons import Person
from maillage.territories.models import Area


class Promise(models.Model):
    """A human will contact this person before an instant, and here is whether it was kept (decision 18).

    `next_step_at` is when somebody is to be reminded, the promise to climb, or it is looked who may still call; null once nobody
    owes the call any more.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="promises")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True, help_text="the person took back what they had asked; nobody owes a call")
    next_step_at = models.DateTimeField(null=True, blank=True)
    brought_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text="who entered for the person what they asked: owes them no call, since somebody else is to hear them",
    )

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(kept_at__isnull=True), name="people_promise_due"),
            models.Index(fields=["next_step_at"], condition=Q(next_step_at__isnull=False), name="people_promise_next_step"),
        ]


class PromiseStep(models.Model):
    """One thing done for a promise that nobody had kept yet: a reminder, a climb to the next organisers up, or that nobody is there.

    Ids and instants only. `area` is the place whose organisers owe the call from `at` on, `owed_by` the one of them who is
    named to the person; where nobody is there, `area` is the place itself. Each step of a promise has its number once, so that no
    two runs take the same one.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    promise = models.ForeignKey(Promise, on_delete=models.CASCADE, related_name="steps", db_index=False)  # one below begins with it
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=16, choices=StepKind.choices)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="+")
    owed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    tell_at = models.DateTimeField(help_text="by day, in the time of the place: whoever owes the call and who waits for it are then told")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["promise", "number"], name="people_one_promise_step")]
        indexes = [models.Index(fields=["tell_at"], condition=Q(told_at__isnull=True), name="people_step_to_tell")]
