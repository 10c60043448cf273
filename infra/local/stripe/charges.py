"""Charges: one attempt each to move money."""

from typing import Any

from infra.local.stripe import balance, cards, days, events, ibans, metadata, money, paging
from infra.local.stripe.desk import Desk

ADVISED = {"lost_card": "41", "stolen_card": "43", "insufficient_funds": "51", "expired_card": "54", "incorrect_cvc": "N7"}


def made(desk: Desk, intent: dict[str, Any], method: dict[str, Any], *, id: str = "") -> dict[str, Any]:
    """Write the charge of an intent; what came of it is still open."""
    id = id or desk.new_id("ch" if method["type"] == "card" else "py")
    suffix = intent["statement_descriptor_suffix"]
    return {
        "id": id,
        "object": "charge",
        "amount": intent["amount"],
        "amount_captured": 0,
        "amount_refunded": 0,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "balance_transaction": None,
        "billing_details": method["billing_details"],
        "calculated_statement_descriptor": f"STAND-IN* {suffix}".upper()[:22] if suffix else "STAND-IN",
        "captured": False,
        "created": desk.now,
        "currency": intent["currency"],
        "customer": intent["customer"],
        "description": intent["description"],
        "disputed": False,
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent["metadata"],
        "on_behalf_of": None,
        "outcome": None,
        "paid": False,
        "payment_intent": intent["id"],
        "payment_method": method["id"],
        "payment_method_details": _details(desk, intent, method),
        "receipt_email": intent["receipt_email"],
        "receipt_number": None,
        "receipt_url": None,
        "refunded": False,
        "review": None,
        "shipping": intent["shipping"],
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": suffix,
        "status": "pending",
        "transfer_data": None,
        "transfer_group": intent["transfer_group"],
    }


def taken(desk: Desk, charge: dict[str, Any], *, capture: bool = True) -> dict[str, Any]:
    """Say of a charge that it was paid, or that its amount is held when it is not captured yet."""
    charge |= {"status": "succeeded", "paid": True, "captured": capture, "outcome": _outcome("authorized")}
    charge["receipt_url"] = f"{desk.address}/_stand-in/receipts/{charge['id']}"
    charge["amount_captured"] = charge["amount"] if capture else 0
    return charge


def declined(charge: dict[str, Any], reason: str) -> dict[str, Any]:
    """Say of a charge why its bank said no."""
    code, decline_code, message = cards.DECLINES[reason]
    charge |= {"status": "failed", "failure_code": code, "failure_message": message}
    charge["outcome"] = _outcome("blocked" if reason == "fraudulent" else "issuer_declined", reason=decline_code)
    return charge


def succeed(desk: Desk, charge: dict[str, Any], *, capture: bool, booked_later: bool) -> dict[str, Any]:
    """A card was charged, or the amount held when it is not captured yet."""
    desk.put(taken(desk, charge, capture=capture))
    events.tell(desk, "charge.succeeded", charge)
    if capture and booked_later:
        desk.later(desk.now + 1, "book", charge["id"])
    elif capture:
        book(desk, charge)
    return charge


def decline(desk: Desk, charge: dict[str, Any], reason: str) -> dict[str, Any]:
    """A card was declined."""
    desk.put(declined(charge, reason))
    events.tell(desk, "charge.failed", charge)
    return charge


def book(desk: Desk, charge: dict[str, Any]) -> dict[str, Any]:
    """Write what a captured card payment brings, less its fee."""
    card = charge["payment_method_details"]["card"]
    number = (desk.look(charge["payment_method"]) or {}).get("_number", "")
    at_once = number in cards.BY_NUMBER and cards.BY_NUMBER[number].available_at_once
    amount = charge["amount_captured"]
    transaction = balance.book(
        desk,
        "charge",
        amount,
        source=charge["id"],
        fee=money.fee_of_card(amount, card["country"]),
        available_on=desk.now if at_once else balance.funds_on(desk),
        description=charge["description"],
    )
    charge["balance_transaction"] = transaction["id"]
    return desk.put(charge)


def booked_later(desk: Desk, id: str) -> None:
    """Due: a charge gets its balance transaction, which its answer did not have yet."""
    charge = book(desk, desk.get("charge", id))
    events.tell(desk, "charge.updated", charge, {"balance_transaction": None})


def debit(desk: Desk, charge: dict[str, Any]) -> dict[str, Any]:
    """A debit was handed to the bank: what it would bring is pending until it settles."""
    charge |= {"captured": True, "amount_captured": charge["amount"], "outcome": _outcome("authorized")}
    transaction = balance.book(
        desk,
        "payment",
        charge["amount"],
        source=charge["id"],
        fee=money.OF_DEBIT,
        available_on=days.midnight(desk.after_days(desk.switches.bank.debit_days + desk.switches.bank.available_days)),
        description=charge["description"],
    )
    charge["balance_transaction"] = transaction["id"]
    desk.put(charge)
    events.tell(desk, "charge.pending", charge)
    return charge


def settle_debit(desk: Desk, charge: dict[str, Any], failure: str) -> dict[str, Any]:
    """The bank paid a debit, or did not."""
    if not failure:
        charge |= {"status": "succeeded", "paid": True}
        charge["receipt_url"] = f"{desk.address}/_stand-in/receipts/{charge['id']}"
        desk.put(charge)
        events.tell(desk, "charge.succeeded", charge)
        return charge
    booked = desk.get("balance_transaction", charge["balance_transaction"])
    back = balance.book(
        desk,
        "payment_failure_refund",
        -charge["amount"],
        source=charge["id"],
        fee=-money.OF_DEBIT,
        available_on=booked["available_on"],
        description=charge["description"],
    )
    charge |= {"status": "failed", "failure_code": failure, "failure_message": ibans.FAILURES[failure]}
    charge |= {"failure_balance_transaction": back["id"], "outcome": _outcome("issuer_declined", reason=failure)}
    desk.put(charge)
    events.tell(desk, "charge.failed", charge)
    return charge


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read a charge."""
    return desk.get("charge", id)


def update(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Rewrite what a charge says of itself."""
    charge = desk.get("charge", id)
    previous = metadata.rewrite(charge, asked, "description", "metadata", "receipt_email", "transfer_group")
    desk.put(charge)
    events.tell(desk, "charge.updated", charge, previous)
    return charge


def list_charges(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List charges: those of a customer or of an intent."""
    equal = {name: asked.get(name) for name in ("customer", "payment_intent", "transfer_group")}
    return paging.page(desk, "charge", asked, url="/v1/charges", equal=equal)


def _outcome(kind: str, *, reason: str | None = None) -> dict[str, Any]:
    said = {"authorized": "Payment complete.", "blocked": "Stripe blocked this payment as too risky."}
    return {
        "advice_code": cards.ADVICE.get(reason or ""),
        "network_advice_code": None,
        "network_decline_code": ADVISED.get(reason or "", "05") if kind == "issuer_declined" else None,
        "network_status": {"authorized": "approved_by_network", "blocked": "not_sent_to_network"}.get(kind, "declined_by_network"),
        "reason": "highest_risk_level" if kind == "blocked" else reason,
        "risk_level": "highest" if kind == "blocked" else "normal",
        "seller_message": said.get(kind, "The bank did not return any further details with this decline."),
        "type": kind,
    }


def _details(desk: Desk, intent: dict[str, Any], method: dict[str, Any]) -> dict[str, Any]:
    if method["type"] == "sepa_debit":
        due = days.said(desk.after_days(desk.switches.bank.debit_days))
        known = {name: method["sepa_debit"][name] for name in ("bank_code", "branch_code", "country", "fingerprint", "last4")}
        return {"sepa_debit": known | {"expected_debit_date": due, "mandate": intent.get("_mandate")}, "type": "sepa_debit"}
    card = method["card"]
    same = ("brand", "checks", "country", "exp_month", "exp_year", "fingerprint", "funding", "last4", "regulated_status", "wallet")
    secure = None
    if intent.get("_authenticated"):
        secure = {
            "authentication_flow": "challenge",
            "electronic_commerce_indicator": "05",
            "exemption_indicator": None,
            "result": "authenticated",
            "result_reason": None,
            "transaction_id": desk.secret(36),
            "version": "2.2.0",
        }
    return {
        "card": {name: card[name] for name in same}
        | {
            "amount_authorized": intent["amount"],
            "authorization_code": desk.secret(6).upper(),
            "extended_authorization": {"status": "disabled"},
            "incremental_authorization": {"status": "unavailable"},
            "installments": None,
            "mandate": None,
            "multicapture": {"status": "unavailable"},
            "network": card["brand"],
            "network_token": {"used": False},
            "network_transaction_id": desk.secret(15),
            "overcapture": {"maximum_amount_capturable": intent["amount"], "status": "unavailable"},
            "three_d_secure": secure,
            "transaction_link_id": None,
        },
        "type": "card",
    }
