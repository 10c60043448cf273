"""The one page that the next person of a seat gets."""

from dataclasses import dataclass
from datetime import datetime

from maillage.advocacy import selectors as advocacy
from maillage.people.models import Person
from maillage.people.selectors import email_addresses, ladder
from maillage.relays.domain import PromiseRecord, published_record
from maillage.relays.domain.history import SEAT_HISTORY, PastMeeting, Waiting
from maillage.relays.domain.notes import NoteKind
from maillage.relays.models import SeatNote, Term
from maillage.relays.selectors.notes import SeatInside, notes_seen
from maillage.territories.models import Area, called

MEETINGS_SHOWN = 6
"""The latest ones: the page is one sheet of paper."""


@dataclass(frozen=True)
class Organiser:
    """Who organises a place, and where they are reached."""

    person: Person
    email: str


@dataclass(frozen=True)
class Dossier:
    """What whoever holds a seat should know of it: read, never stored."""

    inside: SeatInside
    office_holder: advocacy.Card | None
    meetings: list[PastMeeting]
    earlier_meetings: int
    """How many more there were than are shown."""
    open_promises: list[SeatNote]
    notes: list[SeatNote]
    waiting: list[Waiting]
    organisers: list[Organiser]
    organised_place: str
    record: PromiseRecord | None
    is_first: bool
    """Nobody held the seat before, as far as is known here."""


def dossier(inside: SeatInside, *, now: datetime) -> Dossier:
    """Put the page together for who holds the seat or organises it, in the active language."""
    seat = inside.seat
    meetings = sorted((one for hall in SEAT_HISTORY.values() for one in hall.past(seat.pk)), key=lambda one: one.at, reverse=True)
    waiting = sorted((one for hall in SEAT_HISTORY.values() for one in hall.waiting(seat.pk, now)), key=lambda one: one.ends_at)
    notes = notes_seen(inside)
    organisers, place = _organisers(inside, now=now)
    return Dossier(
        inside=inside,
        office_holder=advocacy.sitting_for(seat.area_id),
        meetings=meetings[:MEETINGS_SHOWN],
        earlier_meetings=max(len(meetings) - MEETINGS_SHOWN, 0),
        open_promises=[note for note in notes if note.kind == NoteKind.PROMISED and note.kept_at is None],
        notes=[note for note in notes if note.kind != NoteKind.PROMISED],
        waiting=waiting,
        organisers=organisers,
        organised_place=place,
        record=published_record(seat.network_id, seat.area_id),
        is_first=not Term.objects.filter(seat_id=seat.pk, ends_at__isnull=False).exists(),
    )


def _organisers(inside: SeatInside, *, now: datetime) -> tuple[list[Organiser], str]:
    """The nearest organisers above a seat who are known by name, and the place that they organise."""
    for rung in ladder(inside.seat.area_id, now=now):
        known = [user.person for user in rung.organisers if hasattr(user, "person") and user.person.given_name]
        if known:
            addresses = email_addresses([person.pk for person in known])
            place = Area.objects.values_list(called(), flat=True).get(pk=rung.area_id)
            return [Organiser(person=person, email=addresses.get(person.pk, "")) for person in known], place
    return [], ""
