"""What takes data out of the house asks for a proof of the last quarter of an hour."""

import time
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from maillage.accounts.models import User
from maillage.messaging.models import Message
from tests.backend.accounts.factories import make_user
from tests.backend.accounts.test_second_factor import FACTORS, code_of, enter_by_code, post, set_totp_up, stopped_clock  # noqa: F401
from tests.backend.accounts.test_sign_in import AUTH, code_in, deliver
from tests.backend.people.factories import make_person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("stopped_clock")]

EXPORT = "/api/v1/people/me/export/"
STEP_UP = "/api/v1/accounts/step-up/"


@pytest.fixture
def user() -> User:
    person = make_person(user=make_user("nadia@people.example"), email="nadia@people.example")
    assert person.user is not None
    return person.user


def grow_old(client: Client, minutes: int = 16) -> None:
    """Let what a session proved lie some minutes back."""
    session = client.session
    for record in session["account_authentication_methods"]:
        record["at"] = time.time() - minutes * 60
    session.save()


def refused(client: Client, path: str = EXPORT) -> list[str]:
    """Ask, be refused, and return the ways that are open."""
    answer = client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (403, "step_up_required"), answer.content
    ways: list[str] = answer.json()["ways"]
    return ways


def test_a_sign_in_is_a_proof_for_a_quarter_of_an_hour(client: Client, user: User) -> None:
    enter_by_code(client, user)
    grow_old(client, minutes=14)
    assert client.get(EXPORT).status_code == 200
    grow_old(client)
    assert refused(client) == ["code"]


def test_erasing_oneself_asks_for_it_too(client: Client, user: User) -> None:
    enter_by_code(client, user)
    grow_old(client)
    answer = post(client, "/api/v1/people/me/erase/", {"email": user.email})
    assert answer.json()["code"] == "step_up_required"
    assert User.objects.filter(pk=user.pk).exists()


def test_a_code_by_mail_proves_it_and_three_wrong_ones_end_the_try(client: Client, user: User) -> None:
    enter_by_code(client, user)
    grow_old(client)
    assert post(client, STEP_UP, {"code": "0000-0000"}).json()["code"] == "no_pending_code"
    mail.outbox.clear()
    assert post(client, f"{STEP_UP}code/", {}).status_code == 204
    assert [post(client, STEP_UP, {"code": "0000-0000"}).status_code for _try in range(4)] == [400, 400, 400, 409]
    assert post(client, f"{STEP_UP}code/", {}).status_code == 204
    deliver()
    assert post(client, STEP_UP, {"code": code_in(mail.outbox[-1].subject)}).status_code == 204
    assert client.get(EXPORT).status_code == 200


def test_who_has_a_second_factor_proves_that_one(client: Client, user: User) -> None:
    enter_by_code(client, user)
    secret = set_totp_up(client)
    grow_old(client)
    assert refused(client) == ["totp"]
    before = Message.objects.count()
    assert post(client, f"{STEP_UP}code/", {}).json()["code"] == "not_your_way"
    assert Message.objects.count() == before
    assert refused(client, f"{FACTORS}/totp") == ["totp"]
    assert post(client, f"{AUTH}/2fa/reauthenticate", {"code": code_of(secret)}).status_code == 200
    assert client.get(EXPORT).status_code == 200


def test_a_password_proves_it_and_is_limited(client: Client, user: User) -> None:
    enter_by_code(client, user)
    client.put("/api/v1/accounts/security/password/", {"password": "une phrase de passe à nous"}, content_type="application/json")
    grow_old(client)
    assert refused(client) == ["password", "code"]
    answers = [post(client, STEP_UP, {"password": "faux"}) for _try in range(6)]
    assert [answer.status_code for answer in answers] == [400] * 5 + [429]
    assert post(client, STEP_UP, {"password": "une phrase de passe à nous"}).status_code == 429


def test_a_proof_is_of_one_user(client: Client, user: User) -> None:
    enter_by_code(client, user)
    session = client.session
    session["account_authentication_methods_user"] = str(make_user("other@people.example").pk)
    session.save()
    refused(client)


@pytest.mark.parametrize("body", [{}, {"code": "1", "password": "2"}, {"code": []}])
def test_nonsense_is_a_bad_request(client: Client, user: User, body: dict[str, Any]) -> None:
    enter_by_code(client, user)
    assert post(client, STEP_UP, body).status_code == 400
