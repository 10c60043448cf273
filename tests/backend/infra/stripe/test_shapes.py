"""Its answers have the fields of Stripe's own, with their types: held against Stripe's published examples."""

import json
from pathlib import Path
from typing import Any

import pytest
import stripe

from tests.backend.infra.stripe.paying import debit, pay

ROOT = Path(__file__).resolve().parents[4]
EXAMPLES = ROOT.parent / "shared" / "data" / "stripe" / "fixtures3.json"
FREE = {"metadata", "previous_attributes", "data.object"}
"""What holds anything."""
CLASSES = {
    "account": stripe.Account,
    "balance": stripe.Balance,
    "balance_transaction": stripe.BalanceTransaction,
    "charge": stripe.Charge,
    "confirmation_token": stripe.ConfirmationToken,
    "customer": stripe.Customer,
    "dispute": stripe.Dispute,
    "event": stripe.Event,
    "mandate": stripe.Mandate,
    "payment_intent": stripe.PaymentIntent,
    "payment_method": stripe.PaymentMethod,
    "payout": stripe.Payout,
    "refund": stripe.Refund,
    "setup_intent": stripe.SetupIntent,
    "webhook_endpoint": stripe.WebhookEndpoint,
}


@pytest.fixture(scope="module")
def examples() -> dict[str, Any]:
    if not EXAMPLES.exists():
        pytest.skip(f"no examples of Stripe's answers at {EXAMPLES}")
    return json.loads(EXAMPLES.read_text())["resources"]


@pytest.fixture(scope="module")
def answers(stripe_stand_in) -> dict[str, list[dict[str, Any]]]:
    """Several objects of each kind, in their different states."""
    account = stripe_stand_in.account()
    client = account.client.v1
    address = {"line1": "1 rue", "city": "Lyon", "country": "FR", "postal_code": "69001"}
    customer = client.customers.create({"address": address, "shipping": {"name": "Ana", "address": address}})
    paid = pay(account, customer=customer.id, setup_future_usage="off_session", expand=["latest_charge.refunds"])
    proved = pay(account, "pm_card_authenticationRequired")
    asked = account.prove(proved.id)
    redirected = pay(account, "pm_card_authenticationRequired", return_url="http://127.0.0.1:1/back")
    debited = debit(account)
    failing = debit(account, "pm_failed_fr")
    account.move(days=5)
    disputed = account.control("disputes", {"charge": pay(account).latest_charge})
    returned = account.control("returns", {"charge": debited.latest_charge})
    refund = client.refunds.create({"payment_intent": paid.id, "amount": 100})
    waiting = client.refunds.create({"payment_intent": pay(account, "pm_card_pendingRefund").id})
    token = client.test_helpers.confirmation_tokens.create({"payment_method": "pm_card_fr"})
    of_debit = client.test_helpers.confirmation_tokens.create({"payment_method": "pm_success_fr"})
    saved = client.setup_intents.create({"customer": customer.id, "confirmation_token": of_debit.id, "confirm": True})
    account.move(days=10)
    every = [
        client.accounts.retrieve_current(),
        client.balance.retrieve(),
        *client.balance_transactions.list({"limit": 100}).data,
        *client.charges.list({"expand": ["data.refunds"]}).data,
        token,
        of_debit,
        client.customers.retrieve(customer.id),
        client.disputes.retrieve(disputed["id"]),
        client.disputes.retrieve(returned["id"]),
        *client.events.list({"limit": 100}).data,
        client.mandates.retrieve(saved.mandate),
        client.mandates.retrieve(client.charges.retrieve(debited.latest_charge).payment_method_details.sepa_debit.mandate),
        *(client.payment_intents.retrieve(one) for one in (paid.id, asked["id"], redirected.id, debited.id, failing.id)),
        client.payment_methods.retrieve(paid.payment_method),
        client.payment_methods.retrieve(saved.payment_method),
        *client.payouts.list().data,
        refund,
        client.refunds.retrieve(waiting.id),
        saved,
        client.webhook_endpoints.create({"url": "http://127.0.0.1:9/", "enabled_events": ["charge.failed"]}),
    ]
    sorted_: dict[str, list[dict[str, Any]]] = {}
    for one in every:
        sorted_.setdefault(one["object"], []).append(one.to_dict())
    return sorted_


def kind_of(value: Any) -> str:
    return {bool: "bool", int: "int", float: "number", str: "text", list: "list", dict: "object"}[type(value)]


def compared(real: Any, ours: Any, at: str) -> list[str]:
    """What is not as in the example: a field that we lack, or one of another type. Null is allowed where ours is null."""
    if ours is None or real is None:
        return []
    expands = (isinstance(ours, str) and isinstance(real, dict)) or (isinstance(ours, dict) and isinstance(real, str))
    if expands:
        return []  # an identifier, and the object that it may be expanded to
    if kind_of(real) != kind_of(ours):
        return [f"{at}: {kind_of(real)} there, {kind_of(ours)} here"]
    if isinstance(real, dict) and not any(at.endswith(name) for name in FREE):
        # Of a hash that has a part for each type, only the part of the same type compares.
        if "type" in real and "type" in ours and real["type"] != ours["type"]:
            return []
        lacking = [f"{at}.{name}: lacking" for name in real if name not in ours]
        return lacking + [wrong for name in real if name in ours for wrong in compared(real[name], ours[name], f"{at}.{name}")]
    if isinstance(real, list) and real and ours and isinstance(real[0], dict):
        return compared(real[0], ours[0], f"{at}[0]")
    return []


@pytest.mark.parametrize("kind", CLASSES)
def test_each_real_field_is_there_with_its_type(examples, answers, kind):
    real = examples[kind]
    for ours in answers[kind]:
        expected = dict(real)
        if kind == "payment_method" and ours["type"] != real["type"]:
            del expected[real["type"]]
        if kind == "mandate" and ours["type"] != real["type"]:
            del expected[real["type"]]
        wrong = compared(expected, ours, kind)
        assert wrong == [], wrong


@pytest.mark.parametrize("kind", CLASSES)
def test_no_field_is_there_that_the_real_one_lacks(examples, answers, kind):
    known = set(examples[kind]) | set(CLASSES[kind].__annotations__)
    for ours in answers[kind]:
        assert set(ours) - known == set()
        assert not any(name.startswith("_") for name in ours)


def test_hashes_within_have_no_field_that_the_sdk_does_not_know(answers):
    pairs = {
        "charge": [("outcome", stripe.Charge.Outcome), ("billing_details", stripe.Charge.BillingDetails)],
        "dispute": [("evidence", stripe.Dispute.Evidence), ("evidence_details", stripe.Dispute.EvidenceDetails)],
        "payment_method": [("card", stripe.PaymentMethod.Card), ("sepa_debit", stripe.PaymentMethod.SepaDebit)],
        "payment_intent": [("last_payment_error", stripe.PaymentIntent.LastPaymentError), ("next_action", stripe.PaymentIntent.NextAction)],
        "event": [("request", stripe.Event.Request)],
    }
    for kind, hashes in pairs.items():
        for ours in answers[kind]:
            for name, shape in hashes:
                assert set(ours.get(name) or {}) - set(shape.__annotations__) == set(), (kind, name)
    for charge in answers["charge"]:
        details = charge["payment_method_details"]
        shape = {"card": stripe.Charge.PaymentMethodDetails.Card, "sepa_debit": stripe.Charge.PaymentMethodDetails.SepaDebit}[
            details["type"]
        ]
        assert set(details[details["type"]]) - set(shape.__annotations__) == set()


def test_events_are_of_types_that_the_sdk_knows(answers):
    kinds = {event["type"] for event in answers["event"]}
    path = Path(stripe.params.__path__[0]) / "_webhook_endpoint_create_params.py"
    known = path.read_text()
    assert {kind for kind in kinds if f'"{kind}"' not in known} == set()
