"""Notes of a seat, narrowed to what the actor may see."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.relays.domain import TermKind
from maillage.relays.domain.notes import NoteKind
from maillage.relays.models import Seat, SeatNote, Term

_ORDER = [kind.value for kind in NoteKind]


@dataclass(frozen=True)
class SeatInside:
    """A seat for those who may know more of it than the public: what the reader is to it."""

    seat: Seat
    is_organised: bool
    term: Term | None
    """The reader's own running term there."""

    @property
    def role(self) -> Role:
        """As what they read."""
        if self.is_organised or self.term is None:
            return Role.ORGANISER
        return Role.RELAY if self.term.kind == TermKind.RELAY else Role.STAND_IN


def seat_inside(user: Actor, seat_id: UUID, *, now: datetime) -> SeatInside:
    """A seat that a user holds, or organises from above. At most three queries.

    Raises: NotFound, for everybody else: its public page says what there is.
    """
    seat = Seat.objects.select_related("area__kind", "network").filter(pk=seat_id).first()
    if seat is None or user.pk is None:
        raise NotFound(code="seat_unknown")
    term = (
        Term.objects.select_related("person")
        .filter(seat_id=seat_id, ends_at__isnull=True, person__user_id=user.pk)
        .order_by("-kind")
        .last()
    )
    organised = accounts.is_reached(user, roles=[Role.ORGANISER], area_id=seat.area_id, now=now)
    if term is None and not organised:
        raise NotFound(code="seat_unknown")
    return SeatInside(seat=seat, is_organised=organised, term=term)


def notes_seen(inside: SeatInside) -> list[SeatNote]:
    """The notes that a reader of `seat_inside` may see, in the order in which they are read.

    Organisers above see them all; a holder sees their own and those that went along to them. One query.
    """
    notes = SeatNote.objects.filter(seat_id=inside.seat.pk)
    if not inside.is_organised and inside.term is not None:
        notes = notes.filter(Q(author_id=inside.term.person_id) | Q(handed_at__isnull=False))
    return in_order(notes)


def own_notes(user: Actor) -> list[SeatNote]:
    """All the notes that a signed-in person wrote and that are kept, of whatever seat; one query."""
    if user.pk is None:
        return []
    return in_order(SeatNote.objects.filter(author__user_id=user.pk))


def in_order(notes: QuerySet[SeatNote]) -> list[SeatNote]:
    """Sort notes as they are read: by what they are about, what waits before what is done, the nearest day first."""
    found = list(notes.select_related("author", "seat__area"))
    late = max((note.due_on for note in found if note.due_on), default=None)

    def place(note: SeatNote) -> tuple[int, bool, bool, object, datetime, UUID]:
        return (_ORDER.index(note.kind), note.kept_at is not None, note.due_on is None, note.due_on or late, note.written_at, note.pk)

    return sorted(found, key=place)
