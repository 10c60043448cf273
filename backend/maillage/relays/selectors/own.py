"""What a person asked and held, told to them."""

from typing import Any
from uuid import UUID

from maillage.relays.models import Application, CharterRequest, HandOver, SeatNote, Term


def seats_of(person_id: UUID) -> dict[str, Any]:
    """Say which seats a person asked for and held, for the file that they take away."""
    asked = Application.objects.filter(person_id=person_id).order_by("created_at")
    held = Term.objects.filter(person_id=person_id).order_by("starts_at")
    notes = SeatNote.objects.filter(author_id=person_id).order_by("written_at", "pk")
    handed = HandOver.objects.filter(term__person_id=person_id).order_by("begun_at")
    reading = CharterRequest.objects.filter(person_id=person_id).order_by("sent_at")
    return {
        "applications": list(
            asked.values(
                "seat__area__code", "seat__area__name", "status", "motivation", "created_at", "confirmed_at", "decided_at", "decision_words"
            )
        ),
        "terms": list(
            held.values("seat__area__code", "seat__area__name", "kind", "starts_at", "ends_at", "ending", "paused_at", "paused_until")
        ),
        "notes": list(notes.values("seat__area__code", "kind", "text", "due_on", "kept_at", "written_at", "handed_at")),
        "hand_overs": list(handed.values("term__seat__area__code", "status", "ends_on", "gives_notes", "words", "begun_at", "settled_at")),
        "charter_requests": list(reading.values("version__number", "sent_at")),
    }
