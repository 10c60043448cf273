"""What happened at an account before this stand-in came to be: written as it is told, and nobody is told of it by a webhook.

A demo whose books are months old tells it the payments that they speak of, so that both say the same. Amounts in cents, instants
in seconds, ids as whoever tells it has them:

{"payments": [{
    "id": "pi_…", "at": 1, "amount": 2000, "metadata": {…},
    "method": {"id": "pm_…", "card": "4000002500000003"} or {"id": "pm_…", "iban": "FR14…", "mandate": "mandate_…"},
    "customer": "cus_…",                                        who keeps the payment method, for payments without them
    "charge": {"id": "ch_…", "transaction": "txn_…", "fee": 55},    where it was paid;
    "declined": "insufficient_funds",                           or why it was not; without either it was given up
    "refunds": [{"id": "re_…", "transaction": "txn_…", "at": 2, "amount": 2000}]}],
 "payouts": [{"id": "po_…", "transaction": "txn_…", "at": 3, "until": 3, "arrives": 4, "amount": 1945}]}

A payout holds what came before `until` and was not paid out yet. What is there already stays as it is: the same may be told twice.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from infra.local.stripe import balance, cards, charges, customers, ibans, mandates, payment_intents, payment_methods, payouts, refunds
from infra.local.stripe.desk import Desk

Told = dict[str, Any]


def tell(desk: Desk, asked: Told) -> int:
    """Write all of it in the order in which it happened, and say how much was new.

    Raises: KeyError, ValueError for what is not told as it should be.
    """
    new = 0
    for at, write, told in sorted(_happened(asked), key=lambda each: each[0]):
        if at > desk.now:
            raise ValueError(f"{told['id']} lies ahead")
        if desk.look(told["id"]) is None:
            write(replace(desk, now=at), told)
            new += 1
    balance.see_to_payouts(desk)
    return new


def _happened(asked: Told) -> Iterator[tuple[int, Callable[[Desk, Told], None], Told]]:
    for payment in asked.get("payments", []):
        yield payment["at"], _payment, payment
        for refund in payment.get("refunds", []):
            yield refund["at"], _refund, refund | {"charge": payment["charge"]["id"]}
    for payout in asked.get("payouts", []):
        yield payout["at"], _payout, payout


def _payment(desk: Desk, told: Told) -> None:
    customer = told.get("customer")
    if customer and desk.look(customer) is None:
        desk.put(customers.made(desk, {}, id=customer))
    method = _method(desk, told["method"], customer)
    wanted = {"amount": told["amount"], "currency": "eur", "metadata": told.get("metadata")}
    intent = payment_intents.made(desk, wanted, id=told["id"]) | {"customer": customer, "_mandate": method.get("_mandate")}
    if paid := told.get("charge"):
        charge = charges.taken(desk, charges.made(desk, intent | {"payment_method": method["id"]}, method, id=paid["id"]))
        booked = balance.made(
            desk,
            "charge" if method["type"] == "card" else "payment",
            told["amount"],
            source=charge["id"],
            id=paid["transaction"],
            fee=paid["fee"],
            available_on=balance.funds_on(desk),
        )
        charge["balance_transaction"] = desk.put(booked)["id"]
        desk.put(charge)
        intent |= {"status": "succeeded", "amount_received": told["amount"], "latest_charge": charge["id"], "payment_method": method["id"]}
    elif reason := told.get("declined"):
        charge = desk.put(charges.declined(charges.made(desk, intent, method), reason))
        refusal = payment_methods.decline(reason, payment_method=method["id"], charge=charge["id"])
        intent |= {"latest_charge": charge["id"], "last_payment_error": dict(refusal.error)}
    else:
        intent |= {"status": "canceled", "canceled_at": desk.now, "cancellation_reason": "abandoned"}
    desk.put(intent)


def _method(desk: Desk, told: Told, customer: str | None) -> Told:
    """Read a payment method that was told before, or write it: kept for a customer, or used up."""
    if known := desk.look(told["id"]):
        return known
    if "card" in told:
        method = payment_methods.of_card(desk, cards.BY_NUMBER[told["card"]])
    else:
        method = payment_methods.of_account(desk, ibans.BY_IBAN[told["iban"]])
    method |= {"id": told["id"], "customer": customer, "_set_up": bool(customer), "_used_up": not customer}
    if "iban" in told:
        mandate = mandates.made(desk, method, {"type": "online"}, single_use=None if customer else 1, id=told["mandate"])
        method["_mandate"] = mandate["id"]
    return desk.put(method)


def _refund(desk: Desk, told: Told) -> None:
    charge = desk.get("charge", told["charge"])
    body = refunds.made(desk, charge, told["amount"], {}, id=told["id"])
    kind, said = refunds.kind_of(charge), refunds.said_of(charge)
    booked = balance.made(desk, kind, -told["amount"], source=told["id"], id=told["transaction"], description=said)
    desk.put(body | {"balance_transaction": desk.put(booked)["id"]})
    desk.put(refunds.counted(charge, told["amount"]))


def _payout(desk: Desk, told: Told) -> None:
    body = payouts.made(desk, told["amount"], {}, automatic=True, id=told["id"])
    out = balance.made(desk, "payout", -told["amount"], source=told["id"], id=told["transaction"], description="STRIPE PAYOUT")
    desk.put(out)
    desk.put(body | {"balance_transaction": out["id"], "status": "paid", "arrival_date": told["arrives"]})
    desk.store.change(
        "UPDATE objects SET body = json_set(body, '$._payout', ?) WHERE account = ? AND kind = 'balance_transaction' "
        "AND (created < ? OR id = ?) AND json_extract(body, '$._payout') IS NULL",
        told["id"],
        desk.account,
        told["until"],
        out["id"],
    )
