"""Every way that a payment can go, against the stand-in for Stripe: what is there and what our books say agree in the end."""

import signal
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlencode

import pytest
import stripe
from django.db import connection
from django.test import Client

from maillage.fundraising import services
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.gateways import stripe as gateway
from maillage.fundraising.models import Donation, PaymentAttempt
from maillage.fundraising.selectors.donations import token_of
from maillage.fundraising.services.payments import LOOK_AGAIN
from maillage.journal.models import Job
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, Unavailable
from tests.backend.fundraising.reading import props_of
from tests.backend.fundraising.standing import RETURN, Place, run_jobs
from tests.backend.messaging.test_letters_killed import run_and_die


def intents(place: Place) -> list[str]:
    return [intent.status for intent in place.stripe.client.v1.payment_intents.list().data]


def test_a_card_is_paid_and_its_fee_comes_later(place: Place) -> None:
    donation = place.pay(place.donation())
    assert (donation.state, donation.method, place.kinds()) == (DonationState.SETTLED, "card", ["donation"])
    place.stripe.move(by=2)
    place.hear()
    assert place.kinds() == ["donation", "fee"]
    place.agrees()


@pytest.mark.parametrize(
    ("card", "code"),
    [
        ("pm_card_chargeDeclinedInsufficientFunds", "insufficient_funds"),
        ("pm_card_chargeDeclinedExpiredCard", "expired_card"),
        ("pm_card_chargeDeclinedIncorrectCvc", "incorrect_cvc"),
    ],
)
def test_a_decline_says_why_and_another_card_pays_the_same_donation(place: Place, card: str, code: str) -> None:
    donation = place.pay(place.donation(), card)
    assert (donation.state, donation.failure) == (DonationState.FAILED, code)
    assert place.pay(donation).state == DonationState.SETTLED
    assert intents(place) == ["succeeded"]
    assert list(PaymentAttempt.objects.order_by("at").values_list("outcome", "was_declined")) == [(code, True), ("paid", False)]
    place.agrees()


def test_a_bank_asks_and_the_donor_agrees(place: Place) -> None:
    donation, payment = services.pay_donation(
        donation_id=place.donation().pk, token=place.token("pm_card_authenticationRequired"), return_url=RETURN, now=now()
    )
    assert donation.state == DonationState.CONFIRMING
    assert payment is not None
    assert payment.secret.startswith(payment.id)
    place.stripe.prove(payment.id)
    assert services.look_again(donation_id=donation.pk, now=now()).state in (DonationState.SETTLED, DonationState.HELD)


def test_a_bank_asks_and_the_donor_refuses(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_card_threeDSecure2Required")
    place.stripe.prove(donation.intent or "", agreed=False)
    donation = services.look_again(donation_id=donation.pk, now=now())
    assert (donation.state, donation.failure) == (DonationState.FAILED, "payment_intent_authentication_failure")
    assert place.pay(donation).state == DonationState.SETTLED
    place.agrees()


def test_a_card_that_nobody_looked_at_is_told_to_the_treasurer_until_all_went_back(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_card_authenticationRequiredOnSetup")
    secret = place.stripe.client.v1.payment_intents.retrieve(donation.intent or "").client_secret
    other = {"number": "4000002500000003", "exp_month": "12", "exp_year": "39", "cvc": "123"}
    asked = {"key": place.stripe.publishable_key, "client_secret": secret, "payment_method_data[type]": "card"}
    asked |= {f"payment_method_data[card][{name}]": value for name, value in other.items()}
    status, read, _ = place.stripe.ask("POST", f"/v1/payment_intents/{donation.intent}/confirm", urlencode(asked))
    assert status == 200, read
    assert services.look_again(donation_id=donation.pk, now=now()).state == DonationState.SETTLED
    place.stripe.move(by=2)
    place.hear()
    place.reconcile()
    difference = place.fund.differences.get()
    assert (difference.kind, difference.theirs, difference.donation, difference.closed_at) == ("unseen_means", 5000, donation, None)
    Donation.objects.update(refunded=5000)
    place.reconcile()
    assert not place.fund.differences.filter(closed_at=None).exists()


def test_the_browser_is_gone_after_the_bank_asked(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_card_authenticationRequiredOnSetup")
    place.stripe.prove(donation.intent or "")
    run_jobs(LOOK_AGAIN)
    donation.refresh_from_db()
    assert donation.state == DonationState.SETTLED
    place.agrees()


def test_a_debit_is_on_its_way_then_settled_by_the_clock(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_success_fr")
    assert (donation.state, donation.method, place.kinds()) == (DonationState.PROCESSING, "sepa_debit", [])
    run = place.reconcile()
    assert place.books() + 5000 == run.balance
    assert not place.fund.differences.exists()
    place.stripe.move(working_days=3)
    place.hear()
    donation.refresh_from_db()
    assert donation.state == DonationState.SETTLED
    assert donation.settled_at is not None
    assert donation.settled_at > donation.started_at, "the day on which the donor's bank pays"
    place.agrees()


def test_a_debit_that_fails_leaves_nothing_in_the_books(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_failed_fr")
    assert donation.state == DonationState.PROCESSING
    place.stripe.move(working_days=3)
    place.hear()
    donation.refresh_from_db()
    assert donation.state == DonationState.FAILED
    place.agrees()
    assert place.sums() == {}


def test_the_same_token_twice_is_one_try(place: Place) -> None:
    donation, token = place.donation(), place.token()
    first, second = place.pay(donation, token=token), place.pay(donation, token=token)
    assert (first.state, second.state) == (DonationState.SETTLED, DonationState.SETTLED)
    assert intents(place) == ["succeeded"]
    place.agrees()


def test_a_card_typed_into_the_page_is_taken(place: Place, client: Client) -> None:
    """The page and the intent name the same ways to pay: the provider refuses what was collected for others."""
    props = props_of(client.get(f"/en/give/{place.fund.code}/").text)
    asked = {"key": place.stripe.publishable_key, "payment_method_data[type]": "card"}
    typed = {"number": "4000002500000003", "exp_month": "12", "exp_year": "39", "cvc": "123"}
    asked |= {f"payment_method_data[card][{name}]": value for name, value in typed.items()}
    asked |= {f"allowed_payment_method_types[{number}]": kind for number, kind in enumerate(props["methods"])}
    status, token, _ = place.stripe.ask("POST", "/v1/confirmation_tokens", urlencode(asked))
    assert status == 200, token
    assert place.pay(place.donation(), token=token["id"]).state == DonationState.SETTLED


@pytest.mark.parametrize("kind", ["klarna", "link"])
def test_a_way_to_pay_that_is_not_taken_is_refused_with_words(place: Place, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    """The stand-in knows no such way: what the provider answers is written as its SDK reads it."""
    preview = SimpleNamespace(payment_method_preview=SimpleNamespace(type=kind))
    monkeypatch.setattr(stripe.ConfirmationTokenService, "retrieve", lambda *_, **__: preview)
    with pytest.raises(Invalid) as refused:
        place.pay(place.donation(), token="ctoken_klarna")
    assert refused.value.code == "means_not_taken"
    assert "SEPA" in refused.value.detail
    assert not PaymentAttempt.objects.exists()


def test_one_payment_is_made_for_a_donation_however_late_it_is_tried_again(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_card_chargeDeclinedExpiredCard")
    place.stripe.move(by=25 * 3600)  # the provider has forgotten the key by which the payment was made
    assert place.pay(donation).state == DonationState.SETTLED
    assert intents(place) == ["succeeded"]


@pytest.mark.parametrize("same", [True, False], ids=["one token", "two tokens"])
@pytest.mark.parametrize("method", ["pm_card_fr", "pm_success_fr"])
def test_two_tabs_at_once_pay_once(committed: Place, same: bool, method: str) -> None:
    donation, first = committed.donation(), committed.token(method)
    tokens = [first, first if same else committed.token(method)] * 2

    def pay(token: str) -> str:
        try:
            return committed.pay(Donation.objects.get(pk=donation.pk), token=token).state
        except (Invalid, Unavailable) as refusal:
            return refusal.code
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        said = list(pool.map(pay, tokens))
    run_jobs(LOOK_AGAIN)
    donation.refresh_from_db()
    assert donation.state in (DonationState.SETTLED, DonationState.PROCESSING), said
    assert len(committed.stripe.client.v1.charges.list().data) == 1, "nobody is charged twice"
    committed.stripe.move(working_days=4)
    committed.hear()
    committed.agrees()


@pytest.mark.parametrize("outage", ["closed_before", "closed_after", "500_after", "503"])
def test_an_answer_that_is_lost_is_found(place: Place, outage: str) -> None:
    donation, token = place.donation(), place.token()
    place.stripe.switch("api", outage=outage, path="/v1/payment_intents/", method="POST")
    with pytest.raises(Unavailable) as refused:
        place.pay(donation, token=token)
    assert refused.value.code == "provider_away"
    place.stripe.switch("api")
    run_jobs(LOOK_AGAIN)
    donation.refresh_from_db()
    was_taken = outage in ("closed_after", "500_after")
    assert donation.state == (DonationState.SETTLED if was_taken else DonationState.STARTED)
    assert place.pay(donation, token=token).state == DonationState.SETTLED
    assert intents(place) == ["succeeded"]
    place.agrees()


def test_one_connection_that_breaks_is_asked_again_at_once(place: Place) -> None:
    place.stripe.switch("api", outage="closed_after", times=1, path="/v1/payment_intents/", method="POST")
    assert place.pay(place.donation()).state == DonationState.SETTLED
    place.agrees()


def test_a_provider_that_is_slow_counts_as_lost(place: Place, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.STRIPE_SECONDS = 0.5
    donation, token = place.donation(), place.token()
    start = gateway.start_payment

    def start_then_slow(*args: Any, **named: Any) -> Any:
        started = start(*args, **named)
        place.stripe.switch("api", after=1.5)
        return started

    monkeypatch.setattr(gateway, "start_payment", start_then_slow)
    with pytest.raises(Unavailable):
        place.pay(donation, token=token)
    place.stripe.switch("api")
    run_jobs(LOOK_AGAIN)
    donation.refresh_from_db()
    assert donation.state == DonationState.SETTLED
    place.agrees()


def test_a_provider_that_answers_twice_is_heard_once(place: Place) -> None:
    place.stripe.switch("api", twice=True)
    donation = place.pay(place.donation())
    place.stripe.switch("api")
    assert donation.state == DonationState.SETTLED
    assert len(place.stripe.client.v1.charges.list().data) == 1
    place.agrees()


def test_a_message_is_faster_than_the_answer_of_the_call_that_caused_it(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    confirm = gateway.confirm_payment

    def confirm_slowly(*args: Any, **named: Any) -> Any:
        answer = confirm(*args, **named)
        place.hear()
        return answer

    monkeypatch.setattr(gateway, "confirm_payment", confirm_slowly)
    donation = place.pay(place.donation())
    assert donation.state == DonationState.SETTLED
    assert place.kinds().count("donation") == 1
    place.agrees()


def test_a_message_names_the_donation_whose_intent_we_never_learnt(place: Place) -> None:
    donation = place.pay(place.donation())
    Donation.objects.filter(pk=donation.pk).update(state=DonationState.STARTED, intent=None, charge=None, settled_at=None)
    place.hear()
    donation.refresh_from_db()
    assert donation.state == DonationState.SETTLED
    assert place.kinds().count("donation") == 1


def _pay_in_child(place: Place, donation: Donation, token: str) -> object:
    gateway._client_of.cache_clear()
    return place.pay(donation, token=token)


@pytest.mark.parametrize("told_by", ["the job", "messages", "the night"])
def test_a_process_killed_between_charge_and_books(committed: Place, told_by: str) -> None:
    donation, token = committed.donation(), committed.token()
    assert run_and_die(lambda: _pay_in_child(committed, donation, token), gateway, "confirm_payment") == signal.SIGKILL
    donation.refresh_from_db()
    assert (donation.state, committed.books()) == (DonationState.STARTED, 0)
    assert len(committed.stripe.client.v1.charges.list().data) == 1, "charged, and not in our books"
    {"the job": lambda: run_jobs(LOOK_AGAIN), "messages": committed.hear, "the night": committed.reconcile}[told_by]()
    donation.refresh_from_db()
    assert donation.state == DonationState.SETTLED
    committed.agrees()


def test_a_process_killed_before_it_knows_its_payment(committed: Place) -> None:
    donation, token = committed.donation(), committed.token()
    assert run_and_die(lambda: _pay_in_child(committed, donation, token), gateway, "start_payment") == signal.SIGKILL
    donation.refresh_from_db()
    assert donation.intent is None
    assert committed.pay(donation, token=token).state == DonationState.SETTLED
    assert intents(committed) == ["succeeded"], "the payment that was made is found by its key"
    committed.agrees()


def test_a_worker_killed_between_what_it_read_and_the_books(committed: Place) -> None:
    donation, token = committed.donation(), committed.token()
    run_and_die(lambda: _pay_in_child(committed, donation, token), gateway, "confirm_payment")

    def look() -> object:
        gateway._client_of.cache_clear()
        return services.look_again(donation_id=donation.pk, now=now())

    assert run_and_die(look, gateway, "payment") == signal.SIGKILL
    assert committed.books() == 0
    run_jobs(LOOK_AGAIN)
    committed.agrees()


def test_a_payment_that_the_provider_does_not_know_stands_as_we_knew_it(place: Place, client: Client) -> None:
    donation = place.donation(intent="pi_of_another_account", state=DonationState.PROCESSING)
    answer = client.post(f"/api/v1/fundraising/donations/{token_of(donation)}/")
    assert (answer.status_code, answer.json()["state"]) == (200, "processing")


def test_a_donation_that_was_given_up_is_not_paid(place: Place) -> None:
    donation = place.donation(state=DonationState.ENDED)
    with pytest.raises(Conflict) as refused:
        place.pay(donation)
    assert refused.value.code == "donation_ended"


def test_a_token_that_was_used_up_is_refused_and_is_no_decline(place: Place) -> None:
    token = place.token()
    place.pay(place.donation(), token=token)
    donation = place.pay(place.donation(), "pm_card_chargeDeclinedExpiredCard")
    with pytest.raises(Invalid) as refused:
        place.pay(donation, token=token)
    assert refused.value.code == "token_refused"


def test_another_amount_than_asked_is_a_difference_and_no_dead_job(place: Place) -> None:
    donation = place.donation()
    intent = place.stripe.client.v1.payment_intents.create(
        {
            "amount": 700,
            "currency": "eur",
            "confirm": True,
            "payment_method": "pm_card_fr",
            "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
            "metadata": {"donation": str(donation.pk)},
        }
    )
    place.stripe.move(by=2)
    place.hear()
    donation.refresh_from_db()
    assert (donation.state, donation.intent) == (DonationState.STARTED, intent.id)
    difference = place.fund.differences.get(closed_at__isnull=True)
    assert (difference.kind, difference.ours, difference.theirs, difference.donation) == ("amounts", 5000, 700, donation)
    place.reconcile()
    assert place.fund.differences.get(closed_at__isnull=True).kind == "amounts"
    assert not Job.objects.filter(state="dead").exists()


def test_a_payment_of_somebody_else_in_the_same_account_is_named(place: Place) -> None:
    paid = place.stripe.client.v1.payment_intents.create(
        {
            "amount": 900,
            "currency": "eur",
            "confirm": True,
            "payment_method": "pm_card_fr",
            "automatic_payment_methods": {"enabled": True, "allow_redirects": "never"},
        }
    )
    place.stripe.move(by=2)
    place.hear()
    place.reconcile()
    difference = place.fund.differences.get()
    assert (difference.kind, difference.reference, difference.theirs) == ("at_provider_only", paid.latest_charge, 900)
    assert place.books() == 0
