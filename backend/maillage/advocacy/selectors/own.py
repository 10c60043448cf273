"""What a person wrote about office holders, told to them."""

from typing import Any
from uuid import UUID

from django.db.models import Q

from maillage.advocacy.models import Contact, ContactStep, Position, PositionDispute


def said_by(person_id: UUID) -> dict[str, Any]:
    """Say what a person heard, disputed, settled and logged, for the file that they take away."""
    theirs = Q(author_id=person_id) | Q(by__person=person_id)
    positions = Position.objects.filter(theirs).order_by("recorded_at")
    contacts = Contact.objects.filter(theirs).order_by("logged_at")
    steps = ContactStep.objects.filter(theirs).order_by("on", "pk")
    disputes = PositionDispute.objects.filter(by__person=person_id).order_by("opened_at")
    settled = PositionDispute.objects.filter(settled_by__person=person_id).order_by("settled_at")
    return {
        "positions": list(
            positions.values("area__code", "stance", "known_by", "source_url", "said_on", "quote", "recorded_at", "undone_at")
        ),
        "contacts": list(contacts.values("area__code", "kind", "initiative", "decision", "logged_at", "corrected_at")),
        "contact_steps": list(steps.values("contact__area__code", "kind", "on", "words")),
        "disputes": list(disputes.values("position__area__code", "reason", "opened_at", "outcome", "settled_at")),
        "settled": list(settled.values("position__area__code", "outcome", "words", "settled_at")),
    }
