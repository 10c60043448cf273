"""The friendly ladder of those who were quiet: what was tried, who was asked to call, what they answered."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.relays.domain import WORDS_OF_A_CALL, CallClosed, CallOutcome, QuietStepKind, StillHere
from maillage.relays.models.terms import Term
from maillage.territories.models import Area


class QuietStep(models.Model):
    """One rung of the ladder taken for a term, reckoned from the sign of life at `since`: once each, by a constraint.

    `area` is the place whose organisers are told, where it is theirs. A new sign of life begins a new ladder.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="quiet_steps", db_index=False)  # one below begins with it
    kind = models.CharField(max_length=16, choices=QuietStepKind.choices)
    since = models.DateTimeField(help_text="the sign of life from which the quiet days are counted")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    tell_at = models.DateTimeField(help_text="by day, in the time of the place: whom it concerns is then told")
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["term", "since", "kind"], name="relays_one_quiet_step")]
        indexes = [models.Index(fields=["tell_at"], condition=Q(told_at__isnull=True), name="relays_quiet_to_tell")]


class FriendlyCall(models.Model):
    """A human was asked to call a quiet relay: their buddy, else their facilitator (`caller`), else the organisers above.

    `words` are of the caller, few, and the relay reads them. It is open until done, or closed because of `closed_because`.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    step = models.OneToOneField(QuietStep, on_delete=models.CASCADE, related_name="call")
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="friendly_calls")
    caller = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="calls_owed")
    opened_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    outcome = models.CharField(max_length=16, choices=CallOutcome.choices, blank=True)
    words = models.CharField(max_length=WORDS_OF_A_CALL, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.CharField(max_length=16, choices=CallClosed.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["term"], condition=Q(done_at__isnull=True, closed_at__isnull=True), name="relays_one_open_call"
            ),
            models.CheckConstraint(condition=Q(done_at__isnull=True) | Q(closed_at__isnull=True), name="relays_call_done_or_closed"),
            models.CheckConstraint(condition=Q(done_at__isnull=True) | ~Q(outcome=""), name="relays_call_has_outcome"),
        ]
        indexes = [models.Index(fields=["caller"], condition=Q(done_at__isnull=True, closed_at__isnull=True), name="relays_call_open")]


class QuietAnswer(models.Model):
    """What a quiet relay answered from the friendly mail, which is a sign of life."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    term = models.ForeignKey(Term, on_delete=models.CASCADE, related_name="quiet_answers", db_index=False)  # one below begins with it
    answer = models.CharField(max_length=16, choices=StillHere.choices)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["term", "-at"], name="relays_quiet_answer")]
