"""3-D Secure: the payer proves who they are, in the page or at the bank's."""

import pytest
import stripe

from tests.backend.infra.stripe.paying import STAYING, pay, read, refused, told

ALWAYS = "pm_card_authenticationRequired"
UNLESS_SET_UP = "pm_card_authenticationRequiredOnSetup"


def test_the_script_in_the_page_asks_and_the_payer_agrees(stripe_account):
    intent = pay(stripe_account, ALWAYS, use_stripe_sdk=True, return_url="http://127.0.0.1:1/back")
    assert (intent.status, intent.next_action.type) == ("requires_action", "use_stripe_sdk")
    assert stripe_account.prove(intent.id)["status"] == "succeeded"
    charge = read(stripe_account, intent.id, "latest_charge").latest_charge
    assert charge.payment_method_details.card.three_d_secure.result == "authenticated"
    assert told(stripe_account) == [
        "payment_intent.created",
        "payment_intent.requires_action",
        "charge.succeeded",
        "payment_intent.succeeded",
    ]
    stripe_account.prove(intent.id, agreed=False)
    assert read(stripe_account, intent.id).status == "succeeded"


def test_a_payer_who_refuses_pays_nothing(stripe_account):
    intent = pay(stripe_account, ALWAYS)
    assert intent.next_action.type == "use_stripe_sdk"
    stripe_account.prove(intent.id, agreed=False)
    after = read(stripe_account, intent.id)
    assert (after.status, after.last_payment_error.code) == ("requires_payment_method", "payment_intent_authentication_failure")
    assert (after.latest_charge, told(stripe_account)[-1]) == (None, "payment_intent.payment_failed")


def test_a_page_that_redirects_leads_there_and_back(stripe_account):
    intent = pay(stripe_account, ALWAYS, return_url="http://127.0.0.1:1/back?x=1")
    action = intent.next_action.redirect_to_url
    assert intent.next_action.type == "redirect_to_url"
    path = action.url.removeprefix(stripe_account.address)
    status, page, headers = stripe_account.ask("GET", path, Accept_Language="fr")
    assert (status, "aucun argent réel" in page) == (200, True)
    assert headers["Content-Security-Policy"].endswith("frame-ancestors http://127.0.0.1:* http://localhost:*")
    status, _, headers = stripe_account.ask("POST", path, "answer=agree")
    assert status == 303
    assert headers["Location"] == (
        f"http://127.0.0.1:1/back?x=1&payment_intent={intent.id}&payment_intent_client_secret={intent.client_secret}"
        "&redirect_status=succeeded"
    )


def test_a_card_that_is_declined_after_the_proof(stripe_account):
    for method, reason in (
        ("pm_card_threeDSecureRequiredChargeDeclined", "generic_decline"),
        ("pm_card_authenticationRequiredChargeDeclinedInsufficientFunds", "insufficient_funds"),
    ):
        intent = pay(stripe_account, method)
        assert stripe_account.prove(intent.id)["status"] == "requires_payment_method"
        assert read(stripe_account, intent.id).last_payment_error.decline_code == reason


def test_nobody_can_prove_anything_off_session(stripe_account):
    customer = stripe_account.client.v1.customers.create()
    method = stripe_account.client.v1.payment_methods.attach(ALWAYS, {"customer": customer.id})
    with refused("authentication_required", kind=stripe.CardError) as caught:
        pay(stripe_account, method.id, customer=customer.id, off_session=True)
    assert caught.value.error.payment_intent.status == "requires_payment_method"
    with refused("authentication_required", kind=stripe.CardError):
        pay(stripe_account, method.id, customer=customer.id, error_on_requires_action=True)


def test_a_card_that_was_proved_once_pays_off_session(stripe_account):
    customer = stripe_account.client.v1.customers.create()
    first = pay(stripe_account, UNLESS_SET_UP, customer=customer.id, setup_future_usage="off_session")
    assert first.status == "requires_action"
    stripe_account.prove(first.id)
    method = read(stripe_account, first.id).payment_method
    assert pay(stripe_account, method, customer=customer.id, off_session=True).status == "succeeded"
    assert pay(stripe_account, method, customer=customer.id).status == "requires_action"


def test_a_setup_intent_proves_a_card_for_later(stripe_account):
    client = stripe_account.client.v1
    customer = client.customers.create()
    intent = client.setup_intents.create({"customer": customer.id, "payment_method": UNLESS_SET_UP, "confirm": True} | STAYING)
    assert (intent.status, intent.next_action.type) == ("requires_action", "use_stripe_sdk")
    assert stripe_account.prove(intent.id)["status"] == "succeeded"
    assert pay(stripe_account, intent.payment_method, customer=customer.id, off_session=True).status == "succeeded"
    refused_one = client.setup_intents.create({"customer": customer.id, "payment_method": ALWAYS, "confirm": True} | STAYING)
    stripe_account.prove(refused_one.id, agreed=False)
    after = client.setup_intents.retrieve(refused_one.id)
    assert (after.status, after.last_setup_error.code) == ("requires_payment_method", "setup_intent_authentication_failure")
    assert told(stripe_account, "setup_intent") == [
        "setup_intent.created",
        "setup_intent.requires_action",
        "setup_intent.succeeded",
        "setup_intent.created",
        "setup_intent.requires_action",
        "setup_intent.setup_failed",
    ]


def test_a_setup_intent_is_confirmed_later_declined_or_cancelled(stripe_account):
    client = stripe_account.client.v1
    customer = client.customers.create()
    intent = client.setup_intents.create({"customer": customer.id} | STAYING)
    with refused("card_declined", kind=stripe.CardError):
        client.setup_intents.confirm(intent.id, {"payment_method": "pm_card_chargeDeclined"})
    done = client.setup_intents.confirm(intent.id, {"payment_method": "pm_card_chargeCustomerFail"})
    assert (done.status, done.usage) == ("succeeded", "off_session")
    assert client.customers.payment_methods.list(customer.id).data[0].id == done.payment_method
    with refused("setup_intent_unexpected_state"):
        client.setup_intents.cancel(done.id)
    other = client.setup_intents.create({"metadata": {"a": "b"}})
    assert client.setup_intents.update(other.id, {"metadata": {"a": ""}}).metadata.to_dict() == {}
    assert client.setup_intents.cancel(other.id).status == "canceled"
    assert [one.id for one in client.setup_intents.list({"customer": customer.id}).data] == [done.id]


def test_only_an_intent_is_proved(stripe_account):
    assert stripe_account.ask("POST", "/_stand-in/authenticate/pi_none", {"answer": "agree"})[0] == 404
    intent = pay(stripe_account, ALWAYS)
    assert stripe_account.ask("POST", f"/_stand-in/authenticate/{intent.id}", {"answer": "perhaps"})[0] == 400
    status, *_ = stripe_account.ask("POST", f"/_stand-in/authenticate/{intent.id}", "answer=agree", Sec_Fetch_Site="cross-site")
    assert (status, read(stripe_account, intent.id).status) == (403, "requires_action")


@pytest.mark.parametrize("card", ["pm_card_threeDSecure2Required", "pm_card_authenticationRequiredSetupForOffSession"])
def test_other_cards_ask_on_session(stripe_account, card):
    assert pay(stripe_account, card).status == "requires_action"
