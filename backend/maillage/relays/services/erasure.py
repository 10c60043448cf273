"""What a person asked and held, forgotten."""

from datetime import datetime
from uuid import UUID

from maillage.relays.models import Application, CharterRequest, HandOver, SeatNote, Term
from maillage.relays.services.terms import end_term


def erase_seats(person_id: UUID, now: datetime) -> None:
    """End what a person holds, delete what they asked and noted; that somebody held the seat, and when, stays. Facts: term.ended."""
    for term_id in Term.objects.filter(person_id=person_id, ends_at__isnull=True).order_by("pk").values_list("pk", flat=True):
        end_term(term_id=term_id, by=None, now=now)
    HandOver.objects.filter(term__person_id=person_id).delete()
    HandOver.objects.filter(successor_id=person_id).update(successor=None)
    SeatNote.objects.filter(author_id=person_id).delete()
    Application.objects.filter(person_id=person_id).delete()
    CharterRequest.objects.filter(person_id=person_id).delete()
