"""Writes what is kept as the API shows it: without what is only ours, with what was asked to be expanded."""

from typing import Any

from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

DEEPEST = 4
EXPANDABLE = {
    "application",
    "balance_transaction",
    "charge",
    "customer",
    "default_payment_method",
    "default_source",
    "destination",
    "failure_balance_transaction",
    "latest_attempt",
    "latest_charge",
    "mandate",
    "on_behalf_of",
    "original_payout",
    "payment_intent",
    "payment_method",
    "reversed_by",
    "review",
    "setup_intent",
    "single_use_mandate",
    "source",
    "source_transfer",
    "source_transfer_reversal",
    "transfer_reversal",
}

ABSENT = {"refund": ("failure_balance_transaction",)}
"""What may be asked to be expanded of an object that does not have it yet."""


def shown(desk: Desk, kept: dict[str, Any]) -> dict[str, Any]:
    """Write one object; fields that begin with `_` are the stand-in's own."""
    body = {name: value for name, value in kept.items() if not name.startswith("_")}
    if body.get("object") == "balance_transaction":
        body["status"] = "available" if body["available_on"] <= desk.now else "pending"
    elif body.get("object") == "dispute":
        body["balance_transactions"] = [shown(desk, one) for id in body["balance_transactions"] if (one := desk.look(id))]
    elif body.get("object") == "event":
        body["pending_webhooks"] = desk.store.rows(
            "SELECT count(*) FROM deliveries WHERE event = ? AND state = 'waiting'",
            body["id"],
        )[0][0]
    elif body.get("object") == "list":
        body["data"] = [shown(desk, one) for one in body["data"]]
    return body


def rendered(desk: Desk, kept: dict[str, Any], expand: list[str]) -> dict[str, Any]:
    """Write one object or list, expanded.

    Raises: Refused when something cannot be.
    """
    body = shown(desk, kept)
    for number, path in enumerate(expand):
        parts = path.split(".")
        if len(parts) > DEEPEST:
            raise Refused(f"You cannot expand more than {DEEPEST} levels of a property. Property: {path}", param=f"expand[{number}]")
        _expand(desk, body, parts, path, number)
    return body


def _expand(desk: Desk, body: dict[str, Any], parts: list[str], path: str, number: int) -> None:
    name, *rest = parts
    if name == "refunds" and body.get("object") == "charge" and name not in body:
        refunds = [shown(desk, one) for one in desk.each("refund", charge=body["id"])]
        url = f"/v1/charges/{body['id']}/refunds"
        body[name] = {"object": "list", "data": refunds[::-1], "has_more": False, "url": url}
    if name in ABSENT.get(body.get("object", ""), ()) and name not in body:
        return
    if name not in body or not (rest or name in EXPANDABLE or isinstance(body[name], (dict, list))):
        said = f"This property cannot be expanded ({'.'.join(parts)})."
        raise Refused(said, param=f"expand[{number}]")
    if isinstance(body[name], str):
        found = desk.look(body[name])
        if found is None:
            return
        body[name] = shown(desk, found)
    inside = body[name]
    if isinstance(inside, dict):
        body[name] = inside = dict(inside)
    for one in inside if isinstance(inside, list) else [inside]:
        if rest and isinstance(one, dict):
            _expand(desk, one, rest, path, number)
