"""Counterparts: the seats of a network whose places are most like one, by official figures."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import Forbidden
from maillage.people.models import Person
from maillage.relays.domain import COUNTERPARTS, TermKind
from maillage.relays.models import SeatStanding, Term
from maillage.relays.selectors.seats import seat_seen, standings
from maillage.relays.selectors.welcomes import those_who_welcome
from maillage.territories.selectors import LikePlace, LikePlaces, Measure, places_like

LOOKED_AT = 4 * COUNTERPARTS
"""How many like places are asked for a seat: in a network that covers a part of the country, some have none."""


@dataclass(frozen=True)
class Counterpart:
    """A seat whose place is like another one. `relay` is its holder where they may be named: they chose so, or welcome."""

    standing: SeatStanding
    place: LikePlace
    relay: Person | None


@dataclass(frozen=True)
class Counterparts:
    """The five seats most like one, the nearest first, and by what they were compared."""

    measures: tuple[Measure, ...]
    items: tuple[Counterpart, ...]

    @property
    def why_none(self) -> str:
        """Why there is none: `no_figures` are loaded for places of this kind, or `unknown` what they are here."""
        if self.items:
            return ""
        return "unknown" if self.measures else "no_figures"


def counterparts_of(user: Actor, seat_id: UUID, *, language: str, now: datetime) -> tuple[Counterparts, Role]:
    """The counterparts of a seat, for who holds it or organises it, and as which of the two. Raises: NotFound, Forbidden."""
    seen = seat_seen(user, seat_id, now=now)
    holds = bool(user.pk) and Term.objects.filter(Q(person__user_id=user.pk), seat_id=seat_id, ends_at__isnull=True).exists()
    if not seen.is_organised and not holds:
        raise Forbidden()
    return counterparts(seen.standing, language=language), Role.ORGANISER if seen.is_organised else Role.RELAY


def counterparts(standing: SeatStanding, *, language: str) -> Counterparts:
    """The five seats of the same network whose places are most like one. Three queries."""
    like: LikePlaces = places_like(standing.area, language=language, most=LOOKED_AT)
    found = standings(standing.network_id).filter(area_id__in=[place.area_id for place in like.places])
    by_area = {each.area_id: each for each in found.select_related("area", "holder")}
    chosen = [(by_area[place.area_id], place) for place in like.places if place.area_id in by_area][:COUNTERPARTS]
    welcoming = those_who_welcome([each.holder_id for each, _place in chosen if each.holder_id])
    return Counterparts(
        measures=like.measures,
        items=tuple(Counterpart(each, place, _named(each, welcoming)) for each, place in chosen),
    )


def _named(standing: SeatStanding, welcoming: set[UUID]) -> Person | None:
    holder = standing.holder
    if holder is None or standing.holder_kind != TermKind.RELAY:
        return None
    return holder if holder.given_name and (holder.shows_given_name or holder.pk in welcoming) else None
