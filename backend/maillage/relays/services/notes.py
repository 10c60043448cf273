"""Notes of a seat: written, mended, ticked off, thrown away."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.relays.domain.notes import DATED, NOTE_MOST, NOTES_KEPT, NOTES_MOST, NoteKind
from maillage.relays.models import SeatNote, Term


def write_note(*, seat_id: UUID, author_id: UUID, kind: NoteKind, text: str, now: datetime, due_on: date | None = None) -> SeatNote:
    """Write down something about the seat that the author holds.

    Raises: Forbidden (`not_your_seat`), Invalid (text, due_on), Conflict (`notes_full`).
    """
    with transaction.atomic():
        _hold(seat_id, author_id)
        said = _checked(kind, text=text, due_on=due_on)
        if SeatNote.objects.filter(seat_id=seat_id, author_id=author_id, handed_at__isnull=True).count() >= NOTES_MOST:
            raise Conflict(
                _("You keep %(most)s notes of this seat already. Throw one away first: the next person reads them all on one page.")
                % {"most": NOTES_MOST},
                code="notes_full",
            )
        return SeatNote.objects.create(seat_id=seat_id, author_id=author_id, kind=kind, due_on=due_on, text=said, written_at=now)


def mend_note(*, note_id: UUID, author_id: UUID, text: str, due_on: date | None) -> SeatNote:
    """Change one's own note, as long as one holds its seat.

    Raises: NotFound, Forbidden (`not_your_seat`), Invalid (text, due_on), Conflict (`note_handed_on`).
    """
    with transaction.atomic():
        note = _own(note_id, author_id)
        if note.handed_at is not None:
            raise Conflict(_("This note has gone along to the next person. You can still take it back."), code="note_handed_on")
        _hold(note.seat_id, author_id)
        note.text, note.due_on = _checked(NoteKind(note.kind), text=text, due_on=due_on), due_on
        note.save(update_fields=["text", "due_on"])
    return note


def throw_note_away(*, note_id: UUID, author_id: UUID) -> None:
    """Delete one's own note, also one that went along to the next person. Raises: NotFound."""
    with transaction.atomic():
        _own(note_id, author_id).delete()


def tick_note(*, note_id: UUID, holder_id: UUID, is_kept: bool, now: datetime) -> SeatNote:
    """Say of what was promised or is to be done that it was, or take that back: who holds the seat says it.

    Raises: NotFound (also of a note that is not theirs and did not go along to them), Forbidden (`not_your_seat`).
    """
    with transaction.atomic():
        note = SeatNote.objects.select_for_update(of=("self",)).filter(pk=note_id).first()
        if note is None or (note.author_id != holder_id and (note.handed_at is None or not _held(note.seat_id, holder_id))):
            raise NotFound(code="note_unknown")
        _hold(note.seat_id, holder_id)
        note.kept_at = (note.kept_at or now) if is_kept else None
        note.save(update_fields=["kept_at"])
    return note


def forget_notes(*, now: datetime) -> int:
    """Delete the notes that were handed on a year ago, and say how many."""
    deleted, _each = SeatNote.objects.filter(handed_at__lt=now - NOTES_KEPT).delete()
    return deleted


def _own(note_id: UUID, author_id: UUID) -> SeatNote:
    note = SeatNote.objects.select_for_update(of=("self",)).filter(pk=note_id, author_id=author_id).first()
    if note is None:
        raise NotFound(code="note_unknown")
    return note


def _hold(seat_id: UUID, person_id: UUID) -> None:
    """Hold the running term while something is written in its name, so that it cannot end in between."""
    if _held(seat_id, person_id) is None:
        raise Forbidden(_("Only who holds this seat writes notes about it."), code="not_your_seat")


def _held(seat_id: UUID, person_id: UUID) -> Term | None:
    running = Term.objects.select_for_update(of=("self",), no_key=True)
    return running.filter(seat_id=seat_id, person_id=person_id, ends_at__isnull=True).order_by("pk").first()


def _checked(kind: NoteKind, *, text: str, due_on: date | None) -> str:
    said = text.strip()
    if not said:
        raise Invalid(fields={"text": [_("Write a sentence.")]})
    if len(said) > NOTE_MOST:
        raise Invalid(fields={"text": [_("At most 500 letters fit here.")]})
    if due_on is not None and kind not in DATED:
        raise Invalid(fields={"due_on": [_("Only what was promised or is to be done has a day.")]})
    return said
