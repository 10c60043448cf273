"""What happened at the seats that a reader organises."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.accounts.selectors.grants import Actor
from maillage.insights.domain.coverage import counted
from maillage.insights.domain.tables import Asked, Held, Span, Tally, tally
from maillage.insights.selectors.past import LEFT_OUT, promises_of_the_erased
from maillage.insights.selectors.reach import Level, areas_above
from maillage.relays.domain import ApplicationStatus, Coverage, SeatState
from maillage.relays.domain.endings import TermEnding
from maillage.relays.models import Application, RelayNetwork, Seat, Term
from maillage.relays.selectors import standings
from maillage.territories.models import Area


@dataclass(frozen=True)
class Happened:
    """Where some seats stand now, their applications and terms that touch two spans, and the spans as instants."""

    states: dict[UUID, SeatState]
    asked: dict[UUID, list[Asked]]
    held: dict[UUID, list[Held]]
    span: tuple[datetime, datetime]
    before: tuple[datetime, datetime]
    now: datetime

    def coverage(self, area_ids: Iterable[UUID]) -> Coverage:
        """Count some seats by where they stand now."""
        return counted(self.states[area_id] for area_id in area_ids if area_id in self.states)

    def tallies(self, area_ids: Iterable[UUID]) -> tuple[Tally, Tally]:
        """Count at some seats, in the span and in the one before."""
        areas = list(area_ids)
        asked = [each for area_id in areas for each in self.asked.get(area_id, [])]
        held = [each for area_id in areas for each in self.held.get(area_id, [])]
        now_since, now_until = self.span
        since, until = self.before
        return (
            tally(asked, held, since=now_since, until=now_until, now=self.now),
            tally(asked, held, since=since, until=until, now=self.now),
        )

    def waiting(self, area_ids: Iterable[UUID]) -> int:
        """Count the calls that wait now at some seats."""
        asked = (each for area_id in area_ids for each in self.asked.get(area_id, []))
        return sum(
            each.due_at is not None and each.called_at is None and each.released_at is None and each.decided_at is None for each in asked
        )


@dataclass(frozen=True)
class PlaceLine:
    """An area that a reader organises: its seats now, and what happened there in a span and in the one before."""

    area: Area
    coverage: Coverage
    tally: Tally
    before: Tally


@dataclass(frozen=True)
class OrganiserLine:
    """An organiser, the place that they organise and the seats whose calls come to them first, since nobody is nearer: now and in spans."""

    grant: Grant
    coverage: Coverage
    waiting: int
    called_by_them: int
    tally: Tally
    before: Tally

    @property
    def name(self) -> str:
        person = getattr(self.grant.user, "person", None)
        return person.full_name if person else ""

    @property
    def person_id(self) -> UUID | None:
        person = getattr(self.grant.user, "person", None)
        return person.pk if person else None


def organised_seats(user: Actor, network_id: UUID, *, now: datetime) -> set[UUID]:
    """Return the areas of a network's seats that a user organises. One query."""
    seats = Seat.objects.filter(network_id=network_id)
    reached = seats.filter(accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now))
    return set(reached.values_list("area_id", flat=True))


def place_lines(user: Actor, network: RelayNetwork, *, span: Span, kind: str, now: datetime) -> tuple[list[PlaceLine], list[Area]]:
    """Return a line for each area of a kind that lies wholly in a reader's places, and one area of each kind that can be asked.

    An unknown kind, or none, is the one just above the seats. Eight queries, whatever the areas.
    """
    seats = organised_seats(user, network.pk, now=now)
    levels = [level for level in areas_above(network.pk) if level.seat_areas <= seats]
    levels += [Level(area, {area.pk}) for area in Area.objects.filter(pk__in=seats).select_related("kind").order_by("code")]
    kinds = {level.area.kind.code: level.area for level in levels}
    if kind not in kinds:
        kind = list(kinds)[-2:][0] if kinds else ""
    happened = _happened(network, seats, span=span, now=now)
    lines = [
        PlaceLine(level.area, happened.coverage(level.seat_areas), *happened.tallies(level.seat_areas))
        for level in levels
        if level.area.kind.code == kind
    ]
    return lines, list(kinds.values())


def organiser_lines(user: Actor, network: RelayNetwork, *, span: Span, now: datetime) -> list[OrganiserLine]:
    """Return a line for each organiser of an area that lies wholly in a reader's places, by area and name. Eight queries."""
    seats = organised_seats(user, network.pk, now=now)
    levels = areas_above(network.pk)
    running = Grant.objects.filter(role=Role.ORGANISER, user__is_active=True).running(now)
    here = Q(area_id__in=[level.area.pk for level in levels]) | Q(area_id__in=seats)
    grants = list(running.filter(here).select_related("user__person", "area__kind").order_by("area__kind__level", "area__code", "pk"))
    nearest = _nearest(levels, seats, {grant.area_id for grant in grants})
    reached = {level.area.pk for level in levels if level.seat_areas <= seats} | seats
    happened = _happened(network, seats, span=span, now=now)
    lines = []
    for grant in grants:
        if grant.area_id not in reached:
            continue
        theirs = [seat for seat, area_id in nearest.items() if area_id == grant.area_id]
        begins, ends = happened.span
        calls = (each for rows in happened.asked.values() for each in rows if each.called_by == grant.user_id and each.called_at)
        lines.append(
            OrganiserLine(
                grant,
                happened.coverage(theirs),
                happened.waiting(theirs),
                sum(each.called_at is not None and begins <= each.called_at < ends for each in calls),
                *happened.tallies(theirs),
            )
        )
    return lines


def asked_since(network: RelayNetwork, area_ids: Iterable[UUID], *, since: datetime) -> dict[UUID, list[Asked]]:
    """Return the confirmed applications for the seats of some areas that something happened to, or that are open, by area.

    Of who had themself erased since, the call that they were promised is known, and that they took the rest back. Two queries.
    """
    areas = list(area_ids)
    touched = (
        Q(confirmed_at__gte=since)
        | Q(decided_at__gte=since)
        | Q(decided_at__isnull=True)
        | Q(promise__kept_at__gte=since)
        | Q(promise__due_at__gte=since)
    )
    rows = Application.objects.filter(touched, seat__network=network, seat__area_id__in=areas, confirmed_at__isnull=False)
    fields = ("seat__area_id", "status", "confirmed_at", "decided_at", "promise__due_at", "promise__kept_at", "promise__released_at")
    asked: dict[UUID, list[Asked]] = {}
    for line in rows.exclude(status__in=LEFT_OUT).values_list(*fields, "promise__kept_by_id"):
        asked.setdefault(line[0], []).append(Asked(*line))
    touched = Q(made_at__gte=since) | Q(due_at__gte=since) | Q(kept_at__gte=since) | Q(released_at__gte=since)
    erased = promises_of_the_erased(network.pk).filter(touched, area_id__in=areas)
    for call in erased.only("area_id", "made_at", "due_at", "kept_at", "released_at", "kept_by"):
        instants = (call.made_at, call.released_at, call.due_at, call.kept_at, call.released_at)
        asked.setdefault(call.area_id, []).append(Asked(call.area_id, ApplicationStatus.WITHDRAWN, *instants, call.kept_by_id))
    return asked


def _nearest(levels: list[Level], seats: set[UUID], organised: set[UUID]) -> dict[UUID, UUID]:
    """Say for each seat which area with an organiser is the smallest around it."""
    nearest: dict[UUID, UUID] = {}
    for level in levels:  # the widest first: the smallest wins
        if level.area.pk in organised:
            nearest |= dict.fromkeys(level.seat_areas & seats, level.area.pk)
    return nearest | {seat: seat for seat in seats & organised}


def _happened(network: RelayNetwork, seats: set[UUID], *, span: Span, now: datetime) -> Happened:
    zone = network.country.time_zone
    earlier = span.before.instants(zone)
    since = earlier[0]
    held: dict[UUID, list[Held]] = {}
    terms = Term.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gte=since), seat__network=network, seat__area_id__in=seats)
    for area_id, starts_at, ends_at, ending in terms.values_list("seat__area_id", "starts_at", "ends_at", "ending"):
        passed_on = ending == TermEnding.HANDED_OVER
        held.setdefault(area_id, []).append(Held(area_id, starts_at, ends_at, was_handed_over=passed_on))
    found = standings(network.pk).filter(area_id__in=seats).values_list("area_id", "state")
    states = {area_id: SeatState(state) for area_id, state in found}
    return Happened(states, asked_since(network, seats, since=since), held, span.instants(zone), earlier, now)
