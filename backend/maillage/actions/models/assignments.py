"""What each seat is asked, what its holder answered, and what came of it."""

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db import models
from django.db.models import Case, Q, Value, When
from django.db.models.functions import Coalesce, Least

from maillage.actions.domain import Answer, BoardState, Met, Owes, owes
from maillage.actions.models.actions import Action
from maillage.advocacy.domain import Stance
from maillage.advocacy.models import Contact
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.relays.models import Seat


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    """Assignments, and where each stands."""

    def stated(self, now: datetime) -> "AssignmentQuerySet":
        """Add `state`: `actions.domain.board_state` in SQL; a test compares the two. A stopped action stands still."""
        instant = Least(Value(now, output_field=models.DateTimeField()), Coalesce("action__stopped_at", Value(now)))
        taken_over = Q(neighbour__isnull=False)
        held = Q(neighbour__isnull=True, holder__isnull=False)
        owes_answer = held & Q(answer=Answer.WAITING)
        owes_report = (taken_over & ~Q(answer=Answer.EXPIRED)) | (held & Q(answer=Answer.ACCEPTED))
        due = (owes_answer & Q(action__starts_at__lte=instant)) | (owes_report & Q(action__ends_at__lte=instant))
        return self.annotate(
            state=Case(
                When(answer=Answer.REPORTED, then=Value(BoardState.REPORTED.value)),
                When(due & (Q(excused_until__isnull=True) | Q(excused_until__lte=instant)), then=Value(BoardState.LATE.value)),
                When(taken_over, then=Value(BoardState.NEIGHBOUR.value)),
                When(owes_report, then=Value(BoardState.ACCEPTED.value)),
                When(owes_answer, then=Value(BoardState.NO_ANSWER.value)),
                default=Value(BoardState.EMPTY.value),
                output_field=models.CharField(),
            )
        )


class Assignment(models.Model):
    """One action asked of one seat. Without a holder when nobody held the seat: the worklist.

    `neighbour` took it over, and acts instead of the holder while they do; `answer` stays what the holder said until a report comes.
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    action = models.ForeignKey(Action, on_delete=models.CASCADE, related_name="assignments")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="assignments")
    holder = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="assignments")
    neighbour = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="assignments_taken_over")
    neighbour_since = models.DateTimeField(null=True, blank=True)
    asked_at = models.DateTimeField(default=now, help_text="when the one who holds it was asked")
    answer = models.CharField(max_length=16, choices=Answer.choices, default=Answer.WAITING)
    reason = models.CharField(max_length=280, blank=True, help_text="why the holder does not go, if they said so")
    answered_at = models.DateTimeField(null=True, blank=True)
    excused_until = models.DateTimeField(null=True, blank=True, help_text="not late, and not reminded, until then")
    changed_at = models.DateTimeField(default=now, help_text="what the board's `?since=` compares")

    objects: ClassVar[models.Manager["Assignment"]] = AssignmentQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["action", "seat"], name="actions_one_assignment_a_seat")]
        indexes = [
            models.Index(fields=["action", "changed_at"], name="actions_assignment_changed"),
            models.Index(fields=["holder", "action"], name="actions_assignment_holder"),
        ]

    @property
    def acting_id(self) -> UUID | None:
        """Who acts on it: the neighbour who took it over, else its holder."""
        return self.neighbour_id or self.holder_id

    @property
    def acting(self) -> Person | None:
        """The same, as a person."""
        return self.neighbour or self.holder

    @property
    def acting_answer(self) -> Answer:
        """What whoever acts on it has said: who took it over said yes to that."""
        said = Answer(self.answer)
        return said if self.neighbour_id is None or said in (Answer.REPORTED, Answer.EXPIRED) else Answer.ACCEPTED

    @property
    def owes(self) -> Owes:
        """What is owed of it next."""
        return owes(answer=Answer(self.answer), has_holder=self.holder_id is not None, has_neighbour=self.neighbour_id is not None)


class Report(models.Model):
    """What came of an assignment, in the words of whoever went. One for each assignment; a second one corrects it."""

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="report")
    author = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    met = models.CharField(max_length=16, choices=Met.choices)
    met_on = models.DateField(help_text="on which day of the place one met, or tried to")
    stance = models.SmallIntegerField(choices=Stance.choices, null=True, blank=True)
    quote = models.CharField(max_length=500, blank=True, help_text="a sentence of the representative")
    failed = models.CharField(max_length=500, blank=True, help_text="what did not work; asked when nobody was met")
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="what it left with the office holder"
    )
    reported_at = models.DateTimeField(default=now)
    version = models.PositiveIntegerField(default=1, help_text="grows with each correction; one that waited names the one it read")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(met="nobody") | Q(stance__isnull=True), name="actions_no_stance_without_meeting")
        ]


class ReportPhoto(models.Model):
    """The photo that came with a report: a JPEG drawn by us, for whoever may read the report. Another photo is another row (ADR 37)."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    report = models.OneToOneField(Report, on_delete=models.CASCADE, related_name="photo")
    jpeg = models.BinaryField()
    added_at = models.DateTimeField()
