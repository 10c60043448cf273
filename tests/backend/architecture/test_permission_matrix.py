"""Every endpoint x method x role, walked from the URL configuration: a new endpoint without a line fails.

Each answer has the status that the table says; and whoever is named in one finds the reader in the access log (decision 9).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any
from uuid import UUID

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation
from rest_framework.authentication import SessionAuthentication

from maillage.accounts.domain import GUARDED
from maillage.accounts.models import User
from maillage.people.models import Access, Person
from tests.backend.accounts.factories import sign_in
from tests.backend.architecture.permission_matrix import API, BODIES, PAGES, ROLES, Line, lines
from tests.backend.architecture.world import A_MARK, World, marks_of

pytestmark = pytest.mark.django_db

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
GUARDED_ROLES = ("organiser_here", "organiser_elsewhere", "organiser_national", *GUARDED)
LINES = [*lines(API), *lines(PAGES)]


def patterns(of: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, Any]]:
    """Every address of the configuration, with its view."""
    for pattern in of:
        route = before + str(pattern.pattern).removeprefix("^")  # as ResolverMatch.route says it
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns, route)
        else:
            yield route, pattern.callback


def endpoints() -> set[tuple[str, str]]:
    """Every (method, route) that a view answers; a plain function is asked what it refuses."""
    found = set()
    for route, view in patterns(get_resolver().url_patterns):
        view_class = getattr(view, "cls", None) or getattr(view, "view_class", None)
        if view_class is None:
            found |= {(method, route) for method in methods_of(route)}
        else:
            found |= {(method, route) for method in METHODS if takes(view_class, method.lower())}
    return found


def takes(view_class: Any, name: str) -> bool:
    """Say whether a class answers a method."""
    return hasattr(view_class, name) and name in view_class.http_method_names


def methods_of(route: str) -> list[str]:
    """Ask a function which methods it takes; one whose address is in no line is known by GET."""
    line = next((line for line in LINES if route_of(line) == route), None)
    if line is None:
        return ["GET"]
    client = Client(raise_request_exception=False)
    return [method for method in METHODS if client.generic(method, concrete(line.path, {})).status_code != 405]


def resolved(line: Line) -> ResolverMatch:
    """What the configuration finds at a line's address."""
    with translation.override("fr"):  # the language of the pages in the table
        return resolve(concrete(line.path, {}).partition("?")[0])


def route_of(line: Line) -> str:
    """The pattern of the configuration that a line is about."""
    return resolved(line).route


def ignores_who_asks(line: Line) -> bool:
    """Say whether a view reads no cookie at all, so that any signed-in role stands for all of them."""
    return getattr(getattr(resolved(line).func, "cls", None), "authentication_classes", None) == []


def concrete(path: str, rows: dict[str, Any]) -> str:
    """Write a path of the table as one asks it; a row that is not given is an id that no row has."""
    return path.format_map(_Rows(rows))


class _Rows(dict[str, Any]):
    def __missing__(self, name: str) -> str:
        return "x" if name.endswith("_token") else "00000000-0000-7000-8000-000000000000"


def filled(value: Any, rows: dict[str, Any]) -> Any:
    """Put the world's ids into a body."""
    if isinstance(value, dict):
        return {key: filled(item, rows) for key, item in value.items()}
    if isinstance(value, list):
        return [filled(item, rows) for item in value]
    return concrete(value, rows) if isinstance(value, str) and value.startswith("{") else value


def send(client: Client, line: Line, rows: dict[str, Any]) -> Any:
    """Ask once, and return the answer."""
    path, body = concrete(line.path, rows), filled(BODIES.get(line.name, {}), rows)
    if line.method == "GET":
        return client.get(path)
    if path.startswith("/api/"):
        return client.generic(line.method, path, json.dumps(body), content_type="application/json")
    return client.post(path, body)


@dataclass(frozen=True)
class Answer:
    """What one role got at one line: the status, whom it names, and of those whom the access log did not then name."""

    line: Line
    role: str
    status: int
    named: frozenset[UUID]
    unlogged: frozenset[UUID]


@pytest.fixture(scope="module")
def answers(world: World) -> list[Answer]:
    """Ask at every line as every role; each asking is undone."""
    return [answer for role in ROLES.values() for answer in answers_to(role, world)]


def answers_to(role: str, world: World) -> Iterator[Answer]:
    """Ask at every line as one role; at what reads no cookie, as nobody and as a member only."""
    bearers = {mark.lower(): person for person in Person.objects.prefetch_related("contact_points") for mark in marks_of(person)}
    user = world.actors[role]
    own = {*Person.objects.filter(user=user).values_list("pk", flat=True)} if user else set()
    client = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
    if user:
        sign_in(client, User.objects.get(pk=user.pk))
    signed_in = client.cookies.output().replace("Set-Cookie: ", "")
    for line in LINES:
        if role not in ("anonymous", "member") and ignores_who_asks(line):
            continue
        cache.clear()  # limits are counted there
        client.cookies = SimpleCookie(signed_in)  # what the last answer set is undone too
        with transaction.atomic():
            answer = send(client, line, world.rows)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            named = {bearers[mark.lower()].pk for mark in A_MARK.findall(content.decode(errors="replace")) if mark.lower() in bearers} - own
            logged = {id for ids in Access.objects.values_list("person_ids", flat=True) for id in ids} if named else set()
            transaction.set_rollback(True)
        yield Answer(line, role, answer.status_code, frozenset(named), frozenset(named - logged))


def test_every_endpoint_has_a_line() -> None:
    known = {(line.method, route_of(line)) for line in LINES}
    missing = endpoints() - known
    assert not missing, f"no line in permission_matrix.py for: {sorted(missing)}"


def test_no_line_is_there_twice() -> None:
    names = [line.name for line in LINES]
    assert len(names) == len(set(names))
    assert set(BODIES) <= set(names)


def test_each_role_gets_what_the_table_says(answers: list[Answer]) -> None:
    differing = [
        f"{answer.line.name} as {answer.role}: {answer.status}, the table says {answer.line.expected[answer.role]}"
        for answer in answers
        if answer.status != answer.line.expected[answer.role]
    ]
    assert not differing, "\n" + "\n".join(differing)


BY_THEIR_OWN_LINK = "{own_data_token}"
"""It is mailed to the person's proved address alone: whoever shows it is the person, signed in or not."""

BY_THEIR_OFFICE = ("/api/v1/relays/concerns/mine/", "/wrong/")
"""Where the safety contact is named to whoever may tell them something: it is what they are named for."""


BY_THEIR_OWN_COPY = ("{answer_token}", "{paper_token}")
"""A brief bears the name of whoever its link was sent to, the relay's here, and of nobody else: who passes it on, passes that on."""


def test_who_is_named_in_an_answer_finds_the_reader_in_the_log(world: World, answers: list[Answer]) -> None:
    relay = frozenset(Person.objects.filter(user=world.actors["relay_here"]).values_list("pk", flat=True))
    unlogged = [
        f"{answer.line.name} as {answer.role} names {len(strangers)} without a line in the log"
        for answer in answers
        if (strangers := answer.unlogged - (relay if any(copy in answer.line.path for copy in BY_THEIR_OWN_COPY) else frozenset()))
        and BY_THEIR_OWN_LINK not in answer.line.path
        and not answer.line.path.endswith(BY_THEIR_OFFICE)
    ]
    assert not unlogged, "\n" + "\n".join(unlogged)
    naming = [answer for answer in answers if answer.named]
    assert {answer.role for answer in naming} >= {"relay_here", "organiser_here", "organiser_national"}
    assert len({answer.line.path for answer in naming}) >= 6


OPEN_WITHOUT_A_FACTOR = ("/api/v1/accounts/me/", "/api/v1/accounts/security/", "/api/v1/accounts/sessions/", "/api/v1/accounts/step-up/")
"""Where one sees what is still to be proved, proves it, or leaves; beside allauth's own addresses, and what reads no cookie."""


@pytest.fixture(scope="module")
def anyones(world: World) -> dict[str, tuple[int, bytes]]:
    """What anybody gets, signed in or not, at each line of the API that is open to all."""
    client = Client(headers={"Accept-Language": "en"})
    return {line.name: sent_and_undone(client, line, world.rows) for line in lines(API) if is_anyones(line)}


@pytest.mark.parametrize("role", [role for role in ROLES.values() if role in GUARDED_ROLES])
def test_a_session_that_proved_no_second_factor_opens_nothing_of_a_guarded_role(
    world: World, anyones: dict[str, tuple[int, bytes]], role: str
) -> None:
    client = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
    user = world.actors[role]
    assert user is not None
    client.force_login(User.objects.get(pk=user.pk))
    let_through = []
    for line in lines(API):
        if ignores_who_asks(line) or line.path.startswith((*OPEN_WITHOUT_A_FACTOR, "/api/v1/accounts/auth/")):
            continue
        status, content = sent_and_undone(client, line, world.rows)
        if line.name in anyones:
            expected = anyones[line.name]
            reads_as_anyone = status == expected[0] and (line.method != "GET" or content == expected[1])
        else:
            reads_as_anyone = False
        if not reads_as_anyone and (status != 403 or json.loads(content)["code"] != "second_factor_required"):
            let_through.append(f"{line.name}: {status}")
    assert let_through == []


def is_anyones(line: Line) -> bool:
    """Say whether a line is open to whoever asks, signed in or not."""
    return getattr(getattr(resolved(line).func, "cls", None), "policy", "") == "anyone" or len(set(line.expected.values())) == 1


def sent_and_undone(client: Client, line: Line, rows: dict[str, Any]) -> tuple[int, bytes]:
    """Ask once, undo what it did, and return the status and the content."""
    cache.clear()
    with transaction.atomic():
        answer = send(client, line, rows)
        transaction.set_rollback(True)
    return answer.status_code, b"" if answer.streaming else answer.content


def test_only_these_views_take_a_session_that_proved_nothing() -> None:
    taking = {route for route, view in patterns(get_resolver().url_patterns) if SessionAuthentication in schemes_of(view)}
    assert sorted(taking) == [
        "api/v1/accounts/me/",
        "api/v1/accounts/security/",
        "api/v1/accounts/security/password/",
        "api/v1/accounts/sessions/",
        "api/v1/accounts/sessions/<uuid:id>/",
        "api/v1/accounts/step-up/",
        "api/v1/accounts/step-up/code/",
    ]


def schemes_of(view: Any) -> list[Any]:
    """The authentication classes of a view, none for one that is not REST framework's."""
    return list(getattr(getattr(view, "cls", None), "authentication_classes", []))
