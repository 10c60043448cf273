"""Every endpoint x method x role, walked from the URL configuration: a new endpoint without a line fails."""

import json
from collections.abc import Iterator
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import ResolverMatch, URLPattern, URLResolver, get_resolver, resolve
from django.utils import translation
from rest_framework.authentication import SessionAuthentication

from maillage.accounts.domain import GUARDED
from maillage.accounts.models import User
from tests.backend.accounts.factories import sign_in
from tests.backend.architecture.permission_matrix import API, BODIES, PAGES, ROLES, Line, lines
from tests.backend.architecture.world import World, make_world

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


def ask(client: Client, line: Line, rows: dict[str, Any]) -> int:
    """Ask once, and undo what it did."""
    with transaction.atomic():
        status = send(client, line, rows).status_code
        transaction.set_rollback(True)
    return int(status)


@pytest.fixture
def world(db: None) -> World:
    return make_world()


@pytest.mark.django_db
def test_every_endpoint_has_a_line() -> None:
    known = {(line.method, route_of(line)) for line in LINES}
    missing = endpoints() - known
    assert not missing, f"no line in permission_matrix.py for: {sorted(missing)}"


def test_no_line_is_there_twice() -> None:
    names = [line.name for line in LINES]
    assert len(names) == len(set(names))
    assert set(BODIES) <= set(names)


def test_each_role_gets_what_the_table_says(world: World) -> None:
    differing = []
    for column, role in ROLES.items():
        client = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
        if user := world.actors[role]:
            sign_in(client, User.objects.get(pk=user.pk))
        signed_in = client.cookies.output()
        for line in LINES:
            if role not in ("anonymous", "member") and ignores_who_asks(line):
                continue
            cache.clear()  # limits are counted there
            client.cookies = SimpleCookie(signed_in.replace("Set-Cookie: ", ""))  # what the last answer set is undone too
            if (status := ask(client, line, world.rows)) != line.expected[role]:
                differing.append(f"{line.name} as {role} ({column}): {status}, the table says {line.expected[role]}")
    assert not differing, "\n" + "\n".join(differing)


OPEN_WITHOUT_A_FACTOR = ("/api/v1/accounts/me/", "/api/v1/accounts/security/", "/api/v1/accounts/sessions/", "/api/v1/accounts/step-up/")
"""Where one sees what is still to be proved, proves it, or leaves; beside allauth's own addresses, and what reads no cookie."""


@pytest.mark.parametrize("role", [role for role in ROLES.values() if role in GUARDED_ROLES])
def test_a_session_that_proved_no_second_factor_opens_nothing_of_a_guarded_role(world: World, role: str) -> None:
    client = Client(headers={"Accept-Language": "en"}, raise_request_exception=False)
    user = world.actors[role]
    assert user is not None
    client.force_login(User.objects.get(pk=user.pk))
    let_through = []
    for line in lines(API):
        if ignores_who_asks(line) or line.path.startswith((*OPEN_WITHOUT_A_FACTOR, "/api/v1/accounts/auth/")):
            continue
        answer, anyones = (sent_and_undone(who, line, world.rows) for who in (client, Client(headers={"Accept-Language": "en"})))
        reads_as_anyone = is_anyones(line) and answer.status_code == anyones.status_code
        if line.method == "GET":
            reads_as_anyone = reads_as_anyone and answer.content == anyones.content
        if not reads_as_anyone and (answer.status_code != 403 or answer.json()["code"] != "second_factor_required"):
            let_through.append(f"{line.name}: {answer.status_code}")
    assert let_through == []


def is_anyones(line: Line) -> bool:
    """Say whether a line is open to whoever asks, signed in or not."""
    return getattr(getattr(resolved(line).func, "cls", None), "policy", "") == "anyone" or len(set(line.expected.values())) == 1


def sent_and_undone(client: Client, line: Line, rows: dict[str, Any]) -> Any:
    """Ask once, undo what it did, and return the answer."""
    cache.clear()
    with transaction.atomic():
        answer = send(client, line, rows)
        transaction.set_rollback(True)
    return answer


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
