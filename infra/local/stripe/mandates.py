"""Mandates: what a payer agreed to, for debits above all."""

from typing import Any

from infra.local.stripe import events
from infra.local.stripe.desk import Desk


def made(desk: Desk, method: dict[str, Any], acceptance: dict[str, Any], *, single_use: int | None = None, id: str = "") -> dict[str, Any]:
    """Write a mandate for a payment method: for many payments, or for one of so many cents."""
    id = id or desk.new_id("mandate")
    details: dict[str, Any] = {"card": {}}
    if method["type"] == "sepa_debit":
        details = {"sepa_debit": {"reference": desk.secret(16).upper(), "url": f"{desk.address}/_stand-in/mandates/{id}"}}
    body: dict[str, Any] = {
        "id": id,
        "object": "mandate",
        "customer_acceptance": {"accepted_at": acceptance.get("accepted_at", desk.now), "type": acceptance["type"]}
        | {name: acceptance.get(name, {}) for name in ("online", "offline") if name == acceptance["type"]},
        "livemode": False,
        "payment_method": method["id"],
        "payment_method_details": details | {"type": method["type"]},
        "status": "active",
        "type": "multi_use" if single_use is None else "single_use",
    }
    body |= {"multi_use": {}} if single_use is None else {"single_use": {"amount": single_use, "currency": "eur"}}
    return desk.put(body)


def end(desk: Desk, id: str) -> None:
    """A bank took a mandate back."""
    body = desk.get("mandate", id)
    if body["status"] == "active":
        desk.put(body | {"status": "inactive"})
        events.tell(desk, "mandate.updated", desk.get("mandate", id), {"status": "active"})


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read a mandate."""
    return desk.get("mandate", id)
