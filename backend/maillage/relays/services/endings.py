"""What goes with a term that ends: its hand-over is settled, its notes go along or are forgotten."""

from datetime import datetime

from maillage.accounts.models import User
from maillage.relays.domain.endings import TermEnding
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.models import HandOver, SeatNote, Term


def settle_hand_over(term: Term, *, by: User | None, now: datetime) -> None:
    """Settle the hand-over of a term that has just ended, whichever way it did, and the notes of who held it.

    The notes go along where the holder had let them, and are forgotten otherwise. Whoever holds the seat still, as its
    relay after they stood in, keeps theirs.
    """
    under_way = HandOver.objects.select_for_update(of=("self",)).filter(term=term, status=HandOverStatus.BEGUN).first()
    if under_way is not None:
        under_way.status, under_way.settled_at, under_way.settled_by = HandOverStatus.DONE, now, by
        under_way.save(update_fields=["status", "settled_at", "settled_by"])
    if Term.objects.filter(seat_id=term.seat_id, person_id=term.person_id, ends_at__isnull=True).exists():
        return
    notes = SeatNote.objects.filter(seat_id=term.seat_id, author_id=term.person_id, handed_at__isnull=True)
    if under_way is not None and under_way.gives_notes and term.ending != TermEnding.ERASED:
        notes.update(handed_at=now)
    else:
        notes.delete()
