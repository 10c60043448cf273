"""How fast the headline is counted among ten networks and very many people: country, department, any reader, the home page's seats.

Ten networks over the 577 seats of France, in different states: relays, stand-ins, terms that ended, applications that wait. What is
measured is the 95th percentile of one count after the other, each of the ten networks in turn.
"""

import statistics
from collections.abc import Callable
from functools import cache
from typing import Any
from uuid import UUID

from tests.load.bench import Figure, Result, absolute, seconds
from tests.load.figures import people

FEW, MANY = 100_000, 1_000_000
NETWORKS = 10
TARGET = 0.020
TURN = 60

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

    ids = networks()
    fields = ("area__code", "area__name", "area__names", "area__number", "area__parent_id", "state", "since")
    return lambda turn: list(standings(ids[turn % NETWORKS]).order_by("area__code").values_list(*fields))


def _as(reader: str) -> Callable[[], Callable[[int], object]]:
    def made() -> Callable[[int], object]:
        from django.test import Client

        ids = networks()
        client: Any = Client(SERVER_NAME="127.0.0.1") if reader == "anonymous" else people.clients()[reader]
        return lambda turn: client.get(f"/api/v1/relays/networks/{ids[turn % NETWORKS]}/coverage/")

    return made


def _is_right() -> bool:
    """The counts of each network sum to its seats, some are in each state, and the departments sum to the country."""
    from maillage.insights.selectors.reach import areas_above
    from maillage.relays.selectors import coverage

    found = [coverage(network) for network in networks()]
    are_whole = all(
        each.total == 577 == each.filled + each.stand_in + each.applied + each.vacant + each.dormant
        and min(each.filled, each.stand_in, each.applied, each.vacant) > 0
        for each in found
    )
    first = networks()[0]
    departments = [level.area.pk for level in areas_above(first) if level.area.kind.code == "department"]
    return are_whole and sum(coverage(first, within_area_id=area).covered for area in departments) == found[0].covered


@cache
def networks() -> list[UUID]:
    """Open ten networks over France."""
    from maillage.kernel.clock import now
    from maillage.relays import services
    from maillage.territories.models import Area
    from tests.load.world import territories

    territories()
    france = Area.objects.get(country="FR", kind__code="country")
    names = {"fr": ("Réseau", "Se parler partout.")}
    return [services.open_network(slug=f"figures-{n}", country=france, names=names, now=now()).pk for n in range(NETWORKS)]


def seed(many: int) -> None:
    """Have so many people, and seats in every state in each network, once."""
    from django.db import connection

    networks()
    people.seed(many)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM relays_term")
        if not cursor.fetchone()[0]:
            cursor.execute("SELECT setseed(0.577)")
            cursor.execute(_TERMS)
            cursor.execute(_APPLICATIONS)
        for table in ("relays_term", "relays_application", "relays_seat", "people_person"):
            cursor.execute(f"VACUUM ANALYZE {table}")


# One person of each seat's own area for each term; a third of the seats held, some stood in for, as many terms that are over.
_TERMS = """
INSERT INTO relays_term (id, seat_id, person_id, kind, starts_at, ends_at, seen_at)
SELECT gen_random_uuid(), drawn.seat_id, drawn.person_id, drawn.kind, now() - interval '300 days',
       CASE WHEN drawn.is_over THEN now() - interval '100 days' END, now() - drawn.silent * interval '1 day'
FROM (
    SELECT seat.id AS seat_id, wish.kind, wish.is_over, random() AS luck, random() * 90 AS silent,
           (SELECT person.id FROM people_person person WHERE person.area_id = seat.area_id LIMIT 1) AS person_id
    FROM relays_seat seat
    CROSS JOIN (VALUES ('relay', false, 0.4), ('relay', true, 0.6), ('stand_in', false, 0.08)) AS wish (kind, is_over, share)
    WHERE random() < wish.share
) drawn
WHERE drawn.person_id IS NOT NULL
"""
_APPLICATIONS = """
INSERT INTO relays_application (id, seat_id, person_id, status, motivation, consent_wording, shows_given_name, created_at, confirmed_at,
                                decision_words, network)
SELECT gen_random_uuid(), drawn.seat_id, drawn.person_id, drawn.status, '', 'figures', false, now() - interval '5 days',
       now() - interval '5 days', '', ''
FROM (
    SELECT seat.id AS seat_id, person.id AS person_id,
           (ARRAY['submitted', 'contacted', 'approved', 'declined', 'withdrawn'])[1 + floor(random() * 5)::int] AS status
    FROM relays_seat seat
    CROSS JOIN LATERAL (SELECT id FROM people_person WHERE people_person.area_id = seat.area_id LIMIT 3) person
    WHERE random() < 0.3
) drawn
"""
