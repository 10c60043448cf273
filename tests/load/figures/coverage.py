"""How fast the headline is counted among ten networks and very many people: country, department, any reader, the home page's seats.

Ten networks over the 577 seats of France, in different states: relays, stand-ins, terms that ended, applications that wait. What is
measured is the 95th percentile of one count after the other, each of the ten networks in turn.
"""

import random
import statistics
from collections import Counter
from collections.abc import Callable
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from tests.load.bench import Figure, Result, absolute, seconds
from tests.load.figures import people

FEW, MANY = 100_000, 1_000_000
NETWORKS = 10
TARGET = 0.020
TURN = 60

COUNTS = ("total", "filled", "stand_in", "applied", "vacant", "dormant")
READERS = ("anonymous", "relay", "department", "country")


def figures() -> list[Figure]:
    """The selector for a country and a department, the endpoint as each reader, and every seat as the home page asks them."""
    asked: dict[str, Callable[[], Callable[[int], object]]] = {
        "country": _country,
        "department": _department,
        "home-seats": _home_seats,
        **{f"as-{reader}": _as(reader) for reader in READERS},
    }
    return [
        Figure(
            name=f"{name}-{many}",
            target=TARGET,
            unit="seconds, p95",
            better="below",
            measure=_measure(made, many),
            needs_long=many == MANY,
        )
        for many in (FEW, MANY)
        for name, made in asked.items()
    ]


def _measure(made: Callable[[], Callable[[int], object]], many: int) -> Callable[[], Result]:
    def measure() -> Result:
        seed(many)
        ask = made()
        result = absolute(lambda: _p95(ask), rounds=3)
        result.correct = _is_right()
        return result

    return measure


def _p95(ask: Callable[[int], object]) -> float:
    times = [seconds(lambda turn=turn: ask(turn)) for turn in range(TURN)]
    return statistics.quantiles(times, n=20)[-1]


def _country() -> Callable[[int], object]:
    from maillage.relays.selectors import coverage

    ids = networks()
    return lambda turn: coverage(ids[turn % NETWORKS])


def _department() -> Callable[[int], object]:
    from maillage.relays.selectors import coverage
    from maillage.territories.models import Area

    ids, north = networks(), Area.objects.get(country="FR", kind__code="department", code="59")
    return lambda turn: coverage(ids[turn % NETWORKS], within_area_id=north.pk)


def _home_seats() -> Callable[[int], object]:
    from maillage.relays.selectors import standings
    from maillage.territories.models import called

    ids = networks()
    fields = ("area__code", called("area", language="fr"), "area__number", "area__parent_id", "state", "since")
    return lambda turn: list(standings(ids[turn % NETWORKS]).order_by("area__code").values_list(*fields))


def _as(reader: str) -> Callable[[], Callable[[int], object]]:
    def made() -> Callable[[int], object]:
        from django.test import Client

        from maillage.relays.selectors import coverage

        ids = networks()
        client: Any = Client(SERVER_NAME="127.0.0.1") if reader == "anonymous" else people.clients()[reader]
        addresses = [f"/api/v1/relays/networks/{id}/coverage/" for id in ids]
        for id, address in zip(ids, addresses, strict=True):
            answer = client.get(address)
            if answer.status_code != 200:
                raise AssertionError(f"{address} answered {answer.status_code}")
            told = coverage(id)
            if differing := [name for name in COUNTS if answer.json()[name] != getattr(told, name)]:
                raise AssertionError(f"{address} counts otherwise: {differing}")
        return lambda turn: client.get(addresses[turn % NETWORKS])

    return made


def _is_right() -> bool:
    """The counts of each network sum to its seats, some are in each state, and the departments sum to the country.

    The map of all seats shows as many of each state.
    """
    from maillage.insights.selectors.reach import areas_above
    from maillage.relays.selectors import coverage

    found = [coverage(network) for network in networks()]
    are_whole = all(
        each.total == 577 == each.filled + each.stand_in + each.applied + each.vacant + each.dormant
        and min(each.filled, each.stand_in, each.applied, each.vacant) > 0
        for each in found
    )
    shown = [Counter(seat[4] for seat in _home_seats()(turn)) for turn in range(NETWORKS)]  # type: ignore[attr-defined]
    are_shown = all(seats[state] == getattr(each, state) for each, seats in zip(found, shown, strict=True) for state in COUNTS[1:])
    first = networks()[0]
    departments = [level.area.pk for level in areas_above(first) if level.area.kind.code == "department"]
    return are_whole and are_shown and sum(coverage(first, within_area_id=area).covered for area in departments) == found[0].covered


@cache
def networks() -> list[UUID]:
    """Open ten networks over France, and the site."""
    from maillage.kernel.clock import now
    from maillage.relays import services
    from maillage.territories.models import Area
    from tests.load.world import house, territories

    territories()
    house()
    france = Area.objects.get(country="FR", kind__code="country")
    names = {"fr": ("Réseau", "Se parler partout.")}
    return [services.open_network(slug=f"figures-{n}", country=france, names=names, now=now()).pk for n in range(NETWORKS)]


def seed(many: int) -> None:
    """Have so many people, and seats in every state in each network, once."""
    from django.db import connection

    from maillage.relays.models import Application, Seat, Term

    networks()
    people.seed(many)
    if not Term.objects.filter(seat__network_id__in=networks()).exists():
        drawn = _drawn(list(Seat.objects.filter(network_id__in=networks()).order_by("network_id", "area__code")))
        Term.objects.bulk_create(drawn.terms)
        Application.objects.bulk_create(drawn.applications)
    with connection.cursor() as cursor:
        for table in ("relays_term", "relays_application", "relays_seat", "people_person"):
            cursor.execute(f"VACUUM ANALYZE {table}")


class _Drawn(NamedTuple):
    """What is written of the seats, not saved yet."""

    terms: list[Any]
    applications: list[Any]


def _drawn(seats: list[Any]) -> _Drawn:
    """Draw four seats of ten held, some stood in for, more terms that are over, and up to three applications each, always the same."""
    from maillage.kernel.clock import now
    from maillage.people.models import Person
    from maillage.relays.domain import ApplicationStatus, TermKind
    from maillage.relays.domain.endings import TermEnding
    from maillage.relays.models import Application, Term

    chance, instant = random.Random(577), now()
    places = {seat.area_id for seat in seats}
    there = {place: list(Person.objects.filter(area_id=place).order_by("pk").values_list("pk", flat=True)[:3]) for place in places}
    statuses = [status for status in ApplicationStatus if status != ApplicationStatus.UNCONFIRMED]
    made = _Drawn([], [])
    for seat in seats:
        people_here = there[seat.area_id]
        for kind, is_over, share in ((TermKind.RELAY, False, 0.4), (TermKind.RELAY, True, 0.6), (TermKind.STAND_IN, False, 0.08)):
            if people_here and chance.random() < share:
                term = Term(seat=seat, person_id=people_here[0], kind=kind, starts_at=instant - timedelta(days=300))
                term.seen_at = instant - timedelta(days=chance.uniform(0, 90))
                if is_over:
                    term.ends_at, term.ending = instant - timedelta(days=100), TermEnding.STEPPED_DOWN
                made.terms.append(term)
        for person in people_here:
            if chance.random() < 0.3:
                asked = instant - timedelta(days=5)
                made.applications.append(
                    Application(seat=seat, person_id=person, status=chance.choice(statuses), created_at=asked, confirmed_at=asked)
                )
    return made
