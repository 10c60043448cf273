"""What a browser may ask with a publishable key: to see and to confirm the one intent whose secret it has."""

from collections.abc import Sequence
from typing import Any, NotRequired

from typing_extensions import TypedDict

from infra.local.stripe import confirmation_tokens, payment_intents, setup_intents
from infra.local.stripe.desk import Desk

PAYMENT = [
    "id",
    "object",
    "amount",
    "automatic_payment_methods",
    "canceled_at",
    "cancellation_reason",
    "capture_method",
    "client_secret",
    "confirmation_method",
    "created",
    "currency",
    "description",
    "last_payment_error",
    "livemode",
    "next_action",
    "payment_method",
    "payment_method_types",
    "processing",
    "receipt_email",
    "setup_future_usage",
    "shipping",
    "source",
    "status",
]
SETUP = [
    "id",
    "object",
    "automatic_payment_methods",
    "cancellation_reason",
    "client_secret",
    "created",
    "description",
    "last_setup_error",
    "livemode",
    "next_action",
    "payment_method",
    "payment_method_types",
    "status",
    "usage",
]


class Seen(TypedDict):
    """What Stripe.js shows to see an intent."""

    key: NotRequired[str]
    client_secret: str


class Confirmed(TypedDict):
    """What Stripe.js shows to confirm an intent."""

    key: NotRequired[str]
    client_secret: str
    payment_method: NotRequired[str]
    payment_method_data: NotRequired[confirmation_tokens.TypedMethod]
    confirmation_token: NotRequired[str]
    return_url: NotRequired[str]
    use_stripe_sdk: NotRequired[bool]


def retrieve_payment(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """See a payment intent."""
    return _part(payment_intents.retrieve(desk, asked, id), PAYMENT)


def retrieve_setup(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """See a setup intent."""
    return _part(setup_intents.retrieve(desk, asked, id), SETUP)


def confirm_payment(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Confirm a payment intent."""
    return _part(payment_intents.confirm(desk, _agreed(asked), id), PAYMENT)


def confirm_setup(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Confirm a setup intent."""
    return _part(setup_intents.confirm(desk, _agreed(asked), id), SETUP)


def _agreed(asked: dict[str, Any]) -> dict[str, Any]:
    """A payer who confirms in the browser agrees under the element to what a debit needs."""
    online = {"ip_address": "127.0.0.1", "user_agent": "browser"}
    return {"mandate_data": {"customer_acceptance": {"online": online, "type": "online"}}} | asked


def _part(body: dict[str, Any], fields: Sequence[str]) -> dict[str, Any]:
    return {name: body[name] for name in fields}
