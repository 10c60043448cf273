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
from maillage.fundraising.services.payments import look_again, pay_donation
from maillage.fundraising.services.receipts import ask_for_yearly_receipts, cancel_receipt, make_receipt, make_yearly_receipt

__all__ = ["identify_donor", "look_again", "pay_donation", "settle_message", "start_donation", "take_in"]
__all__ = ["complete_monthly", "look_again", "pay_donation", "settle_message", "start_donation", "take_in"]
__all__ = [
    "ask_for_yearly_receipts",
    "cancel_receipt",
    "cancel_row",
    "deposit_batch",
    "describe_batch",
    "drop_batch",
    "drop_row",
    "identify_donor",
    "look_again",
    "make_receipt",
    "make_yearly_receipt",
    "open_batch",
    "pay_donation",
    "settle_message",
    "start_donation",
    "take_in",
    "write_row",
    "write_rows",
]
