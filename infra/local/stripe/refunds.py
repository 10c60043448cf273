"""Refunds: a payment goes back, whole or in part."""

from typing import Any

from infra.local.stripe import balance, cards, events, metadata, money, paging
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused


def create(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Give money back.

    Raises: Refused when there is none to give back, or a bank disputes it.
    """
    charge = _charge(desk, asked)
    left = charge["amount"] - charge["amount_refunded"]
    if charge["refunded"] or left <= 0:
        raise Refused(f"Charge {charge['id']} has already been refunded.", code="charge_already_refunded")
    amount = asked.get("amount", left)
    if amount < 1:
        raise Refused("Invalid positive integer", code="parameter_invalid_integer", param="amount")
    if amount > left:
        said = f"Refund amount ({money.euros(amount)}) is greater than unrefunded amount on charge ({money.euros(left)})"
        raise Refused(said, param="amount")
    card = charge["payment_method_details"].get("card")
    method = desk.get("payment_method", charge["payment_method"])
    waits = desk.switches.bank.refunds_wait
    odd = "pending" if waits or not card else cards.BY_NUMBER[method["_number"]].refund
    body = made(desk, charge, amount, asked)
    if odd == "pending":
        body |= {"status": "pending", "pending_reason": "processing"}
    if not waits:
        _book(desk, body, charge)
    desk.put(body)
    desk.put(counted(charge, amount))
    events.tell(desk, "refund.created", body)
    events.tell(desk, "charge.refunded", charge)
    if odd:
        desk.later(desk.after_days(desk.switches.bank.refund_days), f"refund_{odd}", body["id"])
    return body


def made(desk: Desk, charge: dict[str, Any], amount: int, asked: dict[str, Any], *, id: str = "") -> dict[str, Any]:
    """Write a refund that arrived and is not kept yet."""
    card = charge["payment_method_details"].get("card")
    return {
        "id": id or desk.new_id("re" if card else "pyr"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": None,
        "charge": charge["id"],
        "created": desk.now,
        "currency": charge["currency"],
        "customer": None,
        "customer_account": None,
        "destination_details": {"card": {"type": "refund"}, "type": "card"}
        if card
        else {"sepa_bank_transfer": {}, "type": "sepa_bank_transfer"},
        "metadata": metadata.merged({}, asked.get("metadata")),
        "payment_intent": charge["payment_intent"],
        "payment_method": charge["payment_method"],
        "reason": asked.get("reason"),
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": "succeeded",
        "transfer_reversal": None,
    }


def kind_of(charge: dict[str, Any]) -> str:
    """Name the balance transaction of a charge's refund."""
    return "refund" if "card" in charge["payment_method_details"] else "payment_refund"


def said_of(charge: dict[str, Any]) -> str:
    """Describe the balance transaction of a charge's refund."""
    what = "CHARGE" if "card" in charge["payment_method_details"] else "PAYMENT"
    return f"REFUND FOR {what} ({charge['description'] or charge['id']})"


def counted(charge: dict[str, Any], amount: int) -> dict[str, Any]:
    """Say of a charge that so much more of it went back."""
    charge["amount_refunded"] += amount
    charge["refunded"] = charge["amount_refunded"] >= charge["amount"]
    return charge


def arrives(desk: Desk, id: str) -> None:
    """Due: a pending refund arrives."""
    body = desk.get("refund", id)
    body |= {"status": "succeeded"}
    if body["balance_transaction"] is None:
        _book(desk, body, desk.get("charge", body["charge"]))
    del body["pending_reason"]
    desk.put(body)
    _tell_update(desk, body, {"status": "pending"})


def comes_back(desk: Desk, id: str) -> None:
    """Due: a refund that seemed to succeed comes back; the money is ours again."""
    body = desk.get("refund", id)
    back = balance.book(desk, "refund_failure", body["amount"], source=id, description=f"REFUND FAILURE ({id})")
    was = body["status"]
    body |= {"status": "failed", "failure_reason": "expired_or_canceled_card", "failure_balance_transaction": back["id"]}
    desk.put(body)
    desk.put(counted(desk.get("charge", body["charge"]), -body["amount"]))
    _tell_update(desk, body, {"status": was})
    events.tell(desk, "refund.failed", body)


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read a refund."""
    return desk.get("refund", id)


def update(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Rewrite a refund's metadata."""
    body = desk.get("refund", id)
    previous = metadata.rewrite(body, asked, "metadata")
    desk.put(body)
    _tell_update(desk, body, previous)
    return body


def list_refunds(desk: Desk, asked: dict[str, Any], charge: str | None = None) -> dict[str, Any]:
    """List refunds: those of a charge or of an intent."""
    equal = {"charge": charge or asked.get("charge"), "payment_intent": asked.get("payment_intent")}
    return paging.page(desk, "refund", asked, url=f"/v1/charges/{charge}/refunds" if charge else "/v1/refunds", equal=equal)


def _book(desk: Desk, body: dict[str, Any], charge: dict[str, Any]) -> None:
    """Take the money from the balance."""
    back = balance.book(desk, kind_of(charge), -body["amount"], source=body["id"], description=said_of(charge))
    body["balance_transaction"] = back["id"]


def _charge(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    if "charge" in asked:
        charge = desk.get("charge", asked["charge"], param="charge")
    elif "payment_intent" in asked:
        intent = desk.get("payment_intent", asked["payment_intent"], param="payment_intent")
        if intent["status"] != "succeeded":
            raise Refused(
                f"This PaymentIntent ({intent['id']}) does not have a successful charge to refund.",
                code="payment_intent_unexpected_state",
                param="payment_intent",
            )
        charge = desk.get("charge", intent["latest_charge"])
    else:
        raise Refused(
            "One of the following params should be provided for this request: payment_intent or charge.", code="parameter_missing"
        )
    if charge["status"] != "succeeded" or not charge["captured"]:
        raise Refused(f"Charge {charge['id']} is {charge['status']} and cannot be refunded.", code="charge_not_refundable", param="charge")
    if charge["disputed"] and not all(one["is_charge_refundable"] for one in desk.each("dispute", charge=charge["id"])):
        raise Refused(f"Charge {charge['id']} has been charged back; cannot issue a refund.", code="charge_disputed", param="charge")
    return charge


def _tell_update(desk: Desk, body: dict[str, Any], previous: dict[str, Any]) -> None:
    events.tell(desk, "refund.updated", body, previous)
    events.tell(desk, "charge.refund.updated", body, previous)
