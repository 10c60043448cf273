"""Test cards do what Stripe says of them, by name and by number."""

import pytest
import stripe

from tests.backend.infra.stripe.paying import STAYING, pay, read, refused, told

DECLINES = {
    "pm_card_chargeDeclined": ("4000000000000002", "card_declined", "generic_decline"),
    "pm_card_visa_chargeDeclinedInsufficientFunds": ("4000000000009995", "card_declined", "insufficient_funds"),
    "pm_card_visa_chargeDeclinedLostCard": ("4000000000009987", "card_declined", "lost_card"),
    "pm_card_visa_chargeDeclinedStolenCard": ("4000000000009979", "card_declined", "stolen_card"),
    "pm_card_chargeDeclinedExpiredCard": ("4000000000000069", "expired_card", "expired_card"),
    "pm_card_chargeDeclinedIncorrectCvc": ("4000000000000127", "incorrect_cvc", "incorrect_cvc"),
    "pm_card_chargeDeclinedProcessingError": ("4000000000000119", "processing_error", "processing_error"),
    "pm_card_radarBlock": ("4100000000000019", "card_declined", "fraudulent"),
    "pm_card_chargeCustomerFail": ("4000000000000341", "card_declined", "generic_decline"),
}


def typed(account, number, **more):
    """Have the element make a token of what was typed."""
    card = {"number": number, "exp_month": "12", "exp_year": "34", "cvc": "123"} | more
    form = "&".join(f"payment_method_data[card][{name}]={value}" for name, value in card.items())
    return account.ask("POST", "/v1/confirmation_tokens", f"key={account.publishable_key}&payment_method_data[type]=card&{form}")


@pytest.mark.parametrize(
    ("number", "known"),
    [
        ("4242424242424242", ("visa", "US", "credit")),
        ("4000002500000003", ("visa", "FR", "credit")),
        ("5555555555554444", ("mastercard", "US", "credit")),
        ("5200828282828210", ("mastercard", "US", "debit")),
        ("5105105105105100", ("mastercard", "US", "prepaid")),
        ("4000008260000000", ("visa", "GB", "credit")),
        ("378282246310005", ("amex", "US", "credit")),
    ],
)
def test_a_typed_card_is_previewed_then_charged(stripe_account, number, known):
    status, token, _ = typed(stripe_account, number, cvc="1234" if number.startswith("3") else "123")
    assert status == 200, token
    card = stripe_account.client.v1.confirmation_tokens.retrieve(token["id"]).payment_method_preview.card
    assert (card.brand, card.country, card.funding, card.last4, card.exp_year) == (*known, number[-4:], 2034)
    intent = pay(stripe_account, confirmation_token=token["id"], expand=["payment_method"])
    assert (intent.status, intent.payment_method.card.fingerprint) == ("succeeded", card.fingerprint)


@pytest.mark.parametrize("method", DECLINES)
def test_a_declined_card_says_why(stripe_account, method):
    number, code, decline_code = DECLINES[method]
    for more in ({}, {"confirmation_token": typed(stripe_account, number)[1]["id"]}):
        with refused(code, kind=stripe.CardError) as caught:
            pay(stripe_account, method, **more)
        error = caught.value.error
        assert (caught.value.http_status, error.decline_code, error.payment_intent.status) == (402, decline_code, "requires_payment_method")
        intent = read(stripe_account, error.payment_intent.id, "latest_charge")
        assert (intent.status, intent.last_payment_error.decline_code) == ("requires_payment_method", decline_code)
        assert (intent.latest_charge.status, intent.latest_charge.failure_code, intent.latest_charge.paid) == ("failed", code, False)
    assert told(stripe_account)[:3] == ["payment_intent.created", "charge.failed", "payment_intent.payment_failed"]
    assert stripe_account.client.v1.balance_transactions.list().data == []


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"number": "4242424242424241"}, "incorrect_number"),
        ({"exp_year": "20"}, "invalid_expiry_year"),
        ({"exp_month": "13"}, "invalid_expiry_month"),
        ({"cvc": "12"}, "invalid_cvc"),
        ({"number": "4111111111111111"}, "card_declined"),
    ],
)
def test_a_mistyped_or_real_card_is_refused_at_once(stripe_account, wrong, code):
    status, body, _ = typed(stripe_account, **({"number": "4242424242424242"} | wrong))
    assert (status, body["error"]["type"], body["error"]["code"]) == (402, "card_error", code)


def test_a_server_shows_no_card_numbers(stripe_account):
    card = {"number": "4242424242424242", "exp_month": 12, "exp_year": 2034, "cvc": "123"}
    with pytest.raises(stripe.InvalidRequestError, match="unsafe"):
        stripe_account.client.v1.payment_methods.create({"type": "card", "card": card})


def test_another_card_pays_after_a_decline(stripe_account):
    client = stripe_account.client.v1.payment_intents
    intent = client.create({"amount": 900, "currency": "eur"} | STAYING)
    with refused("card_declined", kind=stripe.CardError):
        client.confirm(intent.id, {"payment_method": "pm_card_chargeDeclined"})
    paid = client.confirm(intent.id, {"payment_method": "pm_card_fr"})
    assert (paid.status, paid.last_payment_error) == ("succeeded", None)
    assert len(stripe_account.client.v1.charges.list({"payment_intent": intent.id}).data) == 2


def test_a_disputed_card_is_disputed_at_once(stripe_account):
    intent = pay(stripe_account, "pm_card_createDispute", 1_000)
    stripe_account.move(by=2)
    (dispute,) = stripe_account.client.v1.disputes.list({"payment_intent": intent.id}).data
    assert (dispute.reason, dispute.status, dispute.amount) == ("fraudulent", "needs_response", 1_000)


def test_a_card_that_bypasses_the_wait_is_available(stripe_account):
    pay(stripe_account, "pm_card_bypassPending", 1_000)
    assert stripe_account.client.v1.balance.retrieve().available[0].amount == 1_000 - 54
