"""The balance of an account, and the transactions that make it."""

from typing import Any

from infra.local.stripe import days, money, paging
from infra.local.stripe.desk import Desk

REPORTED = {
    "payment": "charge",
    "payment_failure_refund": "charge_failure",
    "payment_refund": "refund",
    "refund_failure": "refund_failure",
    "payout_failure": "payout_reversal",
}


def book(
    desk: Desk,
    kind: str,
    amount: int,
    *,
    source: str,
    fee: int = 0,
    available_on: int | None = None,
    description: str | None = None,
    reported: str | None = None,
    fee_is: str = "Stripe processing fees",
) -> dict[str, Any]:
    """Write a balance transaction, and see that a payout follows."""
    body = made(
        desk, kind, amount, source=source, fee=fee, available_on=available_on, description=description, reported=reported, fee_is=fee_is
    )
    desk.put(body)
    if kind != "payout":
        see_to_payouts(desk)
    return body


def see_to_payouts(desk: Desk) -> None:
    """See that an account pays out by itself, from the next midnight on."""
    if not desk.store.rows("SELECT 1 FROM due WHERE account = ? AND what = 'payout'", desk.account):
        desk.later(days.midnight(desk.now) + days.SECONDS, "payout", desk.account)


def made(
    desk: Desk,
    kind: str,
    amount: int,
    *,
    source: str,
    id: str = "",
    fee: int = 0,
    available_on: int | None = None,
    description: str | None = None,
    reported: str | None = None,
    fee_is: str = "Stripe processing fees",
) -> dict[str, Any]:
    """Write a balance transaction that is not kept yet."""
    return {
        "id": id or desk.new_id("txn"),
        "object": "balance_transaction",
        "amount": amount,
        "available_on": desk.now if available_on is None else available_on,
        "balance_type": "payments",
        "created": desk.now,
        "currency": money.EURO,
        "description": description,
        "exchange_rate": None,
        "fee": fee,
        "fee_details": money.fee_details(fee, fee_is),
        "net": amount - fee,
        "reporting_category": reported or REPORTED.get(kind, kind),
        "source": source,
        "status": "pending",
        "type": kind,
        "_payout": None,
    }


def funds_on(desk: Desk) -> int:
    """The day on which what comes in now can be paid out."""
    return days.midnight(desk.after_days(desk.switches.bank.available_days))


def sums(desk: Desk) -> tuple[int, int]:
    """Add up what is available and what is pending."""
    rows = desk.store.rows(
        "SELECT json_extract(body, '$.available_on') <= ?, sum(json_extract(body, '$.net')) FROM objects "
        "WHERE account = ? AND kind = 'balance_transaction' GROUP BY 1",
        desk.now,
        desk.account,
    )
    total = dict(rows)
    return total.get(1, 0), total.get(0, 0)


def retrieve_balance(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """Read the balance."""
    available, pending = sums(desk)
    return {
        "object": "balance",
        "available": [{"amount": available, "currency": money.EURO, "source_types": {"card": available}}],
        "connect_reserved": [{"amount": 0, "currency": money.EURO}],
        "livemode": False,
        "pending": [{"amount": pending, "currency": money.EURO, "source_types": {"card": pending}}],
    }


def retrieve(desk: Desk, asked: dict[str, Any], id: str) -> dict[str, Any]:
    """Read a balance transaction."""
    return desk.get("balance_transaction", id)


def list_transactions(desk: Desk, asked: dict[str, Any]) -> dict[str, Any]:
    """List balance transactions: those of an automatic payout, of a type, of a source."""
    if "payout" in asked:
        desk.get("payout", asked["payout"], param="payout")
    equal = {"_payout": asked.get("payout"), "type": asked.get("type"), "source": asked.get("source"), "currency": asked.get("currency")}
    return paging.page(desk, "balance_transaction", asked, url="/v1/balance_transactions", equal=equal)
