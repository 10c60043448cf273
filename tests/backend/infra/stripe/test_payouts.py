"""Payouts: every cent of them is in the transactions that they hold."""

import pytest
import stripe

from tests.backend.infra.stripe.paying import debit, pay, refused, told


def held(account, payout: str) -> list:
    return list(account.client.v1.balance_transactions.list({"payout": payout, "limit": 100}).auto_paging_iter())


def test_what_is_available_leaves_every_day_and_adds_up(stripe_account):
    client = stripe_account.client.v1
    first, second = pay(stripe_account), pay(stripe_account, "pm_card_us", 5_000)
    client.refunds.create({"payment_intent": first.id, "amount": 300})
    debit(stripe_account)
    balance = client.balance.retrieve()
    assert (balance.available[0].amount, balance.pending[0].amount) == (-300, 1_945 + 4_830 + 1_965)
    stripe_account.move(working_days=4)
    pay(stripe_account)
    stripe_account.control("disputes", {"charge": second.latest_charge})
    stripe_account.move(days=20)
    payouts = client.payouts.list().data
    assert len(payouts) >= 2
    for payout in payouts:
        inside = held(stripe_account, payout.id)
        assert payout.status == "paid"
        assert payout.automatic
        assert sum(one.net for one in inside if one.type != "payout") == payout.amount
        assert [one.id for one in inside if one.type == "payout"] == [payout.balance_transaction]
    every = list(client.balance_transactions.list({"limit": 3}).auto_paging_iter())
    assert sum(one.net for one in every) == client.balance.retrieve().available[0].amount + client.balance.retrieve().pending[0].amount
    assert {one.status for one in every} == {"available"}
    assert all(one.net == one.amount - one.fee and sum(part.amount for part in one.fee_details) == one.fee for one in every)
    assert told(stripe_account, "payout")[:2] == ["payout.created", "payout.reconciliation_completed"]
    assert told(stripe_account, "payout").count("payout.paid") == len(payouts)


def test_transactions_are_found_by_type_source_and_time(stripe_account):
    client = stripe_account.client.v1.balance_transactions
    intent = pay(stripe_account)
    stripe_account.move(by=100)
    refund = stripe_account.client.v1.refunds.create({"payment_intent": intent.id})
    assert [one.source for one in client.list({"type": "charge"}).data] == [intent.latest_charge]
    (one,) = client.list({"source": refund.id}).data
    assert client.retrieve(one.id).type == "refund"
    assert [two.id for two in client.list({"created": {"gt": intent.created + 50}}).data] == [one.id]
    with refused("resource_missing"):
        client.list({"payout": "po_none"})


def test_a_payout_by_hand_needs_the_money(stripe_account):
    client = stripe_account.client.v1
    pay(stripe_account, "pm_card_bypassPending", 10_000)
    with refused("balance_insufficient"):
        client.payouts.create({"amount": 10_000, "currency": "eur"})
    payout = client.payouts.create({"amount": 4_000, "currency": "eur", "metadata": {"by": "hand"}})
    assert (payout.status, payout.automatic, payout.reconciliation_status) == ("in_transit", False, "not_applicable")
    stripe_account.move(days=5)
    assert client.payouts.retrieve(payout.id).status == "paid"
    others = [one for one in client.payouts.list().data if one.automatic]
    assert sum(one.amount for one in others) == 9_685 - 4_000
    assert [one.id for one in client.payouts.list({"status": "paid", "arrival_date": {"lte": payout.arrival_date}}).data][-1] == payout.id


def test_a_payout_that_fails_comes_back_and_leaves_again(stripe_account):
    client = stripe_account.client.v1
    pay(stripe_account, "pm_card_bypassPending", 10_000)
    stripe_account.move(days=1)
    (payout,) = client.payouts.list().data
    stripe_account.control(f"payouts/{payout.id}", {"outcome": "failed"})
    failed = client.payouts.retrieve(payout.id, {"expand": ["failure_balance_transaction"]})
    assert (failed.status, failed.failure_code, failed.failure_balance_transaction.net) == ("failed", "account_closed", payout.amount)
    stripe_account.move(days=4)
    assert [(one.status, one.amount) for one in client.payouts.list().data] == [("paid", payout.amount), ("failed", payout.amount)]
    assert told(stripe_account, "payout").count("payout.failed") == 1
    assert client.balance.retrieve().available[0].amount == 0
    with pytest.raises(stripe.InvalidRequestError):
        client.payouts.retrieve("po_none")
