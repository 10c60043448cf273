"""Setup intents: a payment method is proved and saved, and nothing is charged."""

from typing import Any

from infra.local.stripe import confirming, customers, events, metadata, paging, payment_methods
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused
from infra.local.stripe.payment_intents import OPEN, unexpected


def create(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Make an intent, and confirm it when asked."""
    id = desk.new_id("seti")
    automatic = asked.get("automatic_payment_methods")
    if automatic is None and "allowed_payment_method_types" not in asked:
        automatic = {"enabled": True}
    if automatic is not None:
        automatic = {"allow_redirects": automatic.get("allow_redirects", "always"), "enabled": automatic["enabled"]}
    body: dict[str, Any] = {
        "id": id,
        "object": "setup_intent",
        "application": None,
        "automatic_payment_methods": automatic,
        "cancellation_reason": None,
        "client_secret": f"{id}_secret_{desk.secret(32)}",
        "created": desk.now,
        "customer": None,
        "description": asked.get("description"),
        "excluded_payment_method_types": asked.get("excluded_payment_method_types"),
        "flow_directions": None,
        "last_setup_error": None,
        "latest_attempt": None,
        "livemode": False,
        "mandate": None,
        "metadata": metadata.merged({}, asked.get("metadata")),
        "next_action": None,
        "on_behalf_of": None,
        "payment_method": None,
        "payment_method_configuration_details": None,
        "payment_method_options": asked.get("payment_method_options") or {},
        "payment_method_types": confirming.types_of(asked),
        "single_use_mandate": None,
        "status": "requires_payment_method",
        "usage": asked.get("usage", "off_session"),
    }
    _attribute(desk, body, asked)
    desk.put(body)
    events.tell(desk, "setup_intent.created", body)
    return confirming.confirm(desk, body, asked) if asked.get("confirm") else body


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read an intent; a browser shows its secret."""
    body = desk.get("setup_intent", id)
    if asked.get("client_secret", body["client_secret"]) != body["client_secret"]:
        raise Refused(
            "The client_secret provided does not match the client_secret associated with this SetupIntent.", param="client_secret"
        )
    return body


def update(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Rewrite an intent."""
    body = desk.get("setup_intent", id)
    metadata.rewrite(body, asked, "metadata", "description")
    if asked.keys() & {"customer", "payment_method"}:
        if body["status"] not in OPEN:
            raise unexpected(body, "This SetupIntent could not be updated")
        _attribute(desk, body, asked)
    return desk.put(body)


def confirm(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Confirm an intent."""
    return confirming.confirm(desk, retrieve(desk, asked, id), asked)


def cancel(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """End an intent that saved nothing."""
    body = desk.get("setup_intent", id)
    if body["status"] not in OPEN:
        raise unexpected(body, "You cannot cancel this SetupIntent")
    body |= {"status": "canceled", "cancellation_reason": asked.get("cancellation_reason"), "next_action": None}
    desk.put(body)
    events.tell(desk, "setup_intent.canceled", body)
    return body


def list_intents(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List intents."""
    equal = {name: asked.get(name) for name in ("customer", "payment_method")}
    return paging.page(desk, "setup_intent", asked, url="/v1/setup_intents", equal=equal)


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
        body |= {"payment_method": method["id"], "status": "requires_confirmation"}
