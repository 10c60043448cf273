"""The list of people among very many, as a relay, an organiser of a department and one of the country: reading, searching, filtering.

Names are spread as names are: a few hundred first names and some thousand family names, a few of them very common. Each
request goes through the whole stack in this process; what is measured is the 95th percentile, of pages and of searches
with and without a typing error.
"""

import random
import statistics
from collections.abc import Callable
from functools import cache
from typing import Any

from tests.load.bench import Figure, Result, absolute, seconds

FEW, MANY = 100_000, 1_000_000
TARGET = 0.150
TURN = 40

_GIVEN = """
Marie Jean Camille Nathalie Michel Nicolas Isabelle Philippe Sylvie Alain Catherine Patrick Martine
Christophe Sandrine Stéphane Élodie Karim
Nadia Samir Inès Hugo Léa Manon Lucas Emma Louis Chloé Mohamed Fatima Yann Gaëlle Odette Zoé Björn
"""
GIVEN = _GIVEN.split()
_SYLLABLES = "mar tin du pont ber nard le gar ric hard pe tit ro bert sau vage fon taine che va lier mou lin gau thier lam bel"
SYLLABLES = _SYLLABLES.split()

ASKED = {
    "list": [{}, {"sort": "joined"}],
    "search": [{"q": "marie"}, {"q": "martin du"}, {"q": "martin camille"}, {"q": "elodie"}],
    "mistyped": [{"q": "camile martn"}, {"q": "isabele"}, {"q": "maritn"}],
    "filtered": [{"agreed": "email"}, {"joined_since": "2026-01-01"}],
}
READERS = ("relay", "department", "country")


def figures() -> list[Figure]:
    """One for each reader and manner of asking."""
    return [
        Figure(
            name=f"{asked}-{who}-{many}",
            target=TARGET,
            unit="seconds, p95",
            better="below",
            measure=_measure(asked, who, many),
            needs_long=many == MANY,
        )
        for many in (FEW, MANY)
        for asked in ASKED
        for who in READERS
    ]


def _measure(asked: str, who: str, many: int) -> Callable[[], Result]:
    def measure() -> Result:
        client = clients()[who]
        seed(many)
        queries = [query for query in ASKED[asked] if who != "relay" or "q" not in query or len(query["q"].split()) == 1]
        result = absolute(lambda: p95(client, queries), rounds=3)
        answers = [client.get("/api/v1/people/", query) for query in queries]
        result.correct = all(answer.status_code == 200 for answer in answers) and any(answer.json()["items"] for answer in answers)
        return result

    return measure


def p95(client: Any, queries: list[dict[str, str]]) -> float:
    """Ask so often, each of these in turn, and return the 95th percentile in seconds."""
    times = [seconds(lambda turn=turn: client.get("/api/v1/people/", queries[turn % len(queries)])) for turn in range(TURN)]
    return statistics.quantiles(times, n=20)[-1]


@cache
def clients() -> dict[str, Any]:
    """Make a relay, an organiser of their department, and one of the country, on the real territories."""
    from django.test import Client

    from maillage.accounts import services as accounts
    from maillage.accounts.domain import Role
    from maillage.kernel.clock import now
    from maillage.territories.models import Area
    from tests.backend.accounts.factories import sign_in
    from tests.load.world import territories

    territories()
    seat = Area.objects.select_related("parent").get(country="FR", kind__bears_seats=True, code="5905")
    france = Area.objects.get(country="FR", kind__code="country")
    assert seat.parent is not None
    held = {"relay": (Role.RELAY, seat), "department": (Role.ORGANISER, seat.parent), "country": (Role.ORGANISER, france)}
    made = {}
    for who, (role, area) in held.items():
        user = accounts.invite_user(email=f"{who}@figures.example", language="fr", now=now())
        accounts.grant_role(user=user, role=role, area=area, origin="appointed:figures", now=now())
        made[who] = Client(SERVER_NAME="127.0.0.1")
        sign_in(made[who], user)
    return made


def seed(wanted: int) -> None:
    """Have so many confirmed people with an address, of whom a third agreed to hear from their relay by mail."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE placed_with = 'figures'")
        there = int(cursor.fetchone()[0])
        if there >= wanted:
            return
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(_PEOPLE, {"from": there + 1, "to": wanted, "given": GIVEN, "family": _family_names()})
        cursor.execute(_CONTACTS)
        cursor.execute(_STATES)
        for table in ("people_person", "people_contactpoint", "people_consentstate"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def _family_names() -> list[str]:
    chance = random.Random(577)
    made = {"".join(chance.sample(SYLLABLES, chance.choice((2, 2, 3)))).capitalize() for _name in range(6000)}
    return ["Martin", "Dupont", *sorted(made, key=lambda _name: chance.random())]


_PEOPLE = """
INSERT INTO people_person (id, given_name, family_name, folded_name, language, placed_by, placed_with, shows_given_name,
                           created_at, confirmed_at, area_id)
SELECT gen_random_uuid(), given, family, lower(translate(' ' || family || ' ' || given, 'ÉéëöèÎô', 'eeeoeio')),
       'fr', 'chosen', 'figures', false, joined, joined, area
FROM (SELECT (%(given)s::text[])[1 + floor(power(random(), 2) * cardinality(%(given)s::text[]))::int] AS given,
             (%(family)s::text[])[1 + floor(power(random(), 2) * cardinality(%(family)s::text[]))::int] AS family,
             now() - random() * interval '3 years' AS joined,
             place.ids[1 + line %% cardinality(place.ids)] AS area
      FROM generate_series(%(from)s, %(to)s) AS line,
           (SELECT array_agg(area.id) AS ids FROM territories_area area
            JOIN territories_areakind kind ON kind.id = area.kind_id AND kind.bears_seats AND area.country = 'FR') place) made
"""
_CONTACTS = """
INSERT INTO people_contactpoint (id, person_id, channel, value, verified_at, is_preferred)
SELECT gen_random_uuid(), person.id, 'email', person.id || '@people.example', now(), true
FROM people_person person
WHERE placed_with = 'figures' AND NOT EXISTS (SELECT FROM people_contactpoint point WHERE point.person_id = person.id)
"""
_STATES = """
INSERT INTO people_consentstate (person_id, purpose, channel, is_given, changed_at)
SELECT person.id, 'people.relay_contact', 'email', true, now()
FROM people_person person
WHERE placed_with = 'figures' AND get_byte(uuid_send(person.id), 0) % 3 = 0
  AND NOT EXISTS (SELECT FROM people_consentstate state WHERE state.person_id = person.id)
"""
