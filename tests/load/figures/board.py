"""The live board while an action runs: 577 seats, 2,000 answers in nine hours, fifty screens that each ask every three seconds.

Ten screens watch the whole country, each of the others one department. All answers but the last are given before; then so many minutes
are played in which answers come as often as in such a day, and every screen asks as browsers do: with `since` and the last ETag.
"""

import random
import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from typing import Any

from tests.load.bench import Figure, Result, seconds

WATCHERS, OF_THE_COUNTRY = 50, 10
ANSWERS, PLAYED = 2_000, 40
LASTS, EVERY = timedelta(hours=9), timedelta(seconds=3)


@dataclass
class Screen:
    """A board that somebody has open."""

    client: Any
    address: str
    lines: dict[str, str] = field(default_factory=dict)
    etag: str = ""
    since: str = ""

    def ask(self) -> int:
        """Ask what is new, lay it over what is known, and return the status."""
        headers = {"If-None-Match": self.etag} if self.etag else {}
        answer = self.client.get(self.address, {"since": self.since} if self.since else {}, headers=headers)
        if answer.status_code == 200:
            board = answer.json()
            self.etag, self.since = answer["ETag"], board["as_of"]
            self.lines |= {line["id"]: line["state"] for line in board["assignments"]}
        return int(answer.status_code)


@dataclass(frozen=True)
class Played:
    """How long each poll took, in seconds; how many were 304; whether every screen ended with what is true."""

    times: list[float]
    unchanged: int
    is_right: bool


def figures() -> list[Figure]:
    """The two figures of the group, from one run."""
    return [
        Figure("poll", target=0.03, unit="seconds, 95th percentile", better="below", measure=_poll),
        Figure("unchanged", target=0.9, unit="of the answers are 304", better="above", measure=_unchanged),
    ]


def _poll() -> Result:
    played = _played()
    return Result(ours=statistics.quantiles(played.times, n=20)[-1], correct=played.is_right, extra=_extra(played))


def _unchanged() -> Result:
    played = _played()
    return Result(ours=played.unchanged / len(played.times), correct=played.is_right, extra=_extra(played))


def _extra(played: Played) -> dict[str, Any]:
    return {"screens": WATCHERS, "polls": len(played.times), "answers": ANSWERS, "median": statistics.median(played.times)}


@cache
def _played() -> Played:
    from maillage.actions.models import Assignment
    from maillage.kernel.clock import now

    action, screens = _scene()
    answers = _answers(action)
    for _answer in range(ANSWERS - PLAYED):
        next(answers)()
    for screen in screens:
        screen.ask()
    rounds = round(PLAYED * (LASTS / ANSWERS) / EVERY)
    dice = random.Random(1)
    due = dice.sample(range(rounds), PLAYED)
    times, unchanged = [], 0
    for number in range(rounds):
        if number in due:
            next(answers)()
        for screen in screens:
            statuses: list[int] = []
            times.append(seconds(lambda one=screen, said=statuses: said.append(one.ask())))
            unchanged += statuses == [304]
    stands = {str(pk): state for pk, state in Assignment.objects.filter(action=action).stated(now()).values_list("pk", "state")}
    whole, parts = screens[:OF_THE_COUNTRY], screens[OF_THE_COUNTRY:]
    is_right = all(one.lines == stands for one in whole) and all(one.lines and one.lines.items() <= stands.items() for one in parts)
    return Played(times=times, unchanged=unchanged, is_right=is_right and len(stands) == 577)


def _answers(action: Any) -> Any:
    """Give the answers one after the other: a yes of every seat, then a report of every seat, then corrections of reports."""
    from maillage.actions import services
    from maillage.actions.domain import Met
    from maillage.kernel.clock import now

    seats = list(action.assignments.order_by("pk").values_list("pk", "holder_id"))
    random.Random(2).shuffle(seats)

    def say(what: Callable[..., Any], pk: Any, holder_id: Any, **words: Any) -> Callable[[], Any]:
        return lambda: what(assignment_id=pk, author_id=holder_id, now=now(), **words)

    for pk, holder_id in seats:
        yield say(services.accept_assignment, pk, holder_id)
    number = 0
    while True:
        for pk, holder_id in seats:
            number += 1
            yield say(services.report_assignment, pk, holder_id, met=Met.NOBODY, failed=f"La permanence était fermée ({number}).")


@cache
def _scene() -> tuple[Any, list[Screen]]:
    """Launch an action on every seat, and open its board on fifty screens."""
    from django.test import Client

    from maillage.accounts import services as accounts
    from maillage.accounts.domain import Role
    from maillage.actions import services
    from maillage.kernel.clock import now
    from maillage.territories.models import Area
    from tests.backend.accounts.factories import sign_in
    from tests.load.figures.launch import TEXTS, filled_network

    network, start = filled_network(), now() + timedelta(days=3)
    draft = services.draft_action(network=network, texts=TEXTS, starts_at=start, ends_at=start + LASTS, by=None, now=now())
    action = services.launch_action(action_id=draft.pk, by=None, now=now())
    departments = Area.objects.filter(country="FR", kind__code="department", valid_until=None, has_shape=True).order_by("code")
    watched = [network.country] * OF_THE_COUNTRY + list(departments[: WATCHERS - OF_THE_COUNTRY])
    screens = []
    for number, area in enumerate(watched):
        organiser = accounts.invite_user(email=f"screen{number}@figures.example", language="fr", now=now())
        accounts.grant_role(user=organiser, role=Role.ORGANISER, area=area, origin="installation", now=now())
        client = Client(SERVER_NAME="127.0.0.1")
        sign_in(client, organiser)
        screens.append(Screen(client=client, address=f"/api/v1/actions/{action.pk}/board/"))
    return action, screens
