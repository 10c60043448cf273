"""Money that goes back: refunds by us, disputes by the payer's bank."""

import pytest
import stripe

from tests.backend.infra.stripe.paying import debit, pay, read, refused, told


def total(account) -> int:
    return sum(one.net for one in account.client.v1.balance_transactions.list({"limit": 100}).data)


def test_a_payment_goes_back_in_parts_and_never_twice(stripe_account):
    client = stripe_account.client.v1
    intent = pay(stripe_account)
    part = client.refunds.create(
        {"payment_intent": intent.id, "amount": 500, "expand": ["balance_transaction"], "metadata": {"why": "asked"}}
    )
    assert (part.status, part.balance_transaction.net, part.balance_transaction.fee) == ("succeeded", -500, 0)
    with pytest.raises(stripe.InvalidRequestError, match="greater than unrefunded amount"):
        client.refunds.create({"charge": intent.latest_charge, "amount": 1_501})
    with refused("parameter_invalid_integer"):
        client.refunds.create({"charge": intent.latest_charge, "amount": 0})
    rest = client.refunds.create({"charge": intent.latest_charge, "reason": "requested_by_customer"})
    assert rest.amount == 1_500
    charge = client.charges.retrieve(intent.latest_charge, {"expand": ["refunds"]})
    assert (charge.refunded, charge.amount_refunded, [one.id for one in charge.refunds.data]) == (True, 2_000, [rest.id, part.id])
    with refused("charge_already_refunded"):
        client.refunds.create({"charge": intent.latest_charge})
    assert [one.id for one in client.refunds.list({"payment_intent": intent.id}).data] == [rest.id, part.id]
    assert client.refunds.update(part.id, {"metadata": {"why": ""}}).metadata.to_dict() == {}
    assert total(stripe_account) == -55  # the fee stays with Stripe
    assert told(stripe_account)[3:7] == ["refund.created", "charge.refunded"] * 2


def test_what_was_not_paid_does_not_go_back(stripe_account):
    client = stripe_account.client.v1
    with refused("parameter_missing"):
        client.refunds.create()
    with refused("charge_not_refundable"):
        client.refunds.create({"charge": debit(stripe_account).latest_charge})
    held = pay(stripe_account, capture_method="manual")
    with refused("payment_intent_unexpected_state"):
        client.refunds.create({"payment_intent": held.id})


def test_the_refund_of_a_debit_waits(stripe_account):
    intent = debit(stripe_account)
    stripe_account.move(days=5)
    refund = stripe_account.client.v1.refunds.create({"payment_intent": intent.id})
    assert (refund.status, refund.pending_reason) == ("pending", "processing")
    stripe_account.move(days=7)
    assert stripe_account.client.v1.refunds.retrieve(refund.id).status == "succeeded"
    assert told(stripe_account, "refund") == ["refund.created", "refund.updated"]


def test_a_refund_that_waits_and_one_that_fails(stripe_account):
    client = stripe_account.client.v1
    waiting = client.refunds.create({"payment_intent": pay(stripe_account, "pm_card_pendingRefund").id})
    failing = client.refunds.create({"payment_intent": pay(stripe_account, "pm_card_refundFail").id})
    assert (waiting.status, failing.status) == ("pending", "succeeded")
    before = total(stripe_account)
    stripe_account.move(days=6)
    failed = client.refunds.retrieve(failing.id, {"expand": ["charge", "failure_balance_transaction"]})
    assert (failed.status, failed.failure_reason, failed.failure_balance_transaction.net) == ("failed", "expired_or_canceled_card", 2_000)
    assert (failed.charge.refunded, failed.charge.amount_refunded) == (False, 0)
    assert client.refunds.retrieve(waiting.id).status == "succeeded"
    paid_out = sum(one.amount for one in client.payouts.list().data)
    assert total(stripe_account) == before + 2_000 - paid_out
    assert told(stripe_account, "refund")[-3:] == ["refund.updated", "refund.updated", "refund.failed"]


def test_a_dispute_takes_the_money_and_brings_it_back_when_won(stripe_account):
    client = stripe_account.client.v1
    intent = pay(stripe_account)
    before = total(stripe_account)
    opened = stripe_account.control("disputes", {"charge": intent.latest_charge, "reason": "fraudulent"})
    assert total(stripe_account) == before - 2_000 - 2_000
    with refused("charge_disputed"):
        client.refunds.create({"payment_intent": intent.id})
    dispute = client.disputes.update(opened["id"], {"evidence": {"customer_name": "Ana"}, "submit": False})
    assert (dispute.status, dispute.evidence_details.has_evidence) == ("needs_response", True)
    stripe_account.control(f"disputes/{dispute.id}", {"outcome": "won"})
    won = client.disputes.retrieve(dispute.id, {"expand": ["charge"]})
    assert (won.status, len(won.balance_transactions), won.charge.disputed) == ("won", 2, True)
    assert total(stripe_account) == before
    assert told(stripe_account, "charge.dispute") == [
        "charge.dispute.created",
        "charge.dispute.funds_withdrawn",
        "charge.dispute.updated",
        "charge.dispute.funds_reinstated",
        "charge.dispute.closed",
    ]


def test_disputes_are_lost_given_up_or_forgotten(stripe_account):
    client = stripe_account.client.v1
    ids = [
        stripe_account.control("disputes", {"charge": pay(stripe_account).latest_charge, "reason": "product_not_received"})["id"]
        for _ in range(4)
    ]
    assert client.disputes.close(ids[0]).status == "lost"
    stripe_account.control(f"disputes/{ids[1]}", {"outcome": "lost"})
    assert client.disputes.update(ids[2], {"evidence": {"uncategorized_text": "winning_evidence"}}).status == "won"
    stripe_account.move(days=11)
    assert [client.disputes.retrieve(id).status for id in ids] == ["lost", "lost", "won", "lost"]
    assert client.disputes.retrieve(ids[3]).evidence_details.past_due
    with pytest.raises(stripe.InvalidRequestError, match="already closed"):
        client.disputes.close(ids[0])
    assert len(client.disputes.list({"limit": 3}).data) == 3


def test_a_charge_says_what_it_is_for(stripe_account):
    intent = pay(stripe_account, description="Un don", statement_descriptor_suffix="Don")
    charge = stripe_account.client.v1.charges.update(intent.latest_charge, {"description": "Un autre don"})
    assert (charge.description, charge.calculated_statement_descriptor) == ("Un autre don", "STAND-IN* DON")
    assert read(stripe_account, intent.id).description == "Un don"
