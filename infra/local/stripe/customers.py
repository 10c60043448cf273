"""Customers."""

from typing import Any

from infra.local.stripe import events, metadata, paging, payment_methods
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import missing

FIELDS = ("address", "description", "email", "name", "phone", "preferred_locales", "shipping", "tax_exempt", "metadata")


def create(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Make a customer."""
    body = made(desk, asked)
    _write(desk, body, asked)
    desk.put(body)
    events.tell(desk, "customer.created", body)
    if "payment_method" in asked:
        payment_methods.attach(desk, {"customer": body["id"]}, asked["payment_method"])
    return desk.get("customer", body["id"])


def made(desk: Desk, asked: dict[str, Any], *, id: str = "") -> dict[str, Any]:
    """Write a customer that is not kept yet and of whom nothing is told."""
    return {
        "id": id or desk.new_id("cus", 14),
        "object": "customer",
        "address": None,
        "balance": asked.get("balance", 0),
        "created": desk.now,
        "currency": None,
        "default_source": None,
        "delinquent": False,
        "description": None,
        "discount": None,
        "email": None,
        "invoice_prefix": asked.get("invoice_prefix") or desk.secret(8).upper(),
        "invoice_settings": {"custom_fields": None, "default_payment_method": None, "footer": None, "rendering_options": None},
        "livemode": False,
        "metadata": {},
        "name": None,
        "next_invoice_sequence": 1,
        "phone": None,
        "preferred_locales": [],
        "shipping": None,
        "tax_exempt": "none",
        "test_clock": None,
    }


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read a customer; one that was deleted says only so."""
    body = desk.get("customer", id)
    return {"id": id, "object": "customer", "deleted": True} if body.get("_deleted") else body


def living(desk: Desk, id: str) -> dict[str, Any]:
    """Read a customer that was not deleted.

    Raises: Refused.
    """
    body = desk.get("customer", id, param="customer")
    if body.get("_deleted"):
        raise missing("customer", id, param="customer")
    return body


def update(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Rewrite a customer."""
    body = living(desk, id)
    previous = _write(desk, body, asked)
    desk.put(body)
    events.tell(desk, "customer.updated", body, previous)
    return body


def delete(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Delete a customer; its payment methods are detached."""
    body = living(desk, id)
    for method in list(desk.each("payment_method", customer=id)):
        payment_methods.detach(desk, {}, method["id"])
    desk.put(body | {"_deleted": True})
    events.tell(desk, "customer.deleted", body)
    return {"id": id, "object": "customer", "deleted": True}


def list_customers(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List customers."""
    equal = {"email": asked.get("email")}
    return paging.page(desk, "customer", asked, url="/v1/customers", equal=equal, hidden="_deleted")


def _write(desk: Desk, body: dict[str, Any], asked: dict[str, Any]) -> dict[str, Any]:
    if asked.get("address"):
        asked = asked | {"address": payment_methods.NO_ADDRESS | asked["address"]}
    if shipping := asked.get("shipping"):
        whole = payment_methods.NO_ADDRESS | (shipping.get("address") or {})
        asked = asked | {"shipping": {"phone": None} | shipping | {"address": whole}}
    previous = metadata.rewrite(body, asked, *FIELDS)
    body["preferred_locales"] = body["preferred_locales"] or []
    if method := (asked.get("invoice_settings") or {}).get("default_payment_method"):
        desk.get("payment_method", method, param="invoice_settings[default_payment_method]")
        previous["invoice_settings"] = body["invoice_settings"]
        body["invoice_settings"] = body["invoice_settings"] | {"default_payment_method": method}
    return previous
