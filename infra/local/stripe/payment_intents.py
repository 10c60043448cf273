"""Payment intents: one payment from its wish to its end. `confirming.py` holds what moves money."""

from typing import Any

from infra.local.stripe import charges, confirming, customers, events, metadata, money, paging, payment_methods
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

OPEN = ("requires_payment_method", "requires_confirmation", "requires_action")
ONLY_WITH_CONFIRM = (
    "confirmation_token",
    "error_on_requires_action",
    "mandate",
    "mandate_data",
    "off_session",
    "return_url",
    "use_stripe_sdk",
)
DESCRIPTORS = ("statement_descriptor", "statement_descriptor_suffix")
OPEN_ONLY = (
    "allowed_payment_method_types",
    "amount",
    "capture_method",
    "currency",
    "customer",
    "excluded_payment_method_types",
    "payment_method",
    "payment_method_options",
    "setup_future_usage",
    *DESCRIPTORS,
)
LONGEST_SUFFIX = 22


def create(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Make an intent, and confirm it when asked.

    Raises: Refused.
    """
    _check(asked)
    body = made(desk, asked)
    _attribute(desk, body, asked)
    desk.put(body)
    events.tell(desk, "payment_intent.created", body)
    return confirming.confirm(desk, body, asked) if asked.get("confirm") else body


def made(desk: Desk, asked: dict[str, Any], *, id: str = "") -> dict[str, Any]:
    """Write an intent that is not kept yet.

    Raises: Refused.
    """
    id = id or desk.new_id("pi")
    automatic = asked.get("automatic_payment_methods")
    if automatic is None and "allowed_payment_method_types" not in asked:
        automatic = {"enabled": True}
    if automatic and automatic["enabled"]:
        if "allowed_payment_method_types" in asked:
            said = "You may only specify one of these parameters: automatic_payment_methods, allowed_payment_method_types."
            raise Refused(said, param="automatic_payment_methods")
        automatic = {"allow_redirects": automatic.get("allow_redirects", "always"), "enabled": True}
    else:
        automatic = None
    return {
        "id": id,
        "object": "payment_intent",
        "amount": money.checked_amount(asked["amount"]),
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": automatic,
        "canceled_at": None,
        "cancellation_reason": None,
        "capture_method": asked.get("capture_method", "automatic_async"),
        "client_secret": f"{id}_secret_{desk.secret(25)}",
        "confirmation_method": asked.get("confirmation_method", "automatic"),
        "created": desk.now,
        "currency": money.checked_currency(asked["currency"]),
        "customer": None,
        "customer_account": None,
        "description": asked.get("description"),
        "excluded_payment_method_types": asked.get("excluded_payment_method_types"),
        "last_payment_error": None,
        "latest_charge": None,
        "livemode": False,
        "managed_payments": None,
        "metadata": metadata.merged({}, asked.get("metadata")),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": asked.get("payment_method_options") or {},
        "payment_method_types": confirming.types_of(asked),
        "processing": None,
        "receipt_email": asked.get("receipt_email"),
        "review": None,
        "setup_future_usage": asked.get("setup_future_usage"),
        "shipping": asked.get("shipping"),
        "source": None,
        "statement_descriptor": asked.get("statement_descriptor"),
        "statement_descriptor_suffix": asked.get("statement_descriptor_suffix"),
        "status": "requires_payment_method",
        "transfer_data": None,
        "transfer_group": asked.get("transfer_group"),
    }


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read an intent; a browser shows its secret."""
    body = desk.get("payment_intent", id)
    if asked.get("client_secret", body["client_secret"]) != body["client_secret"]:
        raise Refused(
            "The client_secret provided does not match the client_secret associated with this PaymentIntent.", param="client_secret"
        )
    return body


def update(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Rewrite an intent; what concerns money only while it is open.

    Raises: Refused.
    """
    _check({"confirm": True} | asked)
    body = desk.get("payment_intent", id)
    previous = metadata.rewrite(body, asked, "metadata", "description", "receipt_email", "shipping", "transfer_group")
    if changed := [name for name in OPEN_ONLY if name in asked]:
        if body["status"] not in OPEN:
            raise unexpected(body, f"This PaymentIntent's {changed[0]} could not be updated")
        if "amount" in asked:
            money.checked_amount(asked["amount"])
        if "currency" in asked:
            asked["currency"] = money.checked_currency(asked["currency"])
        previous |= metadata.rewrite(body, asked, "amount", "setup_future_usage", "capture_method", *DESCRIPTORS)
        body["payment_method_options"] = body["payment_method_options"] | (asked.get("payment_method_options") or {})
        if asked.keys() & {"allowed_payment_method_types", "excluded_payment_method_types"}:
            body["excluded_payment_method_types"] = asked.get("excluded_payment_method_types", body["excluded_payment_method_types"])
            body["payment_method_types"] = confirming.types_of(asked)
        _attribute(desk, body, asked)
        if previous.keys() & {"amount"} and body["status"] == "requires_action":
            body |= {"status": "requires_confirmation", "next_action": None}
    return desk.put(body)


def confirm(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Confirm an intent."""
    return confirming.confirm(desk, retrieve(desk, asked, id), asked)


def capture(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Take what a card holds for us, or less; the rest is let go.

    Raises: Refused.
    """
    body = desk.get("payment_intent", id)
    if body["status"] != "requires_capture":
        raise unexpected(body, "This PaymentIntent could not be captured")
    amount = asked.get("amount_to_capture", body["amount_capturable"])
    if not 1 <= amount <= body["amount_capturable"]:
        said = f"Requested capture amount is not between 1 and the authorized amount ({money.euros(body['amount_capturable'])})."
        raise Refused(said, code="amount_too_large" if amount > 0 else "parameter_invalid_integer", param="amount_to_capture")
    charge = desk.get("charge", body["latest_charge"])
    charge |= {"captured": True, "amount_captured": amount, "amount_refunded": charge["amount"] - amount}
    charges.book(desk, charge)
    events.tell(desk, "charge.captured", charge, {"captured": False})
    body |= {"status": "succeeded", "amount_capturable": 0, "amount_received": amount}
    body["metadata"] = metadata.merged(body["metadata"], asked.get("metadata"))
    desk.put(body)
    events.tell(desk, "payment_intent.succeeded", body)
    return body


def cancel(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """End an intent that did not become a payment.

    Raises: Refused.
    """
    body = desk.get("payment_intent", id)
    if body["status"] not in (*OPEN, "requires_capture"):
        raise unexpected(body, "You cannot cancel this PaymentIntent")
    return ended(desk, body, asked.get("cancellation_reason"))


def ended(desk: Desk, body: dict[str, Any], reason: str | None) -> dict[str, Any]:
    """Cancel an intent; a card that holds money lets it go."""
    if body["status"] == "requires_capture":
        charge = desk.get("charge", body["latest_charge"])
        charge |= {"amount_refunded": charge["amount"], "refunded": True}
        desk.put(charge)
        events.tell(desk, "charge.expired" if reason == "automatic" else "charge.refunded", charge)
    body |= {"status": "canceled", "canceled_at": desk.now, "cancellation_reason": reason, "amount_capturable": 0, "next_action": None}
    desk.put(body)
    events.tell(desk, "payment_intent.canceled", body)
    return body


def hold_expires(desk: Desk, id: str) -> None:
    """Due: a card holds an amount for seven days."""
    body = desk.get("payment_intent", id)
    if body["status"] == "requires_capture":
        ended(desk, body, "automatic")


def list_intents(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List intents."""
    return paging.page(desk, "payment_intent", asked, url="/v1/payment_intents", equal={"customer": asked.get("customer")})


def unexpected(body: dict[str, Any], what: str) -> Refused:
    """Say that an intent is in no state for this."""
    said = f"{what} because it has a status of {body['status']}."
    named: dict[str, Any] = {body["object"]: {name: value for name, value in body.items() if not name.startswith("_")}}
    return Refused(said, code=f"{body['object']}_unexpected_state", **named)


def _check(asked: dict[str, Any]) -> None:
    if not asked.get("confirm"):
        for name in ONLY_WITH_CONFIRM:
            if name in asked:
                said = f"The parameter `{name}` cannot be passed when creating a PaymentIntent unless `confirm` is set to true."
                raise Refused(said, param=name)
    if asked.get("confirmation_method") == "manual":
        raise Refused("This stand-in confirms automatically only.", param="confirmation_method")
    suffix = asked.get("statement_descriptor_suffix") or ""
    if len(suffix) > LONGEST_SUFFIX or any(letter in suffix for letter in "<>\\'\"*"):
        said = f"The statement descriptor suffix must be at most {LONGEST_SUFFIX} characters and may not hold any of <>\\'\"*."
        raise Refused(said, param="statement_descriptor_suffix")


def _attribute(desk: Desk, body: dict[str, Any], asked: dict[str, Any]) -> None:
    if asked.get("customer"):
        customers.living(desk, asked["customer"])
        body["customer"] = asked["customer"]
    if asked.get("confirm"):
        return
    if asked.get("payment_method_data"):
        method = desk.put(payment_methods.from_data(desk, asked["payment_method_data"]))
        asked = asked | {"payment_method": method["id"]}
    if asked.get("payment_method"):
        method = confirming.usable(desk, body, payment_methods.named(desk, asked["payment_method"]))
        body |= {"payment_method": method["id"], "status": "requires_confirmation", "next_action": None}
