"""What a person asked and held, forgotten."""

from datetime import datetime
from uuid import UUID

from maillage.relays.models import Application, Term
from maillage.relays.services.terms import end_term


def erase_seats(person_id: UUID, now: datetime) -> None:
    """End what a person holds, delete what they asked; that somebody held the seat, and when, stays. Facts: term.ended."""
    for term_id in Term.objects.filter(person_id=person_id, ends_at__isnull=True).order_by("pk").values_list("pk", flat=True):
        end_term(term_id=term_id, by=None, now=now)
    Application.objects.filter(person_id=person_id).delete()
