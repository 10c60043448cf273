"""SEPA debits settle, fail and come back by the clock."""

import pytest

from tests.backend.infra.stripe.paying import STAYING, debit, pay, read, refused, told


def test_a_debit_settles_after_two_working_days(stripe_account):
    intent = debit(stripe_account, expand=["latest_charge.balance_transaction"])
    assert (intent.status, intent.latest_charge.status, intent.latest_charge.paid) == ("processing", "pending", False)
    assert (intent.latest_charge.balance_transaction.fee, intent.latest_charge.balance_transaction.type) == (35, "payment")
    mandate = stripe_account.client.v1.mandates.retrieve(intent.latest_charge.payment_method_details.sepa_debit.mandate)
    assert (mandate.status, mandate.type, mandate.customer_acceptance.type) == ("active", "single_use", "online")
    stripe_account.move(by=3600)
    assert read(stripe_account, intent.id).status == "processing"
    stripe_account.move(working_days=2)
    settled = read(stripe_account, intent.id, "latest_charge")
    assert (settled.status, settled.amount_received, settled.latest_charge.paid) == ("succeeded", 2_000, True)
    kinds = [kind for kind in told(stripe_account) if not kind.startswith("payout")]
    assert kinds == [
        "payment_intent.created",
        "mandate.updated",
        "charge.pending",
        "payment_intent.processing",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]


@pytest.mark.parametrize(
    ("method", "code"),
    [
        ("pm_failed_fr", "generic_could_not_process"),
        ("pm_sepaDebit_insufficientFunds_fr", "insufficient_funds"),
        ("pm_exceedsWeeklyVolumeLimit_fr", "charge_exceeds_source_limit"),
    ],
)
def test_a_debit_fails_and_its_money_never_was(stripe_account, method, code):
    intent = debit(stripe_account, method)
    stripe_account.move(working_days=2)
    failed = read(stripe_account, intent.id, "latest_charge.failure_balance_transaction")
    assert (failed.status, failed.last_payment_error.code) == ("requires_payment_method", code)
    charge = failed.latest_charge
    assert (charge.status, charge.failure_code, charge.failure_balance_transaction.net) == ("failed", code, -1_965)
    assert sum(one.net for one in stripe_account.client.v1.balance_transactions.list({"limit": 100}).data) == 0
    assert told(stripe_account, "payment_intent")[-1] == "payment_intent.payment_failed"


def test_a_slow_debit_takes_three_minutes_more(stripe_account):
    intent = debit(stripe_account, "pm_successDelayed_fr")
    stripe_account.move(working_days=2)
    assert read(stripe_account, intent.id).status == "processing"
    stripe_account.move(by=200)
    assert read(stripe_account, intent.id).status == "succeeded"


def test_a_bank_returns_a_debit_late(stripe_account):
    intent = debit(stripe_account)
    stripe_account.move(days=5)
    charge = read(stripe_account, intent.id).latest_charge
    stripe_account.control("returns", {"charge": charge, "reason": "insufficient_funds"})
    (dispute,) = stripe_account.client.v1.disputes.list({"charge": charge}).data
    assert (dispute.status, dispute.reason, dispute.amount) == ("lost", "insufficient_funds", 2_000)
    assert [(one.amount, one.fee, one.type, one.reporting_category) for one in dispute.balance_transactions] == [
        (-2_000, 750, "adjustment", "dispute")
    ]
    assert told(stripe_account, "charge.dispute") == ["charge.dispute.created", "charge.dispute.funds_withdrawn", "charge.dispute.closed"]
    mandate = stripe_account.client.v1.charges.retrieve(charge).payment_method_details.sepa_debit.mandate
    assert stripe_account.client.v1.mandates.retrieve(mandate).status == "inactive"
    assert read(stripe_account, intent.id).status == "succeeded"  # as at Stripe: only the charge tells
    assert stripe_account.ask("POST", f"/_stand-in/accounts/{stripe_account.name}/returns", {"charge": charge})[0] == 400


def test_an_account_whose_debits_are_disputed_at_once(stripe_account):
    intent = debit(stripe_account, "pm_disputed_fr")
    stripe_account.move(working_days=2)
    charge = read(stripe_account, intent.id, "latest_charge").latest_charge
    assert (charge.status, charge.disputed) == ("succeeded", True)


def test_a_saved_account_is_debited_again_under_its_mandate(stripe_account):
    customer = stripe_account.client.v1.customers.create()
    first = debit(stripe_account, customer=customer.id, setup_future_usage="off_session", expand=["latest_charge"])
    mandate = first.latest_charge.payment_method_details.sepa_debit.mandate
    assert stripe_account.client.v1.mandates.retrieve(mandate).type == "multi_use"
    again = pay(stripe_account, first.payment_method, customer=customer.id, off_session=True, mandate=mandate, expand=["latest_charge"])
    assert (again.status, again.latest_charge.payment_method_details.sepa_debit.mandate) == ("processing", mandate)
    stripe_account.move(working_days=2)
    stripe_account.control("returns", {"charge": first.latest_charge.id})
    with refused("payment_intent_mandate_invalid"):
        pay(stripe_account, first.payment_method, customer=customer.id, off_session=True)


def test_no_debit_without_a_mandate(stripe_account):
    with refused("payment_intent_mandate_invalid"):
        pay(stripe_account, "pm_success_fr")
    accepted = {"customer_acceptance": {"type": "online", "online": {"ip_address": "127.0.0.1", "user_agent": "test"}}}
    assert pay(stripe_account, "pm_success_fr", mandate_data=accepted).status == "processing"


def test_an_account_is_saved_by_a_setup_intent(stripe_account):
    client = stripe_account.client.v1
    customer = client.customers.create()
    token = client.test_helpers.confirmation_tokens.create({"payment_method": "pm_success_de"})
    intent = client.setup_intents.create({"customer": customer.id, "confirmation_token": token.id, "confirm": True} | STAYING)
    assert intent.status == "succeeded"
    assert client.mandates.retrieve(intent.mandate).payment_method == intent.payment_method
    assert pay(stripe_account, intent.payment_method, customer=customer.id, off_session=True).status == "processing"


@pytest.mark.parametrize(
    ("iban", "billing", "code"),
    [
        ("FR1420041010050500013M02607", "&payment_method_data[billing_details][name]=A", "invalid_bank_account_iban"),
        ("GB33BUKB20201555555555", "&payment_method_data[billing_details][name]=A", "bank_account_unusable"),
        ("FR1420041010050500013M02606", "", "parameter_missing"),
    ],
)
def test_a_typed_iban_is_checked(stripe_account, iban, billing, code):
    form = f"payment_method_data[type]=sepa_debit&payment_method_data[sepa_debit][iban]={iban}{billing}"
    _, body, _ = stripe_account.ask("POST", "/v1/confirmation_tokens", f"key={stripe_account.publishable_key}&{form}")
    assert body["error"]["code"] == code


def test_a_typed_iban_is_debited(stripe_account):
    form = (
        f"key={stripe_account.publishable_key}&payment_method_data[type]=sepa_debit"
        "&payment_method_data[sepa_debit][iban]=FR14 2004 1010 0505 0001 3M02 606"
        "&payment_method_data[billing_details][name]=Ana&payment_method_data[billing_details][email]=ana@example.org"
    )
    status, token, _ = stripe_account.ask("POST", "/v1/confirmation_tokens", form)
    assert (status, token["payment_method_preview"]["sepa_debit"]["last4"]) == (200, "2606")
    assert token["mandate_data"]["customer_acceptance"]["type"] == "online"
    assert pay(stripe_account, confirmation_token=token["id"]).status == "processing"
