"""Filling the map: who looks after an empty seat, what was tried, who was asked."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.relays.domain.filling import LONGEST_WORDS, OPEN_ASK, AskKind, AskStatus, StepKind
from maillage.relays.models.seats import Seat


class Filling(models.Model):
    """The work of filling one seat: which organiser took it on, until when it is put off, what comes next.

    The words are about a place and name nobody who did not agree; they go when their organiser is erased.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    seat = models.OneToOneField(Seat, primary_key=True, on_delete=models.CASCADE, related_name="filling")
    taken_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    taken_at = models.DateTimeField(null=True, blank=True)
    snoozed_until = models.DateField(null=True, blank=True, help_text="not listed before this day")
    next_step = models.CharField(max_length=LONGEST_WORDS, blank=True)
    next_step_on = models.DateField(null=True, blank=True)
    planned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["next_step_on", "seat"], name="relays_filling_next"),
            models.Index(fields=["taken_by"], condition=Q(taken_by__isnull=False), name="relays_filling_whose"),
        ]


class FillingStep(models.Model):
    """One thing that was tried to fill a seat, by whom and when; its words go when their author is erased."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="filling_steps", db_index=False)
    kind = models.CharField(max_length=24, choices=StepKind.choices)
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    count = models.PositiveSmallIntegerField(null=True, blank=True, help_text="how many people were asked")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["seat", "-at"], name="relays_step_seat")]


class SeatAsk(models.Model):
    """Somebody is asked for a seat: a volunteer to hold it, or a relay next door to stand in. One open question a person."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="asks")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seat_asks")
    kind = models.CharField(max_length=16, choices=AskKind.choices)
    status = models.CharField(max_length=16, choices=AskStatus.choices, default=AskStatus.WAITING)
    step = models.ForeignKey(
        FillingStep, on_delete=models.SET_NULL, null=True, blank=True, related_name="asks", help_text="the press that asked"
    )
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    asked_at = models.DateTimeField()
    leaves_at = models.DateTimeField(help_text="its mail leaves then; until then it is taken back as if it had never been")
    sent_at = models.DateTimeField(null=True, blank=True)
    ends_at = models.DateTimeField(help_text="unanswered, it lapses then")
    answered_at = models.DateTimeField(null=True, blank=True, help_text="when it was answered, lapsed or was taken back")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(status__in=OPEN_ASK), name="relays_one_open_ask_a_person"),
            models.CheckConstraint(condition=Q(ends_at__gt=F("asked_at")), name="relays_ask_ends_after_start"),
        ]
        indexes = [
            models.Index(fields=["ends_at"], condition=Q(status=AskStatus.WAITING), name="relays_ask_waiting"),
        ]
