"""Who agreed to be asked for a seat, and how near they live: from the centre of their commune (decision 3)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, QuerySet

from maillage.accounts.selectors.grants import Actor
from maillage.people.domain import Channel
from maillage.people.models import ConsentState, Person
from maillage.people.selectors import email_addresses
from maillage.people.selectors.persons import Reach, people_within, reach_of
from maillage.relays.domain import WAITING_APPLICATION
from maillage.relays.domain.filling import (
    ASK_RESTS,
    ASK_STAND_IN,
    OPEN_ASK,
    RESTING_ASK,
    SEAT_ASKING,
    YES_LASTS,
    AskKind,
    AskStatus,
    Unasked,
)
from maillage.relays.models import Application, Seat, SeatAsk, Term
from maillage.relays.selectors.applications import contact_points_of
from maillage.relays.selectors.next_door import metres_from, seats_below
from maillage.relays.selectors.terms import is_relay
from maillage.territories.models import called

MOST_SHOWN = 50
MOST_WEIGHED = 1000
"""Of how many the distance is reckoned: those of the nearest constituencies that together have enough."""


@dataclass(frozen=True)
class Volunteer:
    """Somebody who agreed to be asked. `metres` from the centre of their commune to the seat's area, None where it is not known."""

    person_id: UUID
    name: str
    commune: str
    metres: int | None
    is_here: bool
    contacts: list[dict[str, Any]]
    last_asked_at: datetime | None
    unasked: Unasked | None
    """Why they cannot be asked by mail now; None when they can."""


def volunteers_reached(user: Actor, *, now: datetime, within: Collection[UUID] | None = None) -> QuerySet[Person]:
    """Return the confirmed people of a user's places who agreed to be asked, hold no seat and asked for none."""
    organised = reach_of(user, now=now).organised
    return _volunteers(organised & frozenset(within) if within is not None else organised)


def volunteers_by_area(user: Actor, *, now: datetime) -> dict[UUID, int]:
    """Count them by constituency, those of a user's places. Two queries."""
    rows = volunteers_reached(user, now=now).order_by().values_list("area_id").annotate(people=Count("pk"))
    return {area_id: people for area_id, people in rows if area_id}


def nearest_volunteers(user: Actor, seat: Seat, *, now: datetime, limit: int = MOST_SHOWN) -> tuple[list[Volunteer], int]:
    """Return the volunteers nearest to a seat among a user's people, and how many there are in all their places.

    About ten queries whatever their number; distances of at most a thousand are compared.
    """
    counts = volunteers_by_area(user, now=now)
    here = seats_below(seat.area_id)
    far = metres_from(counts, target=here)
    chosen: list[UUID] = []
    found = 0
    for area_id in sorted(counts, key=lambda id: (id not in here, far.get(id, float("inf")), str(id))):
        if found >= MOST_WEIGHED:
            break
        chosen.append(area_id)
        found += counts[area_id]
    rows = list(
        _volunteers(frozenset(chosen))
        .order_by("pk")
        .values("pk", "given_name", "family_name", "area_id", "locality_id", commune=called("locality"))[:MOST_WEIGHED]
    )
    metres = metres_from({row["locality_id"] or row["area_id"] for row in rows}, target=here)
    away = {row["pk"]: metres.get(row["locality_id"] or row["area_id"], far.get(row["area_id"])) for row in rows}
    rows.sort(key=lambda row: (_nearness(away[row["pk"]], is_here=row["area_id"] in here), row["area_id"] not in here, str(row["pk"])))
    shown = rows[:limit]
    ids = [row["pk"] for row in shown]
    why = unasked_of(ids, now=now)
    asked = last_asked(ids)
    contacts = contact_points_of(ids)
    return [
        Volunteer(
            person_id=row["pk"],
            name=f"{row['given_name']} {row['family_name']}".strip(),
            commune=row["commune"] or "",
            metres=None if (distance := away[row["pk"]]) is None else round(distance),
            is_here=row["area_id"] in here,
            contacts=contacts[row["pk"]],
            last_asked_at=asked.get(row["pk"]),
            unasked=why.get(row["pk"]),
        )
        for row in shown
    ], sum(counts.values())


def unasked_of(person_ids: Collection[UUID], *, now: datetime) -> dict[UUID, Unasked]:
    """Say of volunteers why they cannot be asked by mail now; who can is left out. Five queries."""
    ids = list(person_ids)
    agreed = set(
        ConsentState.objects.filter(person_id__in=ids, purpose=SEAT_ASKING.purpose, channel=Channel.EMAIL, is_given=True).values_list(
            "person_id", flat=True
        )
    )
    reached = set(email_addresses(ids)) & agreed
    why = {id: Unasked.NO_ADDRESS for id in ids if id not in reached}
    rests = SeatAsk.objects.filter(person_id__in=ids, status__in=RESTING_ASK, answered_at__gt=now - ASK_RESTS)
    why |= dict.fromkeys(rests.values_list("person_id", flat=True), Unasked.RESTS)
    why |= dict.fromkeys(open_asks(ids, now=now), Unasked.ASKED_ALREADY)
    return why


def why_unasked(by: Actor, pairs: Sequence[tuple[UUID, UUID]], *, now: datetime) -> dict[tuple[UUID, UUID], Unasked]:
    """Say of (seat, person) pairs why they are not asked; who may be is left out."""
    ids = [person_id for _seat, person_id in pairs]
    theirs = reach_of(by, now=now).organised
    seen = set(people_within(Reach(organised=theirs, held={})).filter(pk__in=ids).values_list("pk", flat=True))
    agreed = set(
        ConsentState.objects.filter(person_id__in=ids, purpose=SEAT_ASKING.purpose, is_given=True).values_list("person_id", flat=True)
    )
    free = set(_volunteers(theirs).filter(pk__in=ids).values_list("pk", flat=True))
    why = unasked_of(ids, now=now)
    found = {}
    for seat_id, person_id in pairs:
        if person_id not in seen:
            reason: Unasked | None = Unasked.OUT_OF_REACH
        elif person_id not in agreed:
            reason = Unasked.NOT_AGREED
        elif person_id not in free:
            reason = Unasked.HOLDS_SEAT
        else:
            reason = why.get(person_id)
        if reason:
            found[seat_id, person_id] = reason
    return found


def may_be_asked(person_id: UUID, *, kind: AskKind) -> bool:
    """Say whether a question may still leave: a volunteer agreed, a neighbour is a relay still and did not stop such mails."""
    if kind == AskKind.VOLUNTEER:
        agreed = ConsentState.objects.filter(person_id=person_id, purpose=SEAT_ASKING.purpose, channel=Channel.EMAIL, is_given=True)
        return agreed.exists()
    stopped = ConsentState.objects.filter(person_id=person_id, purpose=ASK_STAND_IN, channel=Channel.EMAIL, is_given=False)
    return is_relay(person_id) and not stopped.exists()


def open_asks(person_ids: Collection[UUID], *, now: datetime) -> set[UUID]:
    """Return who is asked for a seat and has not answered, or said yes and waits, each for their time. One query."""
    asks = SeatAsk.objects.filter(person_id__in=person_ids, status__in=OPEN_ASK).exclude(status=AskStatus.WAITING, ends_at__lte=now)
    return set(asks.exclude(status=AskStatus.AGREED, answered_at__lte=now - YES_LASTS).values_list("person_id", flat=True))


def last_asked(person_ids: Collection[UUID]) -> dict[UUID, datetime]:
    """Say when each was asked last, for whatever seat. One query."""
    asks = SeatAsk.objects.filter(person_id__in=person_ids).exclude(status=AskStatus.TAKEN_BACK).order_by("asked_at")
    return dict(asks.values_list("person_id", "asked_at"))


def _nearness(metres: float | None, *, is_here: bool) -> float:
    """Order by distance; who lives in a place of which no outline is known comes before whose distance nobody knows."""
    if metres is not None:
        return metres
    return 0 if is_here else float("inf")


def _volunteers(areas: frozenset[UUID]) -> QuerySet[Person]:
    agreed = ConsentState.objects.filter(person=OuterRef("pk"), purpose=SEAT_ASKING.purpose, is_given=True)
    holds = Term.objects.filter(person=OuterRef("pk"), ends_at__isnull=True)
    asks = Application.objects.filter(person=OuterRef("pk"), status__in=WAITING_APPLICATION)
    return people_within(Reach(organised=areas, held={})).filter(Exists(agreed), ~Exists(holds), ~Exists(asks))
