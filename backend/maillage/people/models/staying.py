"""Who is asked whether to stay."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models.persons import Person


class StayQuestion(models.Model):
    """Somebody gave no sign of life for nearly three years, and is asked once whether to stay; unanswered, they are forgotten.

    `asked_at` is when the question was handed to the outbox. A yes is a sign of life. Any other sign deletes an open question.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="stay_questions")
    found_at = models.DateTimeField(help_text="the night on which they had been silent for so long")
    asked_at = models.DateTimeField(null=True, blank=True)
    stayed_at = models.DateTimeField(null=True, blank=True, help_text="they said that they stay")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person"], condition=Q(stayed_at__isnull=True), name="people_one_open_stay_question"),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(asked_at__isnull=True, stayed_at__isnull=True), name="people_stay_to_ask"),
            models.Index(fields=["asked_at", "id"], condition=Q(stayed_at__isnull=True), name="people_stay_unanswered"),
        ]
