"""Customers, their payment methods, and tokens."""

import pytest
import stripe

from tests.backend.infra.stripe.paying import pay, refused, told


def test_a_customer_is_made_rewritten_listed_and_deleted(stripe_account):
    client = stripe_account.client.v1.customers
    made = client.create({"email": "ana@example.org", "name": "Ana", "metadata": {"donor": "1", "old": "x"}})
    assert client.retrieve(made.id).email == "ana@example.org"
    changed = client.update(made.id, {"name": "Ana B.", "metadata": {"old": "", "new": "y"}})
    assert (changed.name, changed.email, changed.metadata.to_dict()) == ("Ana B.", "ana@example.org", {"donor": "1", "new": "y"})
    assert [one.id for one in client.list({"email": "ana@example.org"}).data] == [made.id]
    assert client.delete(made.id).deleted
    assert client.retrieve(made.id).deleted
    assert client.list().data == []
    with refused("resource_missing"):
        client.update(made.id, {"name": "Nobody"})
    assert told(stripe_account) == ["customer.created", "customer.updated", "customer.deleted"]
    updated = stripe_account.client.v1.events.list({"type": "customer.updated"}).data[0]
    assert updated.data.previous_attributes["name"] == "Ana"


def test_payment_methods_are_attached_listed_and_detached(stripe_account):
    client = stripe_account.client.v1
    customer = client.customers.create()
    method = client.payment_methods.attach("pm_card_fr", {"customer": customer.id})
    assert client.payment_methods.retrieve(method.id).customer == customer.id
    assert [one.id for one in client.customers.payment_methods.list(customer.id, {"type": "card"}).data] == [method.id]
    assert client.payment_methods.list({"customer": customer.id, "type": "sepa_debit"}).data == []
    assert pay(stripe_account, method.id, customer=customer.id).status == "succeeded"
    with pytest.raises(stripe.InvalidRequestError, match="belongs to a Customer"):
        pay(stripe_account, method.id)
    assert client.payment_methods.update(method.id, {"metadata": {"a": "b"}}).metadata.to_dict() == {"a": "b"}
    assert client.payment_methods.detach(method.id).customer is None
    with pytest.raises(stripe.InvalidRequestError, match="may not be used again"):
        client.payment_methods.attach(method.id, {"customer": customer.id})
    with refused("card_declined", kind=stripe.CardError):
        client.payment_methods.attach("pm_card_chargeDeclined", {"customer": customer.id})
    assert client.payment_methods.attach("pm_card_chargeCustomerFail", {"customer": customer.id}).customer == customer.id


def test_a_bank_account_is_made_by_a_server(stripe_account):
    details = {"sepa_debit": {"iban": "DE89370400440532013000"}, "billing_details": {"name": "Ana", "email": "ana@example.org"}}
    method = stripe_account.client.v1.payment_methods.create({"type": "sepa_debit"} | details)
    assert (method.sepa_debit.country, method.sepa_debit.last4, method.billing_details.name) == ("DE", "3000", "Ana")


def test_a_token_is_used_once_and_expires(stripe_account):
    client = stripe_account.client.v1
    token = client.test_helpers.confirmation_tokens.create({"payment_method": "pm_card_fr", "setup_future_usage": "off_session"})
    assert (token.payment_method_preview.card.funding, token.use_stripe_sdk) == ("credit", True)
    customer = client.customers.create()
    intent = pay(stripe_account, confirmation_token=token.id, customer=customer.id)
    assert (intent.setup_future_usage, client.confirmation_tokens.retrieve(token.id).payment_intent) == ("off_session", intent.id)
    assert client.customers.payment_methods.list(customer.id).data[0].id == intent.payment_method
    with pytest.raises(stripe.InvalidRequestError, match="already been used"):
        pay(stripe_account, confirmation_token=token.id)
    late = client.test_helpers.confirmation_tokens.create({"payment_method": "pm_card_fr"})
    stripe_account.move(by=13 * 3600)
    with pytest.raises(stripe.InvalidRequestError, match="has expired"):
        pay(stripe_account, confirmation_token=late.id)


def test_a_token_that_was_declined_is_used_too(stripe_account):
    token = stripe_account.client.v1.test_helpers.confirmation_tokens.create({"payment_method": "pm_card_chargeDeclined"})
    with refused("card_declined", kind=stripe.CardError):
        pay(stripe_account, confirmation_token=token.id)
    with pytest.raises(stripe.InvalidRequestError, match="already been used"):
        pay(stripe_account, confirmation_token=token.id)


def test_one_account_sees_nothing_of_another(stripe_stand_in):
    one, other = stripe_stand_in.account(), stripe_stand_in.account()
    customer = one.client.v1.customers.create()
    with refused("resource_missing"):
        other.client.v1.customers.retrieve(customer.id)
    assert other.client.v1.customers.list().data == []


def test_a_browser_sees_and_confirms_the_one_intent_whose_secret_it_has(stripe_account):
    intent = stripe_account.client.v1.payment_intents.create({"amount": 900, "currency": "eur"})
    own = f"key={stripe_account.publishable_key}"
    path = f"/v1/payment_intents/{intent.id}"
    status, seen, _ = stripe_account.ask("GET", f"{path}?{own}&client_secret={intent.client_secret}")
    assert (status, seen["amount"], "metadata" in seen, "customer" in seen) == (200, 900, False, False)
    assert stripe_account.ask("GET", f"{path}?{own}&client_secret=wrong")[0] == 400
    assert stripe_account.ask("GET", f"{path}?{own}")[0] == 400
    assert stripe_account.ask("GET", f"/v1/customers?{own}")[0] == 404
    card = "&".join(
        f"payment_method_data[card][{name}]={value}"
        for name, value in {"number": "4242424242424242", "exp_month": "1", "exp_year": "40", "cvc": "123"}.items()
    )
    form = f"{own}&client_secret={intent.client_secret}&payment_method_data[type]=card&{card}&use_stripe_sdk=true"
    status, done, _ = stripe_account.ask("POST", f"{path}/confirm", form)
    assert (status, done["status"]) == (200, "succeeded")


def test_the_account_tells_what_it_can(stripe_account):
    account = stripe_account.client.v1.accounts.retrieve_current()
    assert (account.id, account.country, account.default_currency) == (f"acct_standin_{stripe_account.name}", "FR", "eur")
    assert (account.charges_enabled, account.payouts_enabled) == (True, True)
    assert {name: account.capabilities[name] for name in ("card_payments", "transfers", "sepa_debit_payments")} == {
        "card_payments": "active",
        "transfers": "active",
        "sepa_debit_payments": "active",
    }
    assert stripe_account.client.v1.accounts.retrieve(account.id).id == account.id
    with refused("resource_missing"):
        stripe_account.client.v1.accounts.retrieve("acct_other")
