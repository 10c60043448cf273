"""The seats to fill of an organiser's places: the worklist, and one seat of it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, DateField, DateTimeField, Exists, F, Func, OuterRef, Q, QuerySet, Subquery, UUIDField, Value
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import Invalid, NotFound
from maillage.kernel.ids import read_uuid
from maillage.kernel.text import fold
from maillage.people.selectors import ladder
from maillage.relays.domain import SIGN_OF_LIFE, SeatState, TermKind
from maillage.relays.domain.filling import OPEN_ASK, TO_FILL, AskKind, AskStatus, Snoozed, Sort, StepKind, Whose
from maillage.relays.models import FillingStep, Seat, SeatAsk, SeatStanding, Term
from maillage.relays.selectors.next_door import next_door
from maillage.relays.selectors.stand_ins import next_door_candidates
from maillage.relays.selectors.volunteers import volunteers_by_area
from maillage.territories.models import AreaClosure, called

NEVER = "never"
"""The value of the filter `tried` that keeps the seats for which nothing was tried."""
FILLING_STATES = (*TO_FILL, SeatState.STAND_IN)
"""The states that the worklist can be narrowed to: a stand-in's where they are silent."""
LAST_DAY = date(9999, 12, 31)

KEYS = {Sort.CODE: ("area__code", "seat_id"), Sort.SINCE: ("since", "seat_id"), Sort.NEXT: ("next_on", "seat_id")}
"""The columns of each order. Codes and days of next steps have their index; since when a seat is empty is what the view says."""

_FILLING = "seat__filling"
FIELDS = (
    "seat_id",
    "state",
    "since",
    "seen_at",
    "area_id",
    "area__code",
    "area__time_zone",
    f"{_FILLING}__taken_by_id",
    f"{_FILLING}__taken_by__person__id",
    f"{_FILLING}__taken_by__person__given_name",
    f"{_FILLING}__taken_by__person__family_name",
    f"{_FILLING}__snoozed_until",
    f"{_FILLING}__next_step",
    f"{_FILLING}__next_step_on",
    "next_on",
    "step_kind",
    "step_at",
    "step_by_id",
    "step_person_id",
    "step_given_name",
    "step_family_name",
)


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the worklist; empty where they do not mind."""

    q: str = ""
    state: SeatState | None = None
    area: UUID | None = None
    whose: Whose | None = None
    tried: str = ""
    snoozed: Snoozed = Snoozed.NO
    sort: Sort = Sort.SINCE


def read_asked(said: Mapping[str, str]) -> Asked:
    """Read filters and order from an address; what is not known is refused by field.  Raises: Invalid."""
    raw_area = said.get("area", "")
    area = read_uuid(raw_area) if raw_area else None
    if raw_area and area is None:
        raise _unknown("area")
    return Asked(
        q=said.get("q", "")[:100],
        state=SeatState(state) if (state := _one_of(FILLING_STATES, said, "state")) else None,
        area=area,
        whose=Whose(whose) if (whose := _one_of(Whose.values, said, "whose")) else None,
        tried=_one_of([*StepKind.values, NEVER], said, "tried"),
        snoozed=Snoozed(_one_of(Snoozed.values, said, "snoozed") or Snoozed.NO),
        sort=Sort(_one_of(Sort.values, said, "sort") or Sort.SINCE),
    )


def seats_to_fill(user: Actor, network_id: UUID, asked: Asked, *, now: datetime) -> QuerySet[SeatStanding]:
    """Return the seats that look for somebody of the places that a user organises, narrowed as asked: `looks_for_somebody`, in SQL."""
    looks = Q(state__in=TO_FILL) | Q(state=SeatState.STAND_IN, seen_at__lt=now - SIGN_OF_LIFE)
    seats = SeatStanding.objects.filter(
        looks, accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now), network_id=network_id
    )
    if asked.state is not None:
        seats = seats.filter(state=asked.state)
    if asked.area is not None:
        seats = seats.filter(area__above__ancestor_id=asked.area, area__above__whole=True)
    if asked.q:
        folded = fold(asked.q)
        seats = seats.filter(Q(area__folded_name__contains=folded) | Q(area__code__istartswith=asked.q.strip()))
    mine = Q(seat__filling__taken_by_id=user.pk)
    if asked.whose == Whose.MINE:
        seats = seats.filter(mine)
    elif asked.whose == Whose.NOBODY:
        seats = seats.filter(seat__filling__taken_by__isnull=True)
    elif asked.whose == Whose.OTHERS:
        seats = seats.filter(seat__filling__taken_by__isnull=False).exclude(mine)
    steps = FillingStep.objects.filter(seat=OuterRef("seat_id"))
    if asked.tried == NEVER:
        seats = seats.filter(~Exists(steps))
    elif asked.tried:
        seats = seats.filter(Exists(steps.filter(kind=asked.tried)))
    put_off = Q(seat__filling__snoozed_until__gt=_day_there(now))
    if asked.snoozed == Snoozed.ONLY:
        seats = seats.filter(put_off)
    elif asked.snoozed == Snoozed.NO:
        seats = seats.exclude(put_off)
    return seats


def filling_rows(seats: QuerySet[SeatStanding]) -> QuerySet[SeatStanding, dict[str, Any]]:
    """Say seats to fill as rows for a list: whose they are, what comes next, what was tried last and by whom."""
    steps = FillingStep.objects.filter(seat=OuterRef("seat_id")).order_by("-at", "-pk")

    def last(field: str, kind: Any) -> Subquery:
        return Subquery(steps.values(field)[:1], output_field=kind)

    rows: QuerySet[SeatStanding, dict[str, Any]] = seats.annotate(
        next_on=Coalesce("seat__filling__next_step_on", Value(LAST_DAY), output_field=DateField()),
        step_kind=last("kind", CharField()),
        step_at=last("at", DateTimeField()),
        step_by_id=last("by_id", UUIDField()),
        step_person_id=last("by__person__id", UUIDField()),
        step_given_name=last("by__person__given_name", CharField()),
        step_family_name=last("by__person__family_name", CharField()),
    ).values(*FIELDS, place=called("area"), group=called("area__parent"))
    return rows


@dataclass(frozen=True)
class Near:
    """How many people could be asked for a seat: volunteers of the place and those next to it; relays next door."""

    volunteers: int
    neighbours: int


def near_of(user: Actor, rows: Iterable[Mapping[str, Any]], *, network_id: UUID, now: datetime) -> dict[UUID, Near]:
    """Count who could be asked for each of these rows. About ten queries, whatever their number."""
    areas = {row["seat_id"]: row["area_id"] for row in rows}
    beside = next_door(set(areas.values()))
    volunteers = volunteers_by_area(user, now=now)
    below = _seats_below({*areas.values(), *(other for others in beside.values() for other in others)})
    seats = [Seat(pk=seat_id, network_id=network_id, area_id=area_id) for seat_id, area_id in areas.items()]
    neighbours = next_door_candidates(user, seats, now=now)
    return {
        seat_id: Near(
            volunteers=sum(volunteers.get(seat, 0) for place in {area_id, *beside[area_id]} for seat in below.get(place, ())),
            neighbours=len(neighbours[seat_id]),
        )
        for seat_id, area_id in areas.items()
    }


def seat_to_fill(user: Actor, seat_id: UUID, *, now: datetime) -> dict[str, Any]:
    """Return one seat of a user's places as a row, whatever its state.  Raises: NotFound, for who does not organise it too."""
    seats = SeatStanding.objects.filter(accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now), seat_id=seat_id)
    row = filling_rows(seats).first() if user.pk else None
    if row is None:
        raise NotFound(code="seat_unknown")
    return row


def organised_seat(user: Actor, seat_id: UUID, *, now: datetime) -> Seat:
    """Return a seat that a user organises.  Raises: NotFound, for who does not organise it too."""
    seats = Seat.objects.select_related("area__kind", "network").filter(
        accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now), pk=seat_id
    )
    seat = seats.first() if user.pk else None
    if seat is None:
        raise NotFound(code="seat_unknown")
    return seat


def organised_ask(user: Actor, ask_id: UUID, *, now: datetime) -> SeatAsk:
    """Return a question about a seat that a user organises.  Raises: NotFound, for who does not organise it too."""
    asks = SeatAsk.objects.filter(accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now), pk=ask_id)
    ask = asks.first() if user.pk else None
    if ask is None:
        raise NotFound(code="ask_unknown")
    return ask


def steps_of(seat_id: UUID, *, limit: int = 20) -> list[FillingStep]:
    """Return what was tried for a seat, the latest first. One query."""
    return list(FillingStep.objects.filter(seat=seat_id).select_related("by__person").order_by("-at", "-pk")[:limit])


def asks_of(seat_id: UUID, *, limit: int = 30) -> list[SeatAsk]:
    """Return who was asked for a seat, the open questions first, then the latest. One query."""
    asks = SeatAsk.objects.filter(seat=seat_id).exclude(status=AskStatus.TAKEN_BACK).select_related("person")
    return sorted(asks.order_by("-asked_at")[:limit], key=lambda ask: ask.status not in OPEN_ASK)


def terms_of_neighbours(user: Actor, asks: Iterable[SeatAsk], *, network_id: UUID, now: datetime) -> dict[UUID, UUID]:
    """Return, by person, the seat that each neighbour whose yes waits holds in this network, in a user's places. One query, or none."""
    waiting = {ask.person_id for ask in asks if ask.kind == AskKind.STAND_IN and ask.status == AskStatus.AGREED}
    if not waiting:
        return {}
    held = Term.objects.filter(
        accounts.reaches(user, roles=[Role.ORGANISER], area="seat__area_id", now=now),
        person_id__in=waiting,
        kind=TermKind.RELAY,
        seat__network_id=network_id,
        ends_at__isnull=True,
    )
    return dict(held.values_list("person_id", "pk"))


def asks_waiting_for(user: Actor) -> list[SeatAsk]:
    """Return the questions that wait for a signed-in person's own answer, and whose mail has left."""
    if not user.pk:
        return []
    asks = SeatAsk.objects.filter(person__user_id=user.pk, status__in=OPEN_ASK, sent_at__isnull=False)
    return list(asks.select_related("seat__area", "person").order_by("asked_at"))


def own_ask(user: Actor, ask_id: UUID) -> SeatAsk:
    """Return a question that was put to a signed-in person, once its mail has left.  Raises: NotFound, for anybody else."""
    asks = SeatAsk.objects.filter(pk=ask_id, person__user_id=user.pk, sent_at__isnull=False) if user.pk else SeatAsk.objects.none()
    ask = asks.first()
    if ask is None:
        raise NotFound(code="ask_unknown")
    return ask


def colleagues(area_id: UUID, *, now: datetime) -> list[User]:
    """Return who organises a place, the nearest first: to whom a seat to fill can be handed. Two queries."""
    return [user for rung in ladder(area_id, now=now) for user in rung.organisers]


def _day_there(now: datetime) -> Cast:
    """The day that it is in the place of each row: until one of that place is a seat put off."""
    local = Func(F("area__time_zone"), Value(now, output_field=DateTimeField()), function="timezone", output_field=DateTimeField())
    return Cast(local, DateField())


def _seats_below(area_ids: Iterable[UUID]) -> dict[UUID, list[UUID]]:
    found: dict[UUID, list[UUID]] = {}
    rows = AreaClosure.objects.filter(ancestor_id__in=list(area_ids), whole=True, to_seat=True)
    for ancestor_id, seat_id in rows.values_list("ancestor_id", "descendant_id"):
        found.setdefault(ancestor_id, []).append(seat_id)
    return found


def _one_of(known: Sequence[str], said: Mapping[str, str], name: str) -> str:
    value = said.get(name, "")
    if value and value not in list(known):
        raise _unknown(name)
    return value


def _unknown(name: str) -> Invalid:
    return Invalid(fields={name: [_("This filter has no such value.")]})
