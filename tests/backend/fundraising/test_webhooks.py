"""Messages of the provider at the door: verified, kept once, and nothing more."""

import hashlib
import hmac
import json
import time

import pytest
from django.test import Client

from maillage.journal.models import Inbound

pytestmark = pytest.mark.django_db

SECRET = "whsec_of_the_tests"


@pytest.fixture(autouse=True)
def accounts(settings):
    settings.STRIPE_ACCOUNTS = f"agent=sk_test_1,pk_test_1,{SECRET}; mute=sk_test_2,pk_test_2,"


def send(body, *, account="agent", secret=SECRET, at=None, header=None):
    at = int(at or time.time())
    signed = hmac.new(secret.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()
    signature = header if header is not None else f"t={at},v1={signed}"
    return (
        Client()
        .post(f"/webhooks/stripe/{account}/", body, content_type="application/json", headers={"Stripe-Signature": signature})
        .status_code
    )


EVENT = json.dumps({"id": "evt_1", "type": "payment_intent.succeeded", "data": {"object": {"id": "pi_1", "object": "payment_intent"}}})


def test_a_message_is_kept_as_it_came_and_once():
    assert [send(EVENT), send(EVENT)] == [200, 200]
    kept = Inbound.objects.get()
    assert (kept.source, kept.external_id, bytes(kept.body).decode()) == ("stripe", "agent:evt_1", EVENT)


@pytest.mark.parametrize("header", ["", "t=1,v1=", "v1=abc", "t=notatime,v1=abc"])
def test_a_message_without_a_signature_is_refused(header):
    assert send(EVENT, header=header) == 400
    assert not Inbound.objects.exists()


def test_a_forged_an_old_and_a_changed_message_are_refused():
    assert send(EVENT, secret="whsec_of_somebody_else") == 400
    assert send(EVENT, at=time.time() - 301) == 400
    at = int(time.time())
    signed = hmac.new(SECRET.encode(), f"{at}.{EVENT}".encode(), hashlib.sha256).hexdigest()
    assert send(EVENT[:-5], header=f"t={at},v1={signed}") == 400
    assert not Inbound.objects.exists()


@pytest.mark.parametrize("body", ["[]", "{}", '{"id": 5}', '{"id": ""}', "not json", '{"id": "' + "x" * 200 + '"}'])
def test_a_signed_message_that_is_none_is_refused(body):
    assert send(body) == 400
    assert not Inbound.objects.exists()


def test_an_account_without_a_secret_and_one_that_nobody_knows_take_nothing_in():
    assert send(EVENT, account="mute", secret="") == 404
    assert send(EVENT, account="nobody") == 404
    assert not Inbound.objects.exists()


def test_the_same_message_of_two_accounts_is_two(settings):
    settings.STRIPE_ACCOUNTS += f"; other=sk_test_3,pk_test_3,{SECRET}"
    assert [send(EVENT), send(EVENT, account="other")] == [200, 200]
    assert Inbound.objects.count() == 2


def test_a_message_is_only_taken_in_by_post():
    assert Client().get("/webhooks/stripe/agent/").status_code == 405
