"""Verbs of fundraising."""

from maillage.fundraising.services.batches import (
    cancel_row,
    deposit_batch,
    describe_batch,
    drop_batch,
    drop_row,
    open_batch,
    write_row,
    write_rows,
)
from maillage.fundraising.services.donors import identify_donor
from maillage.fundraising.services.giving import start_donation
from maillage.fundraising.services.messages import settle_message, take_in
from maillage.fundraising.services.monthly_means import complete_monthly
from maillage.fundraising.services.monthly_runs import charge_instalment, look_at_monthly, take_instalments
from maillage.fundraising.services.payments import look_again, pay_donation
from maillage.fundraising.services.proofs import (
    ask_for_proof,
    confirm_proof,
    forget_proofs,
    prove_by_session,
    prove_donor,
    proved_address,
    token_of_proof,
)
from maillage.fundraising.services.receipts import ask_for_yearly_receipts, cancel_receipt, make_receipt, make_yearly_receipt

__all__ = [
    "ask_for_proof",
    "ask_for_yearly_receipts",
    "cancel_receipt",
    "cancel_row",
    "charge_instalment",
    "complete_monthly",
    "confirm_proof",
    "deposit_batch",
    "describe_batch",
    "drop_batch",
    "drop_row",
    "forget_proofs",
    "identify_donor",
    "look_again",
    "look_at_monthly",
    "make_receipt",
    "make_yearly_receipt",
    "open_batch",
    "pay_donation",
    "prove_by_session",
    "prove_donor",
    "proved_address",
    "settle_message",
    "start_donation",
    "take_in",
    "take_instalments",
    "token_of_proof",
    "write_row",
    "write_rows",
]
