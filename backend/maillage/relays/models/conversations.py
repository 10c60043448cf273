"""What somebody from outside and whoever answers for a place write to each other, through the platform."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.relays.domain import LONGEST_WORDS, MOST_TURNS, ConversationStatus, Side
from maillage.relays.models.seats import Seat


class Conversation(models.Model):
    """Somebody writes to whoever answers for a place; neither side reads the other's address.

    Whoever wrote is not a person known to the organisation: their name and address stand here alone, and go with it.
    `answerer` is the relay or stand-in to whom it was given; None: the organisers above. They answer too where whoever has it
    holds the seat no more, pauses or was silent for 60 days.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="conversations")
    status = models.CharField(max_length=16, choices=ConversationStatus.choices, default=ConversationStatus.UNCONFIRMED)
    writer_name = models.CharField(max_length=100)
    writer_email = models.CharField(max_length=254, help_text="never shown to whoever answers")
    language = models.CharField(max_length=8)
    answerer = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="conversations")
    created_at = models.DateTimeField(default=now, editable=False)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    last_at = models.DateTimeField(default=now, help_text="its last turn; it is forgotten a year after")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(status=ConversationStatus.UNCONFIRMED) | Q(confirmed_at__isnull=False), name="relays_conversation_was_confirmed"
            ),
        ]
        indexes = [
            models.Index(fields=["seat", "-last_at"], name="relays_conversation_seat"),
            models.Index(fields=["answerer", "-last_at"], name="relays_conversation_answerer"),
            models.Index(fields=["writer_email", "created_at"], name="relays_conversation_writer"),
        ]


class Turn(models.Model):
    """What one side said, once."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    number = models.PositiveSmallIntegerField(help_text="1 asks, 2 answers, 3 asks once more, 4 answers and ends")
    side = models.CharField(max_length=8, choices=Side.choices)
    author = models.ForeignKey(
        Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", help_text="who answered, where known as a person"
    )
    words = models.TextField(max_length=LONGEST_WORDS)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "number"], name="relays_one_turn_at_a_time"),
            models.CheckConstraint(condition=Q(number__gte=1, number__lte=MOST_TURNS), name="relays_turn_is_among_four"),
        ]
