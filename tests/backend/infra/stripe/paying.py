"""What the tests of the stand-in do again and again."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import stripe

from tests.backend.stripe_stand_in import StripeAccount

STAYING = {"automatic_payment_methods": {"enabled": True, "allow_redirects": "never"}}


def pay(account: StripeAccount, method: str = "pm_card_fr", amount: int = 2_000, *, key: str = "", **more: Any) -> Any:
    """Make a payment and confirm it at once; its balance transaction is there in the answer."""
    params: dict[str, Any] = {"amount": amount, "currency": "eur", "confirm": True, "capture_method": "automatic"} | STAYING
    if "confirmation_token" not in more:
        params["payment_method"] = method
    return account.client.v1.payment_intents.create(params | more, {"idempotency_key": key or str(uuid.uuid4())})


def debit(account: StripeAccount, method: str = "pm_success_fr", amount: int = 2_000, **more: Any) -> Any:
    """Have a bank account debited, as a donor's browser would ask for it."""
    token = account.client.v1.test_helpers.confirmation_tokens.create({"payment_method": method})
    return pay(account, amount=amount, confirmation_token=token.id, **more)


def read(account: StripeAccount, intent: str, *expand: str) -> Any:
    """Read a payment as it is now."""
    return account.client.v1.payment_intents.retrieve(intent, {"expand": list(expand)})


def told(account: StripeAccount, kind: str = "") -> list[str]:
    """The types of an account's events, oldest first; `kind` begins those that are asked for."""
    events = account.client.v1.events.list({"limit": 100}).data
    return [event.type for event in reversed(events) if event.type.startswith(kind)]


@contextmanager
def refused(code: str | None, *, kind: type[stripe.StripeError] = stripe.InvalidRequestError) -> Iterator[Any]:
    """Expect Stripe's refusal with its code."""
    with pytest.raises(kind) as caught:
        yield caught
    assert caught.value.code == code
