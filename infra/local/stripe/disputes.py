"""Disputes: a payer's bank takes a payment back. One of a card can be won; a returned debit is lost from the start."""

from typing import Any

from infra.local.stripe import balance, days, events, mandates, metadata, money, paging
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused

TEXTS = [
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
]
REASONS = {"fraudulent": "10.4", "product_not_received": "13.1", "general": "13.9", "duplicate": "12.6.1", "unrecognized": "10.4"}
OF_BANKS = (
    "bank_cannot_process",
    "customer_initiated",
    "debit_not_authorized",
    "general",
    "incorrect_account_details",
    "insufficient_funds",
)
TO_ANSWER = 9  # days
DECIDES = {"winning_evidence": "won", "losing_evidence": "lost"}
OPEN = ("needs_response", "under_review")


def opened(desk: Desk, charge_id: str, reason: str) -> dict[str, Any]:
    """A card's bank takes a payment back, for now.

    Raises: Refused when it cannot.
    """
    charge = _disputable(desk, charge_id)
    if "card" not in charge["payment_method_details"]:
        raise Refused("A debit is not disputed, it is returned.")
    return _open(desk, charge, reason, status="needs_response", fee=money.OF_DISPUTE)


def returned(desk: Desk, charge_id: str, reason: str) -> dict[str, Any]:
    """A bank returns a debit that had succeeded: a dispute that is lost at once, and the mandate ends.

    Raises: Refused when it cannot.
    """
    charge = _disputable(desk, charge_id)
    if "sepa_debit" not in charge["payment_method_details"]:
        raise Refused("Only a debit can be returned by its bank.")
    if reason not in OF_BANKS:
        raise Refused(f"Invalid reason: must be one of {', '.join(OF_BANKS)}", param="reason")
    body = _open(desk, charge, reason, status="lost", fee=money.OF_RETURN)
    events.tell(desk, "charge.dispute.closed", body)
    if mandate := charge["payment_method_details"]["sepa_debit"]["mandate"]:
        mandates.end(desk, mandate)
    return body


def settled(desk: Desk, body: dict[str, Any], outcome: str) -> dict[str, Any]:
    """The payer's bank decided; what was won comes back with the fee.

    Raises: Refused when it had already.
    """
    if body["status"] not in OPEN:
        raise Refused(f"This dispute is already closed ({body['status']}).")
    body |= {"status": outcome, "is_charge_refundable": False}
    if outcome == "won":
        back = balance.book(
            desk,
            "adjustment",
            body["amount"],
            source=body["id"],
            fee=-money.OF_DISPUTE,
            description=f"Chargeback reversal for {body['charge']}",
            reported="dispute_reversal",
            fee_is="Dispute fee",
        )
        body["balance_transactions"] = [*body["balance_transactions"], back["id"]]
    desk.put(body)
    if outcome == "won":
        events.tell(desk, "charge.dispute.funds_reinstated", body)
    events.tell(desk, "charge.dispute.closed", body)
    return body


def unanswered(desk: Desk, id: str) -> None:
    """Due: a dispute that nobody answered is lost."""
    body = desk.get("dispute", id)
    if body["status"] == "needs_response":
        body["evidence_details"]["past_due"] = True
        settled(desk, body, "lost")


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read a dispute."""
    return desk.get("dispute", id)


def update(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Bring evidence. `winning_evidence` or `losing_evidence` as uncategorised text decides at once, as in Stripe's tests."""
    body = desk.get("dispute", id)
    previous = metadata.rewrite(body, asked, "metadata")
    evidence = asked.get("evidence") or {}
    if evidence:
        if body["status"] != "needs_response":
            raise Refused("This dispute can no longer be answered.")
        body["evidence"] |= evidence
        details = body["evidence_details"]
        details["has_evidence"] = True
        if asked.get("submit", True):
            details["submission_count"] += 1
            previous["status"], body["status"] = body["status"], "under_review"
    desk.put(body)
    events.tell(desk, "charge.dispute.updated", body, previous)
    outcome = DECIDES.get(evidence.get("uncategorized_text", ""))
    return settled(desk, body, outcome) if outcome and body["status"] == "under_review" else body


def close(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Give a dispute up."""
    return settled(desk, desk.get("dispute", id), "lost")


def list_disputes(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List disputes: those of a charge or of an intent."""
    equal = {name: asked.get(name) for name in ("charge", "payment_intent")}
    return paging.page(desk, "dispute", asked, url="/v1/disputes", equal=equal)


def _disputable(desk: Desk, id: str) -> dict[str, Any]:
    charge = desk.get("charge", id, param="charge")
    if charge["status"] != "succeeded" or not charge["captured"]:
        raise Refused(f"Charge {id} brought no money that could be taken back.", param="charge")
    if charge["disputed"]:
        raise Refused(f"Charge {id} is disputed already.", param="charge")
    if charge["refunded"]:
        raise Refused(f"Charge {id} was refunded whole.", param="charge")
    return charge


def _open(desk: Desk, charge: dict[str, Any], reason: str, *, status: str, fee: int) -> dict[str, Any]:
    amount = charge["amount"] - charge["amount_refunded"]
    card = charge["payment_method_details"].get("card")
    due = days.midnight(desk.now) + TO_ANSWER * days.SECONDS + days.SECONDS - 1
    body: dict[str, Any] = {
        "id": desk.new_id("dp" if card else "pdp"),
        "object": "dispute",
        "amount": amount,
        "balance_transactions": [],
        "charge": charge["id"],
        "created": desk.now,
        "currency": charge["currency"],
        "enhanced_eligibility_types": [],
        "evidence": dict.fromkeys(TEXTS) | {"enhanced_evidence": {}},
        "evidence_details": {
            "due_by": due if card else None,
            "enhanced_eligibility": {},
            "has_evidence": False,
            "past_due": False,
            "submission_count": 0,
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": {},
        "payment_intent": charge["payment_intent"],
        "payment_method_details": None,
        "reason": reason,
        "status": status,
    }
    if card:
        kind = {
            "brand": card["brand"],
            "case_type": "chargeback",
            "network": card["network"],
            "network_reason_code": REASONS.get(reason, "10.4"),
        }
        body["payment_method_details"] = {"card": kind, "type": "card"}
    taken = balance.book(
        desk,
        "adjustment",
        -amount,
        source=body["id"],
        fee=fee,
        description=f"Chargeback withdrawal for {charge['id']}",
        reported="dispute",
        fee_is="Dispute fee",
    )
    body["balance_transactions"] = [taken["id"]]
    desk.put(body)
    charge["disputed"] = True
    desk.put(charge)
    events.tell(desk, "charge.dispute.created", body)
    events.tell(desk, "charge.dispute.funds_withdrawn", body)
    if card:
        desk.later(due, "unanswered", body["id"])
    return body
