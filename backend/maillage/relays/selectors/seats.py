"""Seats and their state, which one view says (decision 18)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, QuerySet, Subquery

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.relays.domain import NEWS, Coverage, SeatState
from maillage.relays.models import SeatStanding, Term
from maillage.relays.selectors.networks import current_network, open_networks
from maillage.relays.selectors.welcomes import SEEN
from maillage.territories.models import AreaClosure, AreaNeighbour, called


def standings(network_id: UUID) -> QuerySet[SeatStanding]:
    """Where each seat of a network stands now: the only way to ask for a state."""
    return SeatStanding.objects.filter(network_id=network_id)


def coverage(network_id: UUID, *, within_area_id: UUID | None = None) -> Coverage:
    """Count a network's seats by state, or those wholly below an area. One query."""
    seats = standings(network_id)
    if within_area_id:
        seats = seats.filter(area__above__ancestor_id=within_area_id, area__above__whole=True)
    counts = dict(seats.values_list("state").annotate(seats=Count("seat_id")))
    by_state = {state.value: counts.get(state.value, 0) for state in SeatState}
    return Coverage(total=sum(by_state.values()), **by_state)


def seat_rows(network_id: UUID, *, now: datetime) -> list[dict[str, Any]]:
    """Every seat of a network for a map and its table: id, code, name, group, state, new. One query, by code.

    `group` is the name of the area above; `new` says that the seat filled in the last seven days.
    """
    rows = standings(network_id).values_list("seat_id", "area__code", called("area"), called("area__parent"), "state", "since")
    return [
        {
            "id": seat_id,
            "code": code,
            "name": name,
            "group": group or "",
            "state": state,
            "new": state == SeatState.FILLED and now - since < NEWS,
        }
        for seat_id, code, name, group, state, since in rows.order_by("area__code")
    ]


def seat(seat_id: UUID) -> SeatStanding:
    """One seat with its area, network and holder. Raises: NotFound."""
    found = _whole(SeatStanding.objects.filter(seat_id=seat_id)).first()
    if found is None:
        raise NotFound(code="seat_unknown")
    return found


def seat_of_area(network_id: UUID, *, area_id: UUID) -> SeatStanding | None:
    """The seat that a network has for an area, if it has one."""
    return _whole(standings(network_id).filter(area_id=area_id)).first()


def open_seat(code: str, *, now: datetime) -> SeatStanding:
    """The seat of a code in the network that public pages speak of, else in any other that is open. Raises: NotFound."""
    running = open_networks(now=now)
    first = current_network(now=now)
    for network in sorted(running, key=lambda each: each != first):
        if found := _whole(standings(network.pk).filter(area__code=code.upper())).first():
            return found
    raise NotFound(code="seat_unknown" if running else "network_closed")


def neighbours(standing: SeatStanding) -> list[dict[str, Any]]:
    """The seats of the same network next to one, the longest shared border first: id, code, name, state. One query."""
    near = AreaNeighbour.objects.filter(area_id=standing.area_id, other_id=OuterRef("area_id"))
    rows = standings(standing.network_id).filter(Exists(near)).alias(shared=Subquery(near.values("shared_metres")[:1]))
    return [
        {"id": seat_id, "code": code, "name": name, "state": state}
        for seat_id, code, name, state in rows.order_by(F("shared").desc(nulls_last=True), "area__code").values_list(
            "seat_id", "area__code", called("area"), "state"
        )
    ]


@dataclass(frozen=True)
class TermSeen:
    """A running term of a seat, for its organisers and its holder. `seen_at` is the holder's last sign of life."""

    term: Term
    is_mine: bool
    seen_at: datetime


@dataclass(frozen=True)
class SeatSeen:
    """A seat, and what its reader is to it. `holder_name` is as much as they may see of the name of whoever answers for it.

    `terms` are the running ones, the relay's first: all of them for its organisers, else the reader's own.
    """

    standing: SeatStanding
    is_organised: bool
    terms: list[TermSeen]

    @property
    def holder_name(self) -> str:
        """The full name for organisers and the holder, the first name where the holder shows it, else nothing."""
        holder = self.standing.holder
        if holder is None:
            return ""
        if self.is_organised or any(each.term.person_id == holder.pk for each in self.terms):
            return holder.full_name
        return holder.given_name if holder.shows_given_name else ""


def seat_seen(user: Actor, seat_id: UUID, *, now: datetime) -> SeatSeen:
    """One seat with what a reader may see of it: anyone sees its state. Raises: NotFound."""
    standing = seat(seat_id)
    organised = accounts.is_reached(user, roles=[Role.ORGANISER], area_id=standing.area_id, now=now)
    return SeatSeen(standing=standing, is_organised=organised, terms=_terms_seen(seat_id, user, organised=organised))


def _terms_seen(seat_id: UUID, user: Actor, *, organised: bool) -> list[TermSeen]:
    if not user.pk:
        return []
    running = Term.objects.filter(seat_id=seat_id, ends_at__isnull=True)
    shown = running if organised else running.filter(person__user_id=user.pk)
    rows = shown.annotate(seen=SEEN).select_related("person").order_by("kind")
    return [TermSeen(term=term, is_mine=term.person.user_id == user.pk, seen_at=term.seen) for term in rows]


def ancestors(area_id: UUID) -> list[dict[str, Any]]:
    """The areas that wholly hold an area, the widest first: id, country, kind, code, name."""
    above = AreaClosure.objects.filter(descendant_id=area_id, whole=True).exclude(ancestor_id=area_id)
    areas = [closure.ancestor for closure in above.select_related("ancestor__kind").order_by("ancestor__kind__level", "ancestor__code")]
    return [{"id": area.pk, "country": area.country, "kind": area.kind.code, "code": area.code, "name": area.called} for area in areas]


def _whole(seats: QuerySet[SeatStanding]) -> QuerySet[SeatStanding]:
    return seats.select_related("area__kind", "area__parent", "network", "holder", "term__person")
