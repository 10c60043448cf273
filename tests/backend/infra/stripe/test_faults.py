"""Stripe down, slow, or answering twice."""

import time

import pytest
import stripe

from tests.backend.infra.stripe.paying import pay


def charges(account) -> int:
    account.switch("api")
    return len(account.client.v1.charges.list().data)


@pytest.mark.parametrize(("outage", "taken"), [("500", 0), ("503", 0), ("429", 0), ("500_after", 1)])
def test_an_outage_answers_with_an_error(stripe_account, outage, taken):
    stripe_account.switch("api", outage=outage, method="POST", path="/v1/payment_intents")
    with pytest.raises(stripe.RateLimitError if outage == "429" else stripe.APIError):
        pay(stripe_account, key="one")
    assert stripe_account.client.v1.balance.retrieve()  # other paths answer
    assert charges(stripe_account) == taken
    assert pay(stripe_account, key="one").status == "succeeded"
    assert charges(stripe_account) == 1


@pytest.mark.parametrize(("outage", "taken"), [("closed_before", 0), ("closed_after", 1)])
def test_the_connection_ends_before_or_after_the_effect(stripe_account, outage, taken):
    stripe_account.switch("api", outage=outage)
    with pytest.raises(stripe.APIConnectionError):
        pay(stripe_account, key="one")
    assert charges(stripe_account) == taken
    paid = pay(stripe_account, key="one")
    assert (paid.status, charges(stripe_account)) == ("succeeded", 1)


def test_the_sdk_asks_again_by_itself_and_charges_once(stripe_account):
    stripe_account.switch("api", outage="closed_after", times=1)
    client = stripe.StripeClient(
        stripe_account.secret_key,
        base_addresses={"api": stripe_account.address},
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=20),
    )
    staying = {"automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}}
    paid = client.v1.payment_intents.create({"amount": 900, "currency": "eur", "confirm": True, "payment_method": "pm_card_fr"} | staying)
    assert (paid.status, charges(stripe_account)) == ("succeeded", 1)


def test_waiting_before_and_after(stripe_account):
    stripe_account.switch("api", before=0.3, after=0.3)
    began = time.monotonic()
    pay(stripe_account)
    assert time.monotonic() - began >= 0.6


def test_asked_twice_a_key_saves_and_no_key_pays_twice(stripe_account):
    stripe_account.switch("api", twice=True)
    assert pay(stripe_account, key="one").status == "succeeded"
    assert stripe_account.client.v1.balance.retrieve().object == "balance"  # the second answer of the first is no answer to the next
    assert charges(stripe_account) == 1
    stripe_account.switch("api", twice=True)
    form = (
        "amount=900&currency=eur&confirm=true&payment_method=pm_card_fr&automatic_payment_methods[enabled]=true"
        "&automatic_payment_methods[allow_redirects]=never"
    )
    assert stripe_account.ask("POST", "/v1/payment_intents", form, Authorization=f"Bearer {stripe_account.secret_key}")[0] == 200
    assert charges(stripe_account) == 3


def test_one_accounts_outage_is_not_anothers(stripe_stand_in):
    one, other = stripe_stand_in.account(), stripe_stand_in.account()
    one.switch("api", outage="503")
    assert pay(other).status == "succeeded"


def test_a_share_of_requests_meets_the_outage(stripe_account):
    stripe_account.switch("api", outage="503", share=0.5)
    met = 0
    for _ in range(40):
        try:
            stripe_account.client.v1.balance.retrieve()
        except stripe.APIError:
            met += 1
    assert 5 < met < 35
