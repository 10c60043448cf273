"""Nobody learns from the site whether an address is known: the same answer, and the same statements to the database."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from maillage.accounts.models import User
from tests.backend.accounts.factories import make_user
from tests.backend.accounts.test_sign_in import AUTH

pytestmark = pytest.mark.django_db

KNOWN, UNKNOWN, INACTIVE = "known@people.example", "nobody@people.example", "closed@people.example"
PAGE = "/fr/sign-in/"


@pytest.fixture(autouse=True)
def users() -> None:
    make_user(KNOWN)
    User.objects.filter(pk=make_user(INACTIVE).pk).update(is_active=False)


def post(client: Client, path: str, body: dict[str, str]) -> Any:
    return client.post(path, body, content_type="application/json") if path.startswith(AUTH) else client.post(path, body)


def taken_down(ask: Callable[[], Any]) -> tuple[list[str], int, bytes]:
    """Ask, and return the statements with their values taken out, the status and the body without its one-time token."""
    with CaptureQueriesContext(connection) as queries:
        answer = ask()
    statements = [re.sub(r"'(?:[^']|'')*'|s\d+_x\d+|\d+(?:\.\d+)?", "?", query["sql"]) for query in queries]
    return statements, answer.status_code, re.sub(rb'value="[^"]*"', b"", answer.content)


def steps(paths: tuple[str, str], email: str) -> list[tuple[list[str], int, bytes]]:
    """What the three steps of one try do: ask, type a wrong code, ask for another."""
    client = Client(REMOTE_ADDR=f"203.0.113.{ord(email[0])}")  # a network each: none has asked before
    ask, check = paths
    found = [
        taken_down(lambda: post(client, ask, {"email": email})),
        taken_down(lambda: post(client, check, {"code": "0000-0001"})),
    ]
    if ask == PAGE:
        found.append(taken_down(lambda: post(client, check, {"action": "resend"})))
    else:
        found.append(taken_down(lambda: post(client, f"{AUTH}/code/resend", {})))
    return [(statements, status, body.replace(email.encode(), b"-")) for statements, status, body in found]


@pytest.mark.parametrize("paths", [(f"{AUTH}/code/request", f"{AUTH}/code/confirm"), (PAGE, f"{PAGE}code/")], ids=["api", "page"])
def test_each_step_says_and_does_the_same(paths: tuple[str, str]) -> None:
    known, unknown, inactive = (steps(paths, email) for email in (KNOWN, UNKNOWN, INACTIVE))
    assert [len(statements) for statements, _status, _body in known] == [len(statements) for statements, *_ in unknown]
    assert known == unknown == inactive
    assert any("INSERT INTO messaging_message" in statement for statement in known[0][0])
    assert any("journal_job" in statement for statement in known[0][0])


@pytest.mark.parametrize("paths", [(f"{AUTH}/code/request", f"{AUTH}/code/confirm"), (PAGE, f"{PAGE}code/")], ids=["api", "page"])
def test_nobody_is_looked_up_before_the_code_is_right(paths: tuple[str, str]) -> None:
    for statements, _status, _body in steps(paths, KNOWN):
        assert not [statement for statement in statements if "accounts_user" in statement or "account_emailaddress" in statement]


def test_what_a_session_keeps_of_a_try_cannot_be_read() -> None:
    client = Client()
    post(client, f"{AUTH}/code/request", {"email": KNOWN})
    assert client.session.session_key
    kept = str(dict(client.session.items()))
    assert KNOWN not in kept
    assert not re.search(r"\d{4}-?\d{4}", re.sub(r"gAAAA[\w=-]+|\d+\.\d+", "", kept))


@pytest.mark.parametrize("email", [KNOWN, UNKNOWN, INACTIVE, "code-only@people.example"])
def test_a_password_costs_one_hash_whoever_it_is_tried_on(email: str, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    make_user("code-only@people.example")
    for user in User.objects.filter(email__in=(KNOWN, INACTIVE)):
        user.set_password("une phrase de passe à nous")
        user.save()
    hashed: list[str] = []
    for deed in ("encode", "verify"):
        asked = getattr(Argon2PasswordHasher, deed)
        monkeypatch.setattr(Argon2PasswordHasher, deed, lambda *said, asked=asked, deed=deed: hashed.append(deed) or asked(*said))
    answer = post(Client(), f"{AUTH}/login", {"email": email, "password": "une autre phrase de passe"})
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (400, "email_password_mismatch")
    assert len(hashed) == 1, hashed
