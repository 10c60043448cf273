"""What holders write down about their place."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.relays.domain.notes import DATED, NOTE_MOST, NoteKind
from maillage.relays.models.seats import Seat


class SeatNote(models.Model):
    """One thing that whoever holds a seat knows of it; written to be read by those of whom it speaks.

    It is its author's, who reads it together with the organisers above, and goes with their term: unless they let it go
    along to the next person, from `handed_at` on.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.CASCADE, related_name="notes", db_index=False)  # one below begins with it
    author = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="seat_notes")
    kind = models.CharField(max_length=16, choices=NoteKind.choices)
    text = models.CharField(max_length=NOTE_MOST)
    due_on = models.DateField(null=True, blank=True, help_text="by when, of what was promised or is to be done")
    kept_at = models.DateTimeField(null=True, blank=True, help_text="when it was done, or the promise kept")
    written_at = models.DateTimeField(default=now)
    handed_at = models.DateTimeField(null=True, blank=True, help_text="it went along to whoever holds the seat after its author")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(due_on__isnull=True) | Q(kind__in=DATED), name="relays_note_due_where_dated")]
        indexes = [
            models.Index(fields=["seat", "author"], name="relays_note_seat"),
            models.Index(fields=["handed_at"], condition=Q(handed_at__isnull=False), name="relays_note_handed"),
        ]
