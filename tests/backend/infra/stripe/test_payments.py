"""Payments by card, from the wish to the money."""

from urllib.parse import urlencode

import pytest
import stripe

from infra.local.stripe.parameters import _fields, _named
from infra.local.stripe.untaken import NOT_TAKEN
from tests.backend.infra.stripe.paying import STAYING, pay, read, refused, told


def test_a_card_payment_succeeds_with_its_charge_and_its_transaction(stripe_account):
    intent = pay(
        stripe_account, expand=["latest_charge.balance_transaction", "payment_method"], description="Un don", metadata={"gift": "7"}
    )
    assert (intent.status, intent.amount_received, intent.metadata["gift"]) == ("succeeded", 2_000, "7")
    charge, transaction = intent.latest_charge, intent.latest_charge.balance_transaction
    assert (charge.paid, charge.captured, charge.payment_method_details.card.country) == (True, True, "FR")
    assert (transaction.amount, transaction.fee, transaction.net, transaction.source) == (2_000, 55, 1_945, charge.id)
    assert intent.payment_method.card.last4 == "0003"
    assert told(stripe_account) == ["payment_intent.created", "charge.succeeded", "payment_intent.succeeded"]


@pytest.mark.parametrize(("method", "fee"), [("pm_card_fr", 175), ("pm_card_de", 175), ("pm_card_us", 315), ("pm_card_gb", 315)])
def test_fees_are_those_of_europe(stripe_account, method, fee):
    intent = pay(stripe_account, method, 10_000, expand=["latest_charge.balance_transaction"])
    assert intent.latest_charge.balance_transaction.fee == fee


def test_by_default_the_transaction_comes_after_the_answer(stripe_account):
    intent = pay(stripe_account, capture_method="automatic_async", expand=["latest_charge"])
    assert intent.latest_charge.balance_transaction is None
    stripe_account.move(by=2)
    assert read(stripe_account, intent.id, "latest_charge").latest_charge.balance_transaction.startswith("txn_")
    assert told(stripe_account, "charge") == ["charge.succeeded", "charge.updated"]


def test_an_intent_is_made_then_confirmed(stripe_account):
    client = stripe_account.client.v1.payment_intents
    intent = client.create({"amount": 700, "currency": "eur"} | STAYING)
    assert (intent.status, intent.payment_method_types) == ("requires_payment_method", ["card", "sepa_debit"])
    assert client.update(intent.id, {"amount": 800, "payment_method": "pm_card_visa"}).status == "requires_confirmation"
    done = client.confirm(intent.id)
    assert (done.status, done.amount_received) == ("succeeded", 800)
    with refused("payment_intent_unexpected_state"):
        client.confirm(intent.id)
    with refused("payment_intent_unexpected_state"):
        client.cancel(intent.id)
    with refused("payment_intent_unexpected_state"):
        client.update(intent.id, {"amount": 900})


def test_an_intent_is_cancelled(stripe_account):
    client = stripe_account.client.v1.payment_intents
    intent = client.create({"amount": 700, "currency": "eur"} | STAYING)
    ended = client.cancel(intent.id, {"cancellation_reason": "abandoned"})
    assert (ended.status, ended.cancellation_reason) == ("canceled", "abandoned")
    assert told(stripe_account) == ["payment_intent.created", "payment_intent.canceled"]


def test_an_amount_is_held_then_taken_in_part(stripe_account):
    held = pay(stripe_account, capture_method="manual")
    assert (held.status, held.amount_capturable, held.amount_received) == ("requires_capture", 2_000, 0)
    taken = stripe_account.client.v1.payment_intents.capture(
        held.id, {"amount_to_capture": 1_500, "expand": ["latest_charge.balance_transaction"]}
    )
    assert (taken.status, taken.amount_received, taken.latest_charge.balance_transaction.amount) == ("succeeded", 1_500, 1_500)
    assert told(stripe_account) == [
        "payment_intent.created",
        "charge.succeeded",
        "payment_intent.amount_capturable_updated",
        "charge.captured",
        "payment_intent.succeeded",
    ]


def test_a_card_alone_may_be_held_and_lets_go_after_seven_days(stripe_account):
    held = pay(stripe_account, capture_method="automatic_async", payment_method_options={"card": {"capture_method": "manual"}})
    assert held.status == "requires_capture"
    stripe_account.move(days=8)
    ended = read(stripe_account, held.id)
    assert (ended.status, ended.cancellation_reason) == ("canceled", "automatic")
    with refused("payment_intent_unexpected_state"):
        stripe_account.client.v1.payment_intents.capture(held.id)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"amount": 0}, "parameter_invalid_integer"),
        ({"amount": -5}, "parameter_invalid_integer"),
        ({"amount": "12.5"}, "parameter_invalid_integer"),
        ({"amount": 49}, "amount_too_small"),
        ({"amount": 100_000_000}, "amount_too_large"),
        ({"currency": "xyz"}, None),
        ({"currency": "usd"}, None),
        ({"payment_method_types": ["card"]}, "parameter_unknown"),
        ({"surprise": "1"}, "parameter_unknown"),
        ({"metadata": {"x": "y" * 501}}, None),
        ({"payment_method_options": {"card": {"surprise": "1"}}}, "parameter_unknown"),
        ({"setup_future_usage": "now"}, None),
        ({"statement_descriptor_suffix": "x" * 23}, None),
        ({"customer": "cus_none"}, "resource_missing"),
        ({"expand": ["amount"]}, None),
    ],
)
def test_what_the_sdk_does_not_know_or_is_wrong_is_refused(stripe_account, wrong, code):
    with refused(code):
        stripe_account.client.v1.payment_intents.create({"amount": 1_000, "currency": "eur"} | wrong)
    assert told(stripe_account) == []


def test_a_missing_parameter_is_named(stripe_account):
    with refused("parameter_missing") as caught:
        stripe_account.client.v1.payment_intents.create({"currency": "eur"})
    assert caught.value.param == "amount"


def test_a_return_address_is_needed_where_a_redirection_may_come(stripe_account):
    with refused(None) as caught:
        pay(stripe_account, automatic_payment_methods={"enabled": True})
    assert caught.value.param == "return_url"
    assert pay(stripe_account, automatic_payment_methods={"enabled": True}, return_url="http://127.0.0.1:1/back").status == "succeeded"


def test_a_payment_method_of_nobody_is_used_once(stripe_account):
    first = pay(stripe_account)
    with refused(None):
        pay(stripe_account, first.payment_method)


def test_lists_are_paged_both_ways(stripe_account):
    client = stripe_account.client.v1.payment_intents
    ids = [client.create({"amount": 100 + number, "currency": "eur"}).id for number in range(5)][::-1]
    first = client.list({"limit": 2})
    assert ([one.id for one in first.data], first.has_more) == (ids[:2], True)
    rest = client.list({"limit": 3, "starting_after": ids[1]})
    assert ([one.id for one in rest.data], rest.has_more) == (ids[2:], False)
    before = client.list({"limit": 2, "ending_before": ids[3]})
    assert ([one.id for one in before.data], before.has_more) == (ids[1:3], True)
    assert [one.id for one in client.list({"limit": 2}).auto_paging_iter()] == ids
    assert len(client.list({"created": {"gte": int(stripe_account.now) + 100}}).data) == 0
    with refused("resource_missing"):
        client.list({"starting_after": "pi_none"})
    with refused("parameter_invalid_integer"):
        client.list({"limit": 101})


def test_expansion_reaches_into_lists_and_refuses_what_is_no_object(stripe_account):
    intent = pay(stripe_account)
    found = stripe_account.client.v1.balance_transactions.list({"expand": ["data.source.payment_intent"]}).data[0]
    assert found.source.payment_intent.id == intent.id
    charge = stripe_account.client.v1.charges.retrieve(intent.latest_charge, {"expand": ["refunds", "customer"]})
    assert (charge.refunds.data, charge.customer) == ([], None)
    with refused(None):
        read(stripe_account, intent.id, "latest_charge.payment_intent.customer.default_source.owner")


@pytest.mark.parametrize("key", ["sk_live_abc", "rk_live_abc", "pk_live_abc", "sk_test_abc", "sk_test_standin_UPPER", "nonsense"])
def test_no_key_but_its_own_is_taken(stripe_account, key):
    client = stripe.StripeClient(key, base_addresses={"api": stripe_account.address}, max_network_retries=0)
    with pytest.raises(stripe.AuthenticationError) as caught:
        client.v1.balance.retrieve()
    assert "abc" not in str(caught.value)


def test_another_version_or_account_is_refused(stripe_account):
    authorised = {"Authorization": f"Bearer {stripe_account.secret_key}"}
    assert stripe_account.ask("GET", "/v1/balance", **authorised)[0] == 200
    assert stripe_account.ask("GET", "/v1/balance", Stripe_Version="2019-01-01", **authorised)[0] == 400
    assert stripe_account.ask("GET", "/v1/balance", Stripe_Account="acct_other", **authorised)[0] == 403
    assert stripe_account.ask("GET", "/v1/nothing", **authorised)[0] == 404
    assert stripe_account.ask("GET", "/v1/balance", Host="rebound.example:80", **authorised)[0] == 403


def test_what_would_have_no_effect_is_refused(stripe_account):
    with refused(None) as caught:
        pay(stripe_account, application_fee_amount=10)
    assert (caught.value.param, "does nothing with" in str(caught.value)) == ("application_fee_amount", True)
    for shape, names in NOT_TAKEN.items():
        assert set(names) <= set(_fields(_named(shape))), shape


def test_a_part_that_was_captured_goes_back_and_no_more(stripe_account):
    client = stripe_account.client.v1
    held = pay(stripe_account, capture_method="manual")
    client.payment_intents.capture(held.id, {"amount_to_capture": 1_500})
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        client.refunds.create({"payment_intent": held.id, "amount": 1_501})
    assert client.refunds.create({"payment_intent": held.id}).amount == 1_500
    assert client.charges.retrieve(held.latest_charge).refunded


def test_an_open_intent_takes_other_means_and_typed_data(stripe_account):
    client = stripe_account.client.v1.payment_intents
    details = {"sepa_debit": {"iban": "DE89370400440532013000"}, "billing_details": {"name": "Ana", "email": "ana@example.org"}}
    intent = client.create({"amount": 700, "currency": "eur", "payment_method_data": {"type": "sepa_debit"} | details} | STAYING)
    assert intent.status == "requires_confirmation"
    changed = client.update(intent.id, {"excluded_payment_method_types": ["sepa_debit"], "payment_method": "pm_card_fr"})
    assert changed.payment_method_types == ["card"]
    held = client.confirm(intent.id, {"capture_method": "manual", "receipt_email": "ana@example.org"})
    assert (held.status, held.receipt_email) == ("requires_capture", "ana@example.org")


BOTH = {"allowed_payment_method_types": ["card", "sepa_debit"]}


@pytest.mark.parametrize(
    ("collected", "made", "passes"),
    [
        ([], STAYING, True),
        (["card", "sepa_debit"], BOTH, True),
        (["card", "sepa_debit"], STAYING, False),
        ([], BOTH, False),
        (["card"], BOTH, False),
    ],
)
def test_what_was_collected_in_another_mode_is_refused(stripe_account, collected, made, passes):
    card = {"number": "4000002500000003", "exp_month": "12", "exp_year": "39", "cvc": "123"}
    asked = {"key": stripe_account.publishable_key, "payment_method_data[type]": "card"}
    asked |= {f"payment_method_data[card][{name}]": value for name, value in card.items()}
    asked |= {f"allowed_payment_method_types[{number}]": kind for number, kind in enumerate(collected)}
    status, token, _ = stripe_account.ask("POST", "/v1/confirmation_tokens", urlencode(asked))
    assert status == 200, token
    params = {"amount": 700, "currency": "eur", "confirm": True, "confirmation_token": token["id"], "return_url": "http://testserver/"}
    client = stripe_account.client.v1.payment_intents
    if passes:
        assert client.create(params | made).status == "succeeded"
        return
    with refused(None) as caught:
        client.create(params | made)
    assert caught.value.param == "confirmation_token"
