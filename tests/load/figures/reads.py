"""The hot lists, each by who asks, against a bare view that does the same SQL; and what a page costs among many people.

Both run in this process through the whole stack of middlewares, one request after the other, in turns. What is compared
is the 95th percentile of a turn.
"""

import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from typing import Any

from tests.load.bench import Figure, Result, compare, seconds

TURN = 40
"""Requests in a turn of each side."""

MOST_QUERIES = 5
FEW, MANY, VERY_MANY = 1_000, 100_000, 1_000_000

READS = {
    "coverage": ("anonymous", "relay", "organiser"),
    "seats": ("anonymous", "relay", "organiser"),
    "people": ("relay", "organiser"),
    "board": ("organiser",),
}
"""Who may read what: an anonymous visitor reads no people, and only organisers a board."""


@dataclass(frozen=True)
class Scene:
    """A network whose action runs, and a client for each who asks."""

    addresses: dict[str, str]
    clients: dict[str, Any]


def figures() -> list[Figure]:
    """One figure for each list and reader, and the growth of a page of people."""
    reads = [
        Figure(name=f"{list_}-{who}", target=2.0, unit="times a bare view's p95", better="below", measure=_against(list_, who))
        for list_, readers in READS.items()
        for who in readers
    ]
    grown = [
        Figure(
            name=f"people-{FEW}-to-{many}",
            target=1.2,
            unit=f"times the page among {FEW}",
            better="below",
            measure=_growth(many),
            needs_long=many == VERY_MANY,
        )
        for many in (MANY, VERY_MANY)
    ]
    return [*reads, *grown]


def _against(list_: str, who: str) -> Callable[[], Result]:
    def measure() -> Result:
        from tests.load.bare import reads as bare

        scene = _scene()
        client, address = scene.clients[who], scene.addresses[list_]
        statements, answer = _taken_down(client, address)
        bare.STATEMENTS[:] = statements
        result = compare(_p95(client, address), _p95(client, "/bare/"), rounds=5)
        result.correct = answer.status_code == 200 and len(statements) <= MOST_QUERIES and len(answer.content) > 40
        result.extra = {"queries": len(statements), "bytes": len(answer.content)}
        return result

    return measure


def _growth(many: int) -> Callable[[], Result]:
    """Compare a page among many people with the same page among few: both must be right, the first is measured after the second."""

    def measure() -> Result:
        scene = _scene()
        client, address = scene.clients["organiser"], scene.addresses["people"]
        _people(FEW)
        few = statistics.median(_p95(client, address)() for _turn in range(5))
        _people(many)
        _taken_down(client, address)
        among_many = statistics.median(_p95(client, address)() for _turn in range(5))
        page = client.get(address).json()
        return Result(ours=among_many, reference=few, ratio=among_many / few, correct=len(page["items"]) == 50 and bool(page["next"]))

    return measure


def _taken_down(client: Any, address: str) -> tuple[list[tuple[str, Any]], Any]:
    """Ask once, and note the statements that are not the session's."""
    from django.db import connection

    statements: list[tuple[str, Any]] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if not any(table in sql for table in ("accounts_session", 'FROM "accounts_user" WHERE')):
            statements.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        answer = client.get(address)
    return statements, answer


def _p95(client: Any, address: str) -> Callable[[], float]:
    """Make a turn: so many requests, their 95th percentile in seconds."""

    def turn() -> float:
        times = [seconds(lambda: client.get(address)) for _request in range(TURN)]
        return statistics.quantiles(times, n=20)[-1]

    return turn


@cache
def _scene() -> Scene:
    """Fill the network, launch an action, and let some answer; a relay, an organiser, a visitor."""
    from django.conf import settings
    from django.test import Client
    from django.urls import clear_url_caches, set_urlconf

    from maillage.accounts import services as accounts
    from maillage.accounts.domain import Role
    from maillage.actions import services
    from maillage.kernel.clock import now
    from maillage.relays.models import Term
    from tests.backend.accounts.factories import sign_in
    from tests.load.figures.launch import TEXTS, filled_network

    settings.ROOT_URLCONF = "tests.load.bare.reads"
    clear_url_caches()
    set_urlconf(None)
    network = filled_network()
    start = now() + timedelta(days=3)
    draft = services.draft_action(network=network, texts=TEXTS, starts_at=start, ends_at=start + timedelta(hours=9), by=None, now=now())
    action = services.launch_action(action_id=draft.pk, by=None, now=now())
    for assignment in action.assignments.order_by("pk")[:200]:
        services.accept_assignment(assignment_id=assignment.pk, author_id=assignment.holder_id, now=now())
    organiser = accounts.invite_user(email="national@figures.example", language="fr", now=now())
    accounts.grant_role(user=organiser, role=Role.ORGANISER, area=network.country, origin="installation", now=now())
    relay = Term.objects.select_related("person__user", "seat").filter(seat__network=network).first()
    assert relay is not None
    clients = {who: Client(SERVER_NAME="127.0.0.1") for who in ("anonymous", "relay", "organiser")}
    sign_in(clients["relay"], relay.person.user)
    sign_in(clients["organiser"], organiser)
    _people(FEW)
    _agree(relay.seat.area_id)
    return Scene(
        addresses={
            "coverage": f"/api/v1/relays/networks/{network.pk}/coverage/",
            "seats": f"/api/v1/relays/networks/{network.pk}/seats/",
            "people": "/api/v1/people/",
            "board": f"/api/v1/actions/{action.pk}/board/",
        },
        clients=clients,
    )


def _agree(area_id: Any) -> None:
    """Let whoever lives in a relay's constituency have agreed to be contacted by them."""
    from maillage.kernel.clock import now
    from maillage.people import services
    from maillage.people.domain import RELAY_CONTACT, Channel
    from maillage.people.models import Person

    for person in Person.objects.filter(area_id=area_id):
        services.record_consent(
            person_id=person.pk,
            purpose=RELAY_CONTACT.purpose,
            channel=Channel.EMAIL,
            wording=RELAY_CONTACT.version,
            source="figures",
            now=now(),
        )


def _people(wanted: int) -> None:
    """Have so many confirmed people, spread over the seats, in a few statements."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM people_person WHERE family_name LIKE 'Mesure %'")
        there = int(cursor.fetchone()[0])
        if wanted > there:
            cursor.execute(_PEOPLE, {"from": there + 1, "to": wanted})
        cursor.execute("ANALYZE people_person")


_PEOPLE = """
INSERT INTO people_person (id, given_name, family_name, folded_name, language, placed_by, placed_with, shows_given_name,
                           created_at, confirmed_at, area_id)
SELECT gen_random_uuid(), 'Dominique', 'Mesure ' || line, ' mesure ' || line || ' dominique', 'fr', 'chosen', '', false,
       now(), now(), place.ids[1 + line %% cardinality(place.ids)]
FROM generate_series(%(from)s, %(to)s) AS line,
     (SELECT array_agg(area.id) AS ids FROM territories_area area
      JOIN territories_areakind kind ON kind.id = area.kind_id AND kind.bears_seats AND area.country = 'FR') place
"""
