"""Relays of neighbouring seats who could stand in for an empty one."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.people.domain import Channel
from maillage.people.models import ConsentState
from maillage.people.selectors import email_addresses
from maillage.relays.domain import SeatState, TermKind
from maillage.relays.domain.filling import ASK_RESTS, ASK_STAND_IN, RESTING_ASK, AskKind, Unasked
from maillage.relays.models import Seat, SeatAsk, SeatStanding, Term
from maillage.relays.selectors.next_door import metres_from, next_door, seats_below
from maillage.relays.selectors.volunteers import last_asked, open_asks
from maillage.territories.models import called

MOST_NEAR = 8
"""How many are shown beyond next door, the nearest first."""


@dataclass(frozen=True)
class StandIn:
    """A relay who could stand in, of which seat, and why they cannot be asked now (`unasked`); None when they can."""

    person_id: UUID
    name: str
    code: str
    place: str
    is_next_door: bool
    metres: int | None
    last_asked_at: datetime | None
    unasked: Unasked | None


@dataclass(frozen=True)
class StandIns:
    """Who could stand in for a seat: those of the reader's places by name, and how many more live next door outside them."""

    people: list[StandIn]
    elsewhere: int


def could_stand_in(user: Actor, seat: Seat, *, now: datetime) -> StandIns:
    """Return the relays who could stand in for a seat: next door first, the longest border first, then the nearest."""
    beside = next_door([seat.area_id])[seat.area_id]
    filled = list(_filled(seat.network_id, now=now, user=user))
    held = [row for row in filled if row.organised]
    metres = metres_from({row.area_id for row in held}, target=seats_below(seat.area_id))
    order = {area_id: index for index, area_id in enumerate(beside)}
    near = sorted((row for row in held if row.area_id in order), key=lambda row: order[row.area_id])
    further = sorted(
        (row for row in held if row.area_id not in order and row.seat_id != seat.pk and row.area_id in metres),
        key=lambda row: metres[row.area_id],
    )
    rows = [*near, *further[:MOST_NEAR]]
    ids = [row.person_id for row in rows]
    why = _unasked({seat.pk: ids}, now=now)
    asked = last_asked(ids)
    people = [
        StandIn(
            person_id=row.person_id,
            name=row.name,
            code=row.code,
            place=row.place,
            is_next_door=row.area_id in order,
            metres=round(metres[row.area_id]) if row.area_id in metres else None,
            last_asked_at=asked.get(row.person_id),
            unasked=why.get((seat.pk, row.person_id)),
        )
        for row in rows
    ]
    return StandIns(people=people, elsewhere=sum(1 for row in filled if row.area_id in order and not row.organised))


def next_door_candidates(user: Actor, seats: Sequence[Seat], *, now: datetime) -> dict[UUID, list[UUID]]:
    """Return, for each seat, the people next door who can be asked now, in order. A handful of queries for any number."""
    beside = next_door({seat.area_id for seat in seats})
    held = {
        (row.network_id, row.area_id): row.person_id
        for network_id in {seat.network_id for seat in seats}
        for row in _filled(network_id, now=now, user=user)
        if row.organised
    }
    raw = {
        seat.pk: [person for other in beside[seat.area_id] if (person := held.get((seat.network_id, other))) is not None] for seat in seats
    }
    why = _unasked(raw, now=now)
    return {seat_id: [id for id in ids if (seat_id, id) not in why] for seat_id, ids in raw.items()}


def why_unasked(by: Actor, pairs: Sequence[tuple[UUID, UUID]], *, now: datetime) -> dict[tuple[UUID, UUID], Unasked]:
    """Say of (seat, person) pairs why a neighbour is not asked to stand in; who may be is left out."""
    seats = {seat.pk: seat for seat in Seat.objects.filter(pk__in={seat_id for seat_id, _person in pairs})}
    held: dict[UUID, set[UUID]] = {}
    for network_id in {seat.network_id for seat in seats.values()}:
        held[network_id] = {row.person_id for row in _filled(network_id, now=now, user=by) if row.organised}
    asked: dict[UUID, list[UUID]] = {}
    for seat_id, person_id in pairs:
        asked.setdefault(seat_id, []).append(person_id)
    why = _unasked(asked, now=now)
    return {
        pair: Unasked.OUT_OF_REACH if pair[1] not in held[seats[pair[0]].network_id] else why[pair]
        for pair in pairs
        if pair in why or pair[1] not in held[seats[pair[0]].network_id]
    }


@dataclass(frozen=True)
class _Held:
    network_id: UUID
    seat_id: UUID
    area_id: UUID
    code: str
    place: str
    person_id: UUID
    name: str
    organised: bool


def _filled(network_id: UUID, *, now: datetime, user: Actor) -> list[_Held]:
    organised = accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now)
    rows = SeatStanding.objects.filter(network_id=network_id, state=SeatState.FILLED, holder__isnull=False).annotate(organised=organised)
    fields = ("seat_id", "area_id", "area__code", called("area"), "holder_id", "holder__given_name", "holder__family_name", "organised")
    return [
        _Held(network_id, seat_id, area_id, code, place, person_id, f"{given} {family}".strip(), seen)
        for seat_id, area_id, code, place, person_id, given, family, seen in rows.values_list(*fields)
    ]


def _unasked(asked: Mapping[UUID, Collection[UUID]], *, now: datetime) -> dict[tuple[UUID, UUID], Unasked]:
    """Say of the people thought of for each seat why they cannot be asked. Five queries."""
    ids = list({id for people in asked.values() for id in people})
    stopped = set(
        ConsentState.objects.filter(person_id__in=ids, purpose=ASK_STAND_IN, channel=Channel.EMAIL, is_given=False).values_list(
            "person_id", flat=True
        )
    )
    reached = email_addresses(ids)
    busy = set(Term.objects.filter(person_id__in=ids, kind=TermKind.STAND_IN, ends_at__isnull=True).values_list("person_id", flat=True))
    waiting = open_asks(ids, now=now)
    rests = set(
        SeatAsk.objects.filter(
            person_id__in=ids, seat_id__in=list(asked), kind=AskKind.STAND_IN, status__in=RESTING_ASK, answered_at__gt=now - ASK_RESTS
        ).values_list("seat_id", "person_id")
    )
    found: dict[tuple[UUID, UUID], Unasked] = {}
    for seat_id, people in asked.items():
        for id in people:
            reason = (
                Unasked.HOLDS_SEAT
                if id in busy
                else Unasked.ASKED_ALREADY
                if id in waiting
                else Unasked.RESTS
                if (seat_id, id) in rests
                else Unasked.NOT_AGREED
                if id in stopped
                else Unasked.NO_ADDRESS
                if id not in reached
                else None
            )
            if reason:
                found[seat_id, id] = reason
    return found
