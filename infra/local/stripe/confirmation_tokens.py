"""Confirmation tokens: what a browser collected, for a server to confirm with, once."""

from typing import Any, NotRequired

from typing_extensions import TypedDict

from infra.local.stripe import payment_methods
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

AUTOMATIC = "automatic"
"""What a token was collected for whose Elements named no types."""
LIVES = 12 * 3600  # seconds, as Stripe's


class TypedCard(TypedDict):
    """What the element's card fields hold. `wallet` stands for a wallet that was pressed."""

    number: str
    exp_month: str
    exp_year: str
    cvc: str
    wallet: NotRequired[str]


class TypedAccount(TypedDict):
    """What the element's bank fields hold."""

    iban: str


class TypedAddress(TypedDict):
    """An address."""

    city: NotRequired[str]
    country: NotRequired[str]
    line1: NotRequired[str]
    line2: NotRequired[str]
    postal_code: NotRequired[str]
    state: NotRequired[str]


class TypedBilling(TypedDict):
    """Whose card or account it is."""

    address: NotRequired[TypedAddress]
    email: NotRequired[str]
    name: NotRequired[str]
    phone: NotRequired[str]


class TypedMethod(TypedDict):
    """What the element collected."""

    type: str
    card: NotRequired[TypedCard]
    sepa_debit: NotRequired[TypedAccount]
    billing_details: NotRequired[TypedBilling]
    allow_redisplay: NotRequired[str]


class FromBrowser(TypedDict):
    """What Stripe.js asks with a publishable key."""

    key: NotRequired[str]
    payment_method_data: TypedMethod
    return_url: NotRequired[str]
    setup_future_usage: NotRequired[str]
    mandate_agent: NotRequired[str]
    allowed_payment_method_types: NotRequired[list[str]]


def create_from_browser(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Make a token from what was typed into the element; a debit's consent was given under it."""
    token = _kept(desk, payment_methods.from_data(desk, asked["payment_method_data"]), asked)
    return desk.put(token | {"_collected_for": asked.get("allowed_payment_method_types", AUTOMATIC)})


def create_for_test(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Make a token from a test payment method, as a browser would have."""
    if "payment_method_data" in asked:
        method = payment_methods.from_data(desk, asked["payment_method_data"])
    elif "payment_method" in asked:
        method = payment_methods.named(desk, asked["payment_method"])
    else:
        raise Refused("Missing required param: payment_method.", code="parameter_missing", param="payment_method")
    return desk.put(_kept(desk, method, asked))


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read a token."""
    return desk.get("confirmation_token", id)


def use(desk: Desk, id: str, intent: dict[str, Any]) -> dict[str, Any]:
    """Use a token for an intent, and give it back.

    Raises: Refused when it was used, has expired, or was collected for other ways to pay than the intent takes.
    """
    token = desk.get("confirmation_token", id, param="confirmation_token")
    used = token["payment_intent"] or token["setup_intent"]
    if used:
        raise Refused(f"ConfirmationToken {id} has already been used to confirm {used}.", param="confirmation_token")
    if desk.now >= token["expires_at"]:
        raise Refused(f"ConfirmationToken {id} has expired.", param="confirmation_token")
    _hold_against(token, intent)
    token[intent["object"]] = intent["id"]
    desk.put(token)
    return token


def _hold_against(token: dict[str, Any], intent: dict[str, Any]) -> None:
    """See that a token of a browser was collected in the mode in which its intent was made; one of a test helper has none."""
    taken = AUTOMATIC if intent["automatic_payment_methods"] else intent["payment_method_types"]
    collected = token.get("_collected_for", taken)
    if (collected == AUTOMATIC) != (taken == AUTOMATIC):
        names = {True: "automatic payment methods", False: "allowed_payment_method_types"}
        raise Refused(
            f"Payment details were collected through Stripe Elements using {names[collected == AUTOMATIC]} and cannot be confirmed through "
            f"the API configured with {names[taken == AUTOMATIC]}.",
            param="confirmation_token",
        )
    if sorted(collected) != sorted(taken):
        raise Refused(
            f"The allowed_payment_method_types ({', '.join(taken)}) do not match those of Stripe Elements ({', '.join(collected)}). "
            "Try confirming with an Intent that is configured to use the same parameters as Stripe Elements.",
            param="confirmation_token",
        )


def method_of(desk: Desk, token: dict[str, Any]) -> dict[str, Any]:
    """Make the payment method that a token previews, or read the one it names."""
    if found := desk.look(token["_method"]["id"]):
        return found
    return desk.put(token["_method"] | {"created": desk.now})


def _kept(desk: Desk, method: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    online = {"ip_address": "127.0.0.1", "user_agent": asked.get("mandate_agent", "stand-in")}
    mandate = {"customer_acceptance": {"online": online, "type": "online"}} if method["type"] == "sepa_debit" else None
    preview = ("allow_redisplay", "billing_details", "customer", "customer_account", "type", method["type"])
    return {
        "id": desk.new_id("ctoken"),
        "object": "confirmation_token",
        "created": desk.now,
        "expires_at": desk.now + LIVES,
        "livemode": False,
        "mandate_data": mandate,
        "payment_intent": None,
        "payment_method_options": None,
        "payment_method_preview": {name: method[name] for name in preview},
        "return_url": asked.get("return_url"),
        "setup_future_usage": asked.get("setup_future_usage"),
        "setup_intent": None,
        "shipping": asked.get("shipping"),
        "use_stripe_sdk": True,
        "_method": method,
    }
