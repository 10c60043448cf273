"""One key, one effect: as Stripe keeps idempotency keys."""

import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import urlencode

import pytest
import stripe

from tests.backend.infra.stripe.paying import pay, refused

WISH = {
    "amount": 1_200,
    "currency": "eur",
    "confirm": "true",
    "payment_method": "pm_card_fr",
    "automatic_payment_methods[enabled]": "true",
    "automatic_payment_methods[allow_redirects]": "never",
}


def ask(account, key, **changed):
    form = urlencode(WISH | changed)
    return account.ask("POST", "/v1/payment_intents", form, Authorization=f"Bearer {account.secret_key}", Idempotency_Key=key)


def test_the_same_key_gets_the_same_answer(stripe_account):
    first_status, first, first_headers = ask(stripe_account, "one")
    status, again, headers = ask(stripe_account, "one")
    assert (status, again) == (first_status, first)
    assert (headers["Idempotent-Replayed"], "Idempotent-Replayed" in first_headers) == ("true", False)
    assert (headers["Original-Request"], headers["Idempotency-Key"]) == (first_headers["Request-Id"], "one")
    assert ask(stripe_account, "two")[1]["id"] != first["id"]
    assert len(stripe_account.client.v1.charges.list().data) == 2


def test_the_answer_stays_what_it_was_whatever_came_after(stripe_account):
    first = pay(stripe_account, key="one")
    stripe_account.client.v1.refunds.create({"payment_intent": first.id})
    stripe_account.client.v1.payment_intents.update(first.id, {"description": "other"})
    assert pay(stripe_account, key="one").description is None


def test_the_same_key_for_another_wish_is_refused(stripe_account):
    ask(stripe_account, "one")
    status, body, _ = ask(stripe_account, "one", amount=1_300)
    assert (status, body["error"]["type"]) == (400, "idempotency_error")
    with pytest.raises(stripe.IdempotencyError):
        pay(stripe_account, key="one", amount=999)


def test_a_decline_is_replayed_too(stripe_account):
    first = ask(stripe_account, "one", payment_method="pm_card_chargeDeclined")
    again = ask(stripe_account, "one", payment_method="pm_card_chargeDeclined")
    assert (first[0], again[0], again[1]) == (402, 402, first[1])
    assert len(stripe_account.client.v1.charges.list().data) == 1
    first = ask(stripe_account, "gone", customer="cus_none")
    assert ask(stripe_account, "gone", customer="cus_none")[1] == first[1]
    assert ask(stripe_account, "gone")[0] == 400


def test_what_did_not_pass_validation_leaves_the_key_free(stripe_account):
    assert ask(stripe_account, "one", amount="twelve")[0] == 400
    assert ask(stripe_account, "one")[0] == 200


def test_a_key_is_forgotten_after_a_day(stripe_account):
    first = ask(stripe_account, "one")[1]
    stripe_account.move(by=23 * 3600)
    assert ask(stripe_account, "one")[1]["id"] == first["id"]
    stripe_account.move(by=2 * 3600)
    assert ask(stripe_account, "one", amount=1_300)[1]["id"] != first["id"]


def test_keys_are_an_accounts_own(stripe_stand_in):
    one, other = stripe_stand_in.account(), stripe_stand_in.account()
    assert ask(one, "same")[1]["id"] != ask(other, "same")[1]["id"]


def test_twenty_at_once_are_one_charge(stripe_account):
    stripe_account.switch("api", before=0.3)
    with ThreadPoolExecutor(20) as pool:
        answers = list(pool.map(lambda _: ask(stripe_account, "one"), range(20)))
    count = Counter(status for status, *_ in answers)
    assert count[200] >= 1
    assert set(count) <= {200, 409}
    assert {body["error"]["type"] for status, body, _ in answers if status == 409} <= {"idempotency_error"}
    assert len({body["id"] for status, body, _ in answers if status == 200}) == 1
    assert len(stripe_account.client.v1.charges.list().data) == 1


def test_a_key_that_is_being_answered_is_a_conflict(stripe_account):
    stripe_account.switch("api", before=2.0, method="POST")
    with ThreadPoolExecutor(1) as pool:
        first = pool.submit(ask, stripe_account, "one")
        time.sleep(0.5)
        status, body, _ = ask(stripe_account, "one")
        assert (status, body["error"]["type"], body["error"]["code"]) == (409, "idempotency_error", "idempotency_key_in_use")
        assert first.result()[0] == 200
    stripe_account.switch("api")
    assert ask(stripe_account, "one")[1]["id"] == first.result()[1]["id"]
    with refused(None, kind=stripe.InvalidRequestError):
        stripe_account.client.v1.customers.create({}, {"idempotency_key": "x" * 256})
