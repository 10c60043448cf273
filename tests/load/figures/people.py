"""The list of people among very many, as each role that reaches some: reading, searching, filtering, to the last page.

Names are spread as names are: a few hundred first names and some thousand family names, a few of them very common. Each
request goes through the whole stack in this process; what is measured is the 95th percentile, of the requests of each kind in turn.
Before that each answer is compared with what a plain statement finds: the same people in the same order, or, of what is mistyped,
nobody exactly and somebody near.
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
PAGE = 50

_GIVEN = """
Marie Jean Camille Nathalie Michel Nicolas Isabelle Philippe Sylvie Alain Catherine Patrick Martine
Christophe Sandrine Stéphane Élodie Karim
Nadia Samir Inès Hugo Léa Manon Lucas Emma Louis Chloé Mohamed Fatima Yann Gaëlle Odette Zoé Björn
"""
GIVEN = _GIVEN.split()
_SYLLABLES = "mar tin du pont ber nard le gar ric hard pe tit ro bert sau vage fon taine che va lier mou lin gau thier lam bel"
SYLLABLES = _SYLLABLES.split()

ASKED = {
    "list": [{}, {"sort": "joined"}, {"area": "its own"}],
    "common": [{"q": "marie"}, {"q": "martin"}, {"q": "ma"}, {"q": "marie", "sort": "joined"}],
    "exact": [{"q": "dupont camille"}, {"q": "zoe"}, {"q": "ber"}, {"q": "Élodie"}],
    "several": [{"q": "martin camille"}, {"q": "zoe vage"}, {"q": "ma zo"}, {"q": "dupont ma"}],
    "nobody": [{"q": "xqwzk"}, {"q": "martin xqwzk"}],
    "mistyped": [{"q": "camile martn"}, {"q": "isabele"}, {"q": "maritn"}, {"q": "christphe"}],
    "filtered": [{"agreed": "email"}, {"agreed": "none"}, {"agreed": "post"}, {"joined_since": "yesterday"}, {"role": "relay"}],
    "combined": [
        {"q": "marie", "agreed": "email"},
        {"q": "martin", "agreed": "none"},
        {"q": "marie", "agreed": "post"},
        {"q": "marie", "joined_since": "yesterday", "sort": "joined"},
        {"agreed": "email", "joined_since": "yesterday"},
        {"q": "zoe", "agreed": "phone"},
    ],
    "last": [{}, {"sort": "joined"}, {"q": "martin"}, {"agreed": "email"}],
}
"""What is asked. `last`: the page behind somebody who stands at the very end."""
MEANT = {"camile martn": "camille martin", "isabele": "isabelle", "maritn": "martin", "christphe": "christophe"}
"""Whom somebody meant who mistyped, as beginnings of names: "martin" stands for Martine too. What is asked besides is nonsense."""
RELAYS_MEAN = ("isabele", "christphe")
"""What of it is a first name alone."""
READERS = ("relay", "small-department", "department", "country")
SEARCHED = ("ber", "dupont", "xqwzk", "marie", "zoe vage")
"""What the data-protection officer looks for."""


def figures() -> list[Figure]:
    """One for each reader and manner of asking, and the officer's search."""
    made = [(f"{asked}-{who}", _measure(asked, who)) for asked in ASKED for who in READERS]
    return [
        Figure(
            name=f"{name}-{many}",
            target=TARGET,
            unit="seconds, p95",
            better="below",
            measure=lambda measure=measure, many=many: measure(many),  # type: ignore[misc]
            needs_long=many == MANY,
        )
        for many in (FEW, MANY)
        for name, measure in [*made, ("search-officer", _search)]
    ]


def _measure(asked: str, who: str) -> Callable[[int], Result]:
    def measure(many: int) -> Result:
        seed(many)
        client = clients()[who]
        queries = [_filled(query, who) for query in ASKED[asked]]
        if asked == "last":
            queries = [query | {"after": _end(query)} for query in queries]
        wrong = [said for query in queries if (said := _wrong(client, who, query, is_mistyped=asked in ("mistyped", "nobody")))]
        result = absolute(lambda: p95(client, queries), rounds=3)
        result.correct, result.note = not wrong, "; ".join(wrong)
        return result

    return measure


def _search(many: int) -> Result:
    """As the officer, who typed a reason: what is found are twenty people at most."""
    seed(many)
    client = clients()["officer"]
    reason = client.post("/api/v1/people/reasons/", {"reason": "Demande d'accès du 3 mars, article 15"}, content_type="application/json")
    address = f"/api/v1/people/reasons/{reason.json()['id']}/people/"
    found = {q: client.get(address, {"q": q}).json()["items"] for q in SEARCHED}
    result = absolute(
        lambda: statistics.quantiles(
            [seconds(lambda q=q: client.get(address, {"q": q})) for q in SEARCHED * (TURN // len(SEARCHED))],  # type: ignore[misc]
            n=20,
        )[-1],
        rounds=3,
    )
    result.correct = all(len(found[q]) == min(20, _count(q)) for q in SEARCHED)
    return result


def _count(q: str) -> int:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE folded_name LIKE ALL(%s)", [[f"% {word}%" for word in q.split()]])
        return int(cursor.fetchone()[0])


def _filled(query: dict[str, str], who: str) -> dict[str, str]:
    """Say the day and the place that a query leaves open."""
    from datetime import timedelta

    from maillage.kernel.clock import now

    said = dict(query)
    if "joined_since" in said:
        said["joined_since"] = (now() - timedelta(days=1)).date().isoformat()
    if "area" in said:
        said["area"] = str(places()[who].pk)
    return said


def _end(query: dict[str, str]) -> str:
    """The address of the page behind somebody who stands near the end of an order."""
    from datetime import UTC, datetime
    from uuid import UUID

    from maillage.people.domain.listing import Sort
    from maillage.people.selectors import listing

    is_joined = query.get("sort") == "joined"
    value = datetime(2000, 1, 2, tzinfo=UTC) if is_joined else (" martin zz" if "q" in query else " voo")
    return listing._cursor(Sort.JOINED if is_joined else Sort.NAME, value, UUID(int=0))


def _wrong(client: Any, who: str, query: dict[str, str], *, is_mistyped: bool) -> str:
    """Compare one page with what a plain statement finds; empty when it is right."""
    answer = client.get("/api/v1/people/", query)
    if answer.status_code != 200:
        return f"{query}: {answer.status_code}"
    page = answer.json()
    if is_mistyped:
        return _wrong_near(who, query["q"], page)
    if page["is_near"]:
        page["items"] = []
    expected = _expected(who, query)
    if not (query or expected):
        return f"{who} has nobody to read, which measures nothing"
    return (
        ""
        if [person["id"] for person in page["items"]] == expected
        else f"{query}: {len(page['items'])} people, not the {len(expected)} expected"
    )


def _wrong_near(who: str, q: str, page: dict[str, Any]) -> str:
    """Say what is wrong with an answer to what nobody is called; empty when whoever was meant comes first, and nobody for nonsense.

    A relay searches first names only, and sees no more of the others than an initial.
    """
    if who == "relay" and q not in RELAYS_MEAN:
        return ""
    if q not in MEANT:
        return f"{q}: {len(page['items'])} people are near nobody's name" if page["items"] else ""
    if not page["is_near"]:
        return f"{q}: somebody bears exactly this"
    if not _is_borne(who, MEANT[q]):
        return ""
    first = page["items"][0] if page["items"] else {"given_name": "", "family_name": ""}
    return "" if _begins(MEANT[q], first) else f"{q}: whoever was meant does not come first"


def _begins(meant: str, person: dict[str, Any]) -> bool:
    from maillage.kernel.text import fold

    names = fold(f"{person['family_name'] or ''} {person['given_name']}").split()
    return all(any(name.startswith(word) for name in names) for word in meant.split())


def _is_borne(who: str, meant: str) -> bool:
    from django.db import connection

    said = ["confirmed_at IS NOT NULL", _REACHED, "folded_name LIKE ALL(%(words)s)"]
    if who == "relay":
        said.append("EXISTS (SELECT FROM people_consentstate state WHERE state.person_id = person.id AND state.is_given)")
        said.append("lower(given_name) LIKE %(meant)s || '%%'")
    values = {"place": places()[who].pk, "words": [f"% {word}%" for word in meant.split()], "meant": meant}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM people_person person WHERE {' AND '.join(said)}", values)
        return bool(cursor.fetchone()[0])


def _expected(who: str, query: dict[str, str]) -> list[str]:
    from django.db import connection

    from maillage.kernel.text import fold
    from maillage.people.domain.listing import Sort
    from maillage.people.selectors import listing

    sort = Sort(query.get("sort", "name"))
    words = [f"% {word}%" for word in fold(query.get("q", "")).split()]
    said = ["confirmed_at IS NOT NULL", "erased_at IS NULL", _REACHED, "(coalesce(person.folded_name, '') || '') LIKE ALL(%(words)s)"]
    name = "person.folded_name"
    values: dict[str, Any] = {"place": places()[who].pk, "words": words}
    agreed = "EXISTS (SELECT FROM people_consentstate state WHERE state.person_id = person.id AND state.is_given {})"
    if who == "relay":
        said.append(agreed.format(""))
        name = _SEEN_NAME
        if words:
            said[-2] = "' ' || lower(unaccent(given_name)) LIKE ALL(%(words)s)"
            values["words"] = [f" {fold(query['q'])}%"]
        if _HIDDEN & {*query, sort}:
            said.append("false")
    if how := query.get("agreed"):
        said.append(("NOT " if how == "none" else "") + agreed.format("" if how == "none" else "AND channel = %(channel)s"))
        values["channel"] = how
    if "joined_since" in query:
        said.append("confirmed_at >= %(day)s::timestamp AT TIME ZONE 'Europe/Paris'")  # a day of the organisation's country
        values["day"] = query["joined_since"]
    if "role" in query:
        said.append("EXISTS (SELECT FROM accounts_grant held WHERE held.user_id = person.user_id AND held.role = %(role)s)")
        values["role"] = query["role"]
    if "after" in query:
        values["value"], values["last"] = listing._read_cursor(query["after"], sort)
        said.append(f"({name}, person.id) > (%(value)s, %(last)s)" if sort == Sort.NAME else "(confirmed_at, id) < (%(value)s, %(last)s)")
    order = f"{name}, person.id" if sort == Sort.NAME else "confirmed_at DESC, id DESC"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT id FROM people_person person WHERE {' AND '.join(said)} ORDER BY {order} LIMIT {PAGE}", values)
        return [str(id) for (id,) in cursor.fetchall()]


_REACHED = """area_id IN (
    SELECT closure.descendant_id FROM territories_areaclosure closure WHERE closure.ancestor_id = %(place)s AND closure.whole
    UNION SELECT %(place)s)"""


_SEEN_NAME = "(' ' || lower(unaccent(left(family_name, 1))) || ' ' || lower(unaccent(given_name))) COLLATE \"C\""
"""What a relay sees of a name, by which their list is ordered."""
_HIDDEN = {"joined", "joined_since", "role"}
"""By what a relay finds nobody: it would tell of people what is hidden from them."""


def p95(client: Any, queries: list[dict[str, str]]) -> float:
    """Ask so often, each of these in turn, and return the 95th percentile in seconds."""
    times = [seconds(lambda turn=turn: client.get("/api/v1/people/", queries[turn % len(queries)])) for turn in range(TURN)]
    return statistics.quantiles(times, n=20)[-1]


@cache
def places() -> dict[str, Any]:
    """Where each reader holds their role: Nord has the most seats, Ariège few."""
    from maillage.territories.models import Area
    from tests.load.world import territories

    territories()
    seats = Area.objects.select_related("parent").filter(country="FR", kind__bears_seats=True)
    seat, small = seats.get(code="5905"), seats.get(code="0901")
    assert seat.parent is not None
    assert small.parent is not None
    france = Area.objects.get(country="FR", kind__code="country")
    return {"relay": seat, "small-department": small.parent, "department": seat.parent, "country": france, "officer": france}


@cache
def clients() -> dict[str, Any]:
    """Make a relay, organisers of two departments and of the country, and a data-protection officer."""
    from django.test import Client

    from maillage.accounts import services as accounts
    from maillage.accounts.domain import Role
    from maillage.kernel.clock import now
    from tests.backend.accounts.factories import sign_in

    made = {}
    for who, area in places().items():
        user = accounts.invite_user(email=f"{who}@figures.example", language="fr", now=now())
        role = {"relay": Role.RELAY, "officer": Role.DATA_PROTECTION_OFFICER}.get(who, Role.ORGANISER)
        accounts.grant_role(user=user, role=role, area=area, origin="appointed:figures", now=now())
        made[who] = Client(SERVER_NAME="127.0.0.1")
        sign_in(made[who], user)
    return made


def seed(wanted: int) -> None:
    """Have so many confirmed people with an address, of whom a third agreed to hear from their relay by mail, a seventh by post."""
    from django.db import connection

    from tests.load.world import territories

    territories()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE placed_with = 'figures'")
        there = int(cursor.fetchone()[0])
        if there >= wanted:
            return
        cursor.execute("SELECT setseed(0.5)")
        cursor.execute(_PEOPLE, {"from": there + 1, "to": wanted, "given": GIVEN, "family": _family_names()})
        cursor.execute(_CONTACTS)
        cursor.execute(_STATES)
        _give_roles()
        for table in ("people_person", "people_contactpoint", "people_consentstate"):
            cursor.execute(f"VACUUM ANALYZE {table}")


def _give_roles() -> None:
    """Let three people of each reader's place have been relays there for long, so that they are found by that role."""
    from datetime import timedelta

    from maillage.accounts.models import Grant, User
    from maillage.kernel.clock import now
    from maillage.people.models import Person

    for who in READERS:
        place = places()[who]
        here = Person.objects.filter(area__above__ancestor=place, placed_with="figures", user__isnull=True).order_by("pk")
        for number, person in enumerate(here[:3]):
            user = User.objects.create_user(f"{who}.{person.pk}.{number}@figures.example")
            Person.objects.filter(pk=person.pk).update(user=user)
            Grant.objects.create(
                user=user, role="relay", area_id=person.area_id, starts_at=now() - timedelta(days=100), origin="appointed:figures"
            )


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
SELECT person.id, 'people.relay_contact', way.channel, true, now()
FROM people_person person, (VALUES ('email', 3), ('post', 7)) AS way(channel, every)
WHERE placed_with = 'figures' AND get_byte(uuid_send(person.id), 0) % way.every = 0
  AND NOT EXISTS (SELECT FROM people_consentstate state WHERE state.person_id = person.id)
"""
