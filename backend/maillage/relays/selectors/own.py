"""What a person asked and held, told to them."""

from typing import Any
from uuid import UUID

from maillage.relays.models import Application, Term


def seats_of(person_id: UUID) -> dict[str, Any]:
    """Say which seats a person asked for and held, for the file that they take away."""
    asked = Application.objects.filter(person_id=person_id).order_by("created_at")
    held = Term.objects.filter(person_id=person_id).order_by("starts_at")
    return {
        "applications": list(
            asked.values(
                "seat__area__code", "seat__area__name", "status", "motivation", "created_at", "confirmed_at", "decided_at", "decision_words"
            )
        ),
        "terms": list(held.values("seat__area__code", "seat__area__name", "kind", "starts_at", "ends_at", "paused_at", "paused_until")),
    }
