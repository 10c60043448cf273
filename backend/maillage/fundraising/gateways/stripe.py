"""Stripe, through its own SDK: asked for what we need, answered in our own types.

Every call that moves money carries an idempotency key derived from a row of ours, so that it may be asked again whenever an answer
was lost. What cannot be reached, or answers nonsense, raises `ProviderAway`: nobody knows what came of it, so nothing is decided.
"""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any, TypeVar

import stripe
from django.conf import settings

from maillage.fundraising.domain.declines import MEANS_NOT_TAKEN
from maillage.fundraising.domain.payments import Dispute, Means, Movement, Outcome, Payment, Payout, Proof, Refund
from maillage.fundraising.domain.words import Method
from maillage.fundraising.gateways.accounts import Keys
from maillage.fundraising.gateways.stripe_objects import (
    DONATION,
    MOVED,
    REQUEST,
    UnknownMeans,
    dispute_of,
    donation_named,
    means_in,
    movement_of,
    payment_of,
    payout_of,
    proof_in,
    refund_of,
)

# The SDK writes down each question and each answer at level INFO.
logging.getLogger("stripe").setLevel(logging.WARNING)

T = TypeVar("T")

_WHOLE = ["latest_charge.balance_transaction", "payment_method"]


class ProviderAway(Exception):
    """Stripe did not answer, or not in a way that says what came of it. To be asked again with the same key."""


class Refused(Exception):
    """Stripe understood and refused: `code` as it names it, `param` what of the question was wrong. Nothing was taken."""

    def __init__(self, code: str, param: str = "") -> None:
        super().__init__(code)
        self.code = code
        self.param = param


class Declined(Refused):
    """A bank said no: an answer to a try, where `Refused` is one to a question that makes no sense (any more)."""


@dataclass(frozen=True)
class Standing:
    """What an account may do, as Stripe says it: what it is called there, whether it takes and pays out, and its capabilities."""

    id: str
    name: str
    takes: bool
    pays_out: bool
    capabilities: dict[str, str]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Endpoint:
    """Where Stripe sends an account's messages, which ones, and written in which version."""

    url: str
    is_enabled: bool
    events: tuple[str, ...]
    version: str


def means_of(keys: Keys, token: str) -> Means:
    """Return the way to pay that a browser's confirmation token stands for. Raises: ProviderAway, Refused."""
    found = _ask(lambda: _client(keys).v1.confirmation_tokens.retrieve(token))
    return _means(found.payment_method_preview, id="")


def start_payment(keys: Keys, *, donation: str, amount: int, currency: str, methods: Sequence[Method], customer: str = "") -> Payment:
    """Make the payment intent of a donation, or find the one that was made: at most one for each donation.

    `methods` are those that the page offers: Stripe refuses what was collected for other ones. With a `customer`, the way to pay is
    kept for later instalments. Raises: ProviderAway, Refused.
    """
    params: dict[str, Any] = {
        "amount": amount,
        "currency": currency,
        "allowed_payment_method_types": [method.value for method in methods],
        "metadata": {DONATION: donation},
    }
    if customer:
        params |= {"customer": customer, "setup_future_usage": "off_session"}
    made = _ask(lambda: _client(keys).v1.payment_intents.create(_typed(params), {"idempotency_key": f"start-{donation}"}))
    return payment_of(made)


def confirm_payment(keys: Keys, *, intent: str, token: str, holds: bool, return_url: str) -> Payment:
    """Try to pay with what the browser collected; the same token is tried once, however often this is asked.

    `holds`: what the bank grants for a card is not taken before `capture`.
    A decline is an answer, not an error: `Payment.decline` says why. Raises: ProviderAway, Refused.
    """
    params: dict[str, Any] = {
        "confirmation_token": token,
        "return_url": return_url,
        "use_stripe_sdk": True,
        # Said both ways: the intent remembers what a card tried before wanted.
        "payment_method_options": {"card": {"capture_method": "manual" if holds else ""}},
        "expand": _WHOLE,
    }
    return _confirmed(keys, intent, params, key=f"confirm-{intent}-{token}")


def start_instalment(keys: Keys, *, donation: str, amount: int, currency: str, customer: str, method: Method) -> Payment:
    """Make the payment intent of an instalment, or find the one that was made: at most one for each donation.

    Raises: ProviderAway, Refused.
    """
    params: dict[str, Any] = {
        "amount": amount,
        "currency": currency,
        "customer": customer,
        "allowed_payment_method_types": [method.value],
        "metadata": {DONATION: donation},
    }
    return payment_of(_ask(lambda: _client(keys).v1.payment_intents.create(_typed(params), {"idempotency_key": f"start-{donation}"})))


def charge_again(keys: Keys, *, intent: str, means: str, mandate: str, attempt: int) -> Payment:
    """Take an instalment without its donor, tried once for each `attempt`: the intent succeeds once, however often it is tried.

    A decline is an answer, not an error. Raises: ProviderAway, Refused.
    """
    chosen: dict[str, Any] = {"payment_method": means, "off_session": True, "expand": _WHOLE}
    if mandate:
        chosen["mandate"] = mandate
    return _confirmed(keys, intent, chosen, key=f"confirm-{intent}-{attempt}")


def confirm_at_bank(keys: Keys, *, intent: str, means: str, return_url: str, key: str) -> Payment:
    """Try an instalment with its donor there: their bank may ask them, at `Payment.bank_page`. Raises: ProviderAway, Refused."""
    chosen: dict[str, Any] = {"payment_method": means, "return_url": return_url, "expand": _WHOLE}
    return _confirmed(keys, intent, chosen, key=f"present-{key}")


def prove_means(
    keys: Keys, *, customer: str, return_url: str, about: Mapping[str, str], key: str, means: str = "", token: str = ""
) -> Proof:
    """Let an owner prove a way to pay that is kept (`means`), or a new one (`token`) that is kept then; nothing is charged.

    Raises: ProviderAway, Refused.
    """
    params: dict[str, Any] = {
        "customer": customer,
        "usage": "off_session",
        "allowed_payment_method_types": [Method.CARD.value, Method.SEPA_DEBIT.value],
        "confirm": True,
        "return_url": return_url,
        "metadata": dict(about),
    }
    # A token means to be gone on with by the script in the page, which a form that was sent has left: the bank is at an address.
    params |= {"payment_method": means} if means else {"confirmation_token": token, "use_stripe_sdk": False}
    return proof_in(_ask(lambda: _client(keys).v1.setup_intents.create(_typed(params), {"idempotency_key": f"prove-{key}"})))


def proof_of(keys: Keys, proof_id: str) -> Proof:
    """Read how a proof of a way to pay stands. Raises: ProviderAway, Refused."""
    return proof_in(_ask(lambda: _client(keys).v1.setup_intents.retrieve(proof_id)))


def mandate_reference(keys: Keys, mandate: str) -> str:
    """Return the reference of a debit's mandate, as the donor's bank shows it. Raises: ProviderAway, Refused."""
    details = _ask(lambda: _client(keys).v1.mandates.retrieve(mandate)).payment_method_details
    return str(details.sepa_debit.reference) if details.sepa_debit else ""


def payment(keys: Keys, intent: str) -> Payment:
    """Read one payment as it stands now. Raises: ProviderAway, Refused."""
    return payment_of(_ask(lambda: _client(keys).v1.payment_intents.retrieve(intent, _typed({"expand": _WHOLE}))))


def capture(keys: Keys, intent: str) -> Payment:
    """Take what the bank has granted. Raises: ProviderAway, Refused (the grant is over)."""
    options: Any = {"idempotency_key": f"capture-{intent}"}
    return payment_of(_ask(lambda: _client(keys).v1.payment_intents.capture(intent, _typed({"expand": _WHOLE}), options)))


def give_up(keys: Keys, intent: str) -> Payment:
    """Make sure that a payment can be made no more, and return how it stands: it may have been made before. Raises: ProviderAway."""
    try:
        return payment_of(_ask(lambda: _client(keys).v1.payment_intents.cancel(intent, _typed({"expand": _WHOLE}))))
    except Refused:
        return payment(keys, intent)


def make_customer(keys: Keys, *, donor: str) -> str:
    """Make the customer that later payments of a donor are taken from; it holds no name and no address. Raises: ProviderAway."""
    params: Any = {"metadata": {"donor": donor}}
    return str(_ask(lambda: _client(keys).v1.customers.create(params, {"idempotency_key": f"customer-{donor}"})).id)


def saved_means(keys: Keys, means: str) -> Means:
    """Read a way to pay that was kept. Raises: ProviderAway, Refused."""
    found = _ask(lambda: _client(keys).v1.payment_methods.retrieve(means))
    return _means(found, id=str(found.id))


def give_back(keys: Keys, *, charge: str, amount: int, request: str) -> Refund:
    """Give back cents of a charge, once for each request of ours, which the refund names. Raises: ProviderAway, Refused."""
    params: Any = {"charge": charge, "amount": amount, "metadata": {REQUEST: request}, "expand": MOVED}
    return refund_of(_ask(lambda: _client(keys).v1.refunds.create(params, {"idempotency_key": f"refund-{request}"})))


def refunds_of(keys: Keys, charge: str) -> list[Refund]:
    """Return what was given back of a charge, tried or done. Raises: ProviderAway."""
    asked = {"charge": charge, "expand": [f"data.{path}" for path in MOVED]}
    return [refund_of(each) for each in _every(lambda **page: _client(keys).v1.refunds.list(_typed({**asked, **page})))]


def charge_of_refund(keys: Keys, refund_id: str) -> str:
    """Return of which charge money was given back. Raises: ProviderAway, Refused."""
    return str(_ask(lambda: _client(keys).v1.refunds.retrieve(refund_id)).charge or "")


def intent_of_charge(keys: Keys, charge: str) -> tuple[str, str]:
    """Return which payment a charge was a try of, and the donation that it names; both may be empty. Raises: ProviderAway, Refused."""
    found = _ask(lambda: _client(keys).v1.charges.retrieve(charge))
    return str(found.payment_intent or ""), donation_named(found)


def dispute(keys: Keys, dispute_id: str) -> Dispute:
    """Read one dispute. Raises: ProviderAway, Refused."""
    return dispute_of(_ask(lambda: _client(keys).v1.disputes.retrieve(dispute_id)))


def disputes_of(keys: Keys, charge: str) -> list[Dispute]:
    """Return the disputes about a charge. Raises: ProviderAway."""
    return [dispute_of(each) for each in _every(lambda **page: _client(keys).v1.disputes.list(_typed({"charge": charge, **page})))]


def disputes_since(keys: Keys, since: datetime) -> Iterator[Dispute]:
    """Go through the disputes opened from an instant on. Raises: ProviderAway."""
    created: Any = {"gte": int(since.timestamp())}
    for each in _every(lambda **page: _client(keys).v1.disputes.list(_typed({"created": created, **page}))):
        yield dispute_of(each)


def answer_dispute(keys: Keys, dispute_id: str, words: str) -> Dispute:
    """Send the bank what speaks for us, for good. Raises: ProviderAway, Refused (it is too late, or was answered)."""
    params: Any = {"evidence": {"uncategorized_text": words}, "submit": True}
    return dispute_of(_ask(lambda: _client(keys).v1.disputes.update(dispute_id, params, {"idempotency_key": f"answer-{dispute_id}"})))


def payout(keys: Keys, payout_id: str) -> Payout:
    """Read one payout. Raises: ProviderAway, Refused."""
    return payout_of(_ask(lambda: _client(keys).v1.payouts.retrieve(payout_id, _typed({"expand": MOVED}))))


def movements_of_payout(keys: Keys, payout_id: str) -> Iterator[Movement]:
    """Go through what an automatic payout holds, itself included. Raises: ProviderAway, Refused."""
    for each in _every(lambda **page: _client(keys).v1.balance_transactions.list(_typed({"payout": payout_id, **page}))):
        yield movement_of(each)


def balance(keys: Keys, currency: str) -> int:
    """Return what an account holds, available or not yet: cents of a currency. Raises: ProviderAway."""
    found = _ask(_client(keys).v1.balance.retrieve)
    return sum(each.amount for part in (found.available, found.pending) for each in part if each.currency == currency)


def movements_since(keys: Keys, since: datetime) -> Iterator[Movement]:
    """Go through the lines of the provider's books from an instant on, the newest first. Raises: ProviderAway."""
    created: Any = {"gte": int(since.timestamp())}
    for each in _every(lambda **page: _client(keys).v1.balance_transactions.list(_typed({"created": created, **page}))):
        yield movement_of(each)


def payments_since(keys: Keys, since: datetime) -> Iterator[Payment]:
    """Go through the payments made from an instant on, the newest first. Raises: ProviderAway."""
    created: Any = {"gte": int(since.timestamp())}
    expand = [f"data.{path}" for path in _WHOLE]
    for each in _every(lambda **page: _client(keys).v1.payment_intents.list(_typed({"created": created, "expand": expand, **page}))):
        yield payment_of(each)


def standing(keys: Keys) -> Standing:
    """Read what an account may do. Raises: ProviderAway, Refused."""
    found = _ask(_client(keys).v1.accounts.retrieve_current)
    profile: Any = found.business_profile
    capabilities = found.capabilities.to_dict() if found.capabilities else {}
    return Standing(
        id=str(found.id),
        name=str((profile.name if profile else "") or found.id),
        takes=bool(found.charges_enabled),
        pays_out=bool(found.payouts_enabled),
        capabilities={name: str(state) for name, state in capabilities.items()},
        missing=tuple(found.requirements.currently_due or ()) if found.requirements else (),
    )


def endpoints(keys: Keys) -> list[Endpoint]:
    """Return where an account's messages are sent. Raises: ProviderAway, Refused."""
    return [
        Endpoint(
            url=str(each.url), is_enabled=each.status == "enabled", events=tuple(each.enabled_events), version=str(each.api_version or "")
        )
        for each in _every(lambda **page: _client(keys).v1.webhook_endpoints.list(_typed(page)))
    ]


def wallets_at(keys: Keys, host: str) -> dict[str, bool] | None:
    """Say which wallets a page at a host may offer; None where Stripe does not know the host. Raises: ProviderAway, Refused."""
    for each in _every(lambda **page: _client(keys).v1.payment_method_domains.list(_typed({"domain_name": host, **page}))):
        return {
            "Apple Pay": each.enabled and each.apple_pay.status == "active",
            "Google Pay": each.enabled and each.google_pay.status == "active",
        }
    return None


def offer_wallets_at(keys: Keys, host: str) -> None:
    """Make a host known to Stripe as one of ours, so that its pages may offer wallets. Raises: ProviderAway, Refused."""
    _ask(lambda: _client(keys).v1.payment_method_domains.create({"domain_name": host}))


def _client(keys: Keys) -> stripe.StripeClient:
    return _client_of(keys.secret, settings.STRIPE_API_URL, settings.STRIPE_SECONDS)


@lru_cache(maxsize=16)
def _client_of(secret: str, url: str, seconds: float) -> stripe.StripeClient:
    return stripe.StripeClient(
        secret,
        stripe_version=settings.STRIPE_VERSION,
        base_addresses={"api": url},
        max_network_retries=2,
        http_client=stripe.RequestsClient(timeout=seconds),
    )


def _ask(call: Callable[[], T]) -> T:
    try:
        return call()
    except stripe.CardError as error:
        raise Declined(getattr(error.error, "decline_code", None) or error.code or "card_declined") from None
    except stripe.InvalidRequestError as error:
        raise Refused(error.code or "invalid_request", error.param or "") from error
    except stripe.StripeError as error:  # away, too many, our key refused, the same key under way: nothing is known, so nothing is decided
        raise ProviderAway(type(error).__name__) from error


def _confirmed(keys: Keys, intent: str, params: dict[str, Any], *, key: str) -> Payment:
    try:
        return payment_of(_ask(lambda: _client(keys).v1.payment_intents.confirm(intent, _typed(params), {"idempotency_key": key})))
    except Refused as refused:
        now_there = payment(keys, intent)  # the payment may have been made meanwhile, or ended: what stands there is what counts
        if now_there.outcome is not Outcome.OPEN:
            return now_there
        if not isinstance(refused, Declined):
            raise
        return replace(now_there, decline=now_there.decline or refused.code)


def _means(found: Any, *, id: str) -> Means:
    try:
        return means_in(found, id=id)
    except UnknownMeans:
        raise Refused(MEANS_NOT_TAKEN, "payment_method") from None


def _every(page: Callable[..., Any]) -> Iterator[Any]:
    after: dict[str, Any] = {}
    while True:
        found = _ask(lambda: page(limit=100, **after))  # noqa: B023
        yield from found.data
        if not found.has_more:
            return
        after = {"starting_after": found.data[-1].id}


def _typed(params: dict[str, Any]) -> Any:
    """Hand a dictionary to the SDK, whose typed parameters a dictionary built step by step cannot be."""
    return params
