"""Payouts: what is available goes to the bank, once a day by itself."""

from typing import Any

from infra.local.stripe import balance, days, events, metadata, money, paging
from infra.local.stripe.desk import Desk
from infra.local.stripe.errors import Refused


def create(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Pay out a part of what is available, by hand.

    Raises: Refused.
    """
    amount = money.checked_amount(asked["amount"], least=1)
    money.checked_currency(asked["currency"])
    if amount > balance.sums(desk)[0]:
        said = "You have insufficient funds in your Stripe account for this transfer."
        raise Refused(said, code="balance_insufficient")
    return _made(desk, amount, asked, automatic=False)


def automatic(desk: Desk, account: str) -> None:
    """Due: pay out all that is available, and come again tomorrow while something is left."""
    rows = desk.store.rows(
        "SELECT id, json_extract(body, '$.net') FROM objects WHERE account = ? AND kind = 'balance_transaction' "
        "AND json_extract(body, '$.available_on') <= ? AND json_extract(body, '$._payout') IS NULL",
        desk.account,
        desk.now,
    )
    amount = sum(net for _, net in rows)
    if amount > 0:
        body = _made(desk, amount, {}, automatic=True)
        for id, _ in (*rows, (body["balance_transaction"], 0)):
            desk.put(desk.get("balance_transaction", id) | {"_payout": body["id"]})
    if balance.sums(desk) != (0, 0):
        desk.later(days.midnight(desk.now) + days.SECONDS, "payout", account)


def arrives(desk: Desk, id: str) -> None:
    """Due: the bank has a payout."""
    body = desk.get("payout", id)
    if body["status"] == "in_transit":
        desk.put(body | {"status": "paid"})
        events.tell(desk, "payout.paid", desk.get("payout", id))


def failed(desk: Desk, id: str) -> dict[str, Any]:
    """The bank sends a payout back: its money is available again.

    Raises: Refused.
    """
    body = desk.get("payout", id)
    if body["status"] == "failed":
        raise Refused("This payout has failed already.")
    back = balance.book(desk, "payout_failure", body["amount"], source=id, description="Payout failure")
    body |= {"status": "failed", "failure_code": "account_closed", "failure_message": "The bank account has been closed."}
    body |= {"failure_balance_transaction": back["id"]}
    desk.put(body)
    events.tell(desk, "payout.failed", body)
    return body


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read a payout."""
    return desk.get("payout", id)


def update(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Rewrite a payout's metadata."""
    body = desk.get("payout", id)
    previous = metadata.rewrite(body, asked, "metadata")
    desk.put(body)
    events.tell(desk, "payout.updated", body, previous)
    return body


def list_payouts(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List payouts."""
    equal = {name: asked.get(name) for name in ("status", "destination")}
    return paging.page(desk, "payout", asked, url="/v1/payouts", equal=equal, times=("created", "arrival_date"))


def _made(desk: Desk, amount: int, asked: dict[str, Any], *, automatic: bool) -> dict[str, Any]:
    body = made(desk, amount, asked, automatic=automatic)
    out = balance.book(desk, "payout", -amount, source=body["id"], description="STRIPE PAYOUT")
    body["balance_transaction"] = out["id"]
    desk.put(body)
    events.tell(desk, "payout.created", body)
    if automatic:
        events.tell(desk, "payout.reconciliation_completed", body)
    desk.later(body["arrival_date"], "payout_arrives", body["id"])
    return body


def made(desk: Desk, amount: int, asked: dict[str, Any], *, automatic: bool, id: str = "") -> dict[str, Any]:
    """Write a payout on its way that is not kept yet."""
    return {
        "id": id or desk.new_id("po"),
        "object": "payout",
        "amount": amount,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": days.midnight(desk.after_days(1)),
        "automatic": automatic,
        "balance_transaction": None,
        "created": desk.now,
        "currency": money.EURO,
        "description": asked.get("description", "STRIPE PAYOUT"),
        "destination": f"ba_standin_{desk.account}",
        "failure_balance_transaction": None,
        "failure_code": None,
        "failure_message": None,
        "livemode": False,
        "metadata": metadata.merged({}, asked.get("metadata")),
        "method": asked.get("method", "standard"),
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "completed" if automatic else "not_applicable",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": asked.get("statement_descriptor"),
        "status": "in_transit",
        "trace_id": {"status": "pending", "value": None},
        "type": "bank_account",
    }
