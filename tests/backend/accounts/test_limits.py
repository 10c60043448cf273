"""Limits of sign-in and of public forms are rows: a lost Redis neither lifts them nor shuts the forms."""

import time
from hashlib import sha256
from typing import Any
from uuid import uuid4

import pytest
import redis
from django.conf import settings
from django.test import Client

from maillage.journal.models import Limit
from maillage.messaging.models import Message
from tests.backend.accounts.factories import make_user
from tests.backend.accounts.test_sign_in import AUTH, ask
from tests.backend.relays.factories import make_network

pytestmark = pytest.mark.django_db

EMAIL = "nadia@people.example"
APPLICATIONS = "/api/v1/relays/applications/"


def test_an_emptied_redis_lifts_no_limit() -> None:
    make_user(EMAIL)
    assert [ask(Client(), EMAIL)[0] for _try in range(3)] == [401, 401, 401]
    assert_too_many(*ask(Client(), EMAIL))
    redis.Redis.from_url(settings.CELERY_BROKER_URL).flushdb()
    assert_too_many(*ask(Client(), EMAIL))
    assert ask(Client(), "other@people.example")[0] == 401


def test_a_mailbox_is_not_filled_with_codes_in_a_day(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.time()
    codes = 0
    for minute in range(40):
        monkeypatch.setattr("time.time", lambda minute=minute: begun + 61 * minute)
        client = Client(REMOTE_ADDR=f"203.0.113.{minute}")
        codes += ask(client, EMAIL)[0] == 401
        codes += client.post(f"{AUTH}/code/resend").status_code == 200
    assert codes == Message.objects.count() == 60
    monkeypatch.setattr("time.time", lambda: begun + 24 * 3600 + 61 * 40)
    assert ask(Client(), EMAIL)[0] == 401


def test_a_stranger_does_not_use_up_what_the_owner_may_ask_for(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = time.time()
    for minute in range(40):
        monkeypatch.setattr("time.time", lambda minute=minute: begun + 61 * minute)
        stranger = Client(REMOTE_ADDR=f"2001:db8:1:1::{minute}")  # one network, another address each time
        ask(stranger, EMAIL)
        stranger.post(f"{AUTH}/code/resend")
    assert Message.objects.count() == 20
    assert_too_many(*ask(Client(REMOTE_ADDR="2001:db8:1:1::99"), EMAIL))
    assert_too_many(*ask(Client(REMOTE_ADDR="2001:db8:1:1::99"), EMAIL.upper()))
    owner = Client(REMOTE_ADDR="203.0.113.7")
    assert ask(owner, EMAIL)[0] == 401
    assert owner.post(f"{AUTH}/code/resend").status_code == 200
    assert ask(Client(REMOTE_ADDR="2001:db8:1:1::99"), "other@people.example")[0] == 401


def test_another_code_counts_as_one_more() -> None:
    client = Client()
    assert ask(client, EMAIL)[0] == 401
    assert [client.post(f"{AUTH}/code/resend").status_code for _try in range(2)] == [200, 200]
    assert_too_many(*ask(Client(), EMAIL))


@pytest.mark.usefixtures("no_redis")
def test_a_stopped_redis_closes_no_form() -> None:
    make_user(EMAIL)
    assert ask(Client(), EMAIL)[0] == 401
    assert Client().post("/fr/sign-in/", {"email": EMAIL}).status_code == 302
    form = {"given_name": "Nadia", "family_name": "Haddad", "email": EMAIL, "agrees_to_contact": True, "is_of_age": True}
    answer = Client().post(
        APPLICATIONS,
        {**form, "seat": str(make_network().seat("0101").pk)},
        content_type="application/json",
        headers={"Idempotency-Key": str(uuid4())},
    )
    assert answer.status_code == 202, answer.content


def test_a_network_that_writes_too_much_is_told_when_to_come_back(settings: Any) -> None:
    settings.PUBLIC_WRITES_AN_HOUR = 1
    first, second = (Client().post(APPLICATIONS, {}, content_type="application/json") for _try in range(2))
    assert (first.status_code, second.status_code) == (400, 429)
    assert 0 < int(second.headers["Retry-After"]) <= 3601
    assert Client(REMOTE_ADDR="203.0.113.9").post(APPLICATIONS, {}, content_type="application/json").status_code == 400


def test_neither_an_address_nor_a_network_can_be_read_from_a_limit() -> None:
    ask(Client(REMOTE_ADDR="203.0.113.9"), EMAIL)
    keys = list(Limit.objects.values_list("cache_key", flat=True))
    assert len(keys) >= 2
    assert all(len(key) == 64 and int(key, 16) for key in keys)
    assert not {sha256(word.encode()).hexdigest() for word in (EMAIL, "203.0.113.9")} & set(keys)


def assert_too_many(status: int, body: dict[str, Any]) -> None:
    """How the library says that an address was tried too often."""
    assert (status, body["errors"][0]["code"]) == (400, "too_many_login_attempts")


@pytest.fixture
def no_redis(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection to Redis."""

    def refuse(*_args: object, **_options: object) -> None:
        raise redis.ConnectionError("refused")

    monkeypatch.setattr(redis.connection.AbstractConnection, "connect", refuse)
    with pytest.raises(redis.ConnectionError):
        redis.Redis.from_url(settings.CELERY_BROKER_URL).ping()
