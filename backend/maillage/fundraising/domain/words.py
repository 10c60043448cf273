"""Words of giving."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Nature(models.TextChoices):
    """What money is given as."""

    DONATION = "donation", _("donation")
    DUES = "dues", _("membership dues")


class Method(models.TextChoices):
    """How money comes. Wallets are cards; the first two go through the payment provider."""

    CARD = "card", _("card")
    SEPA_DEBIT = "sepa_debit", _("SEPA direct debit")
    CHEQUE = "cheque", _("cheque")
    CASH = "cash", _("cash")
    TRANSFER = "transfer", _("bank transfer")


THROUGH_PROVIDER = (Method.CARD, Method.SEPA_DEBIT)

BY_HAND = (Method.CHEQUE, Method.CASH, Method.TRANSFER)
"""Entered by the treasurer, who saw the paper."""


class DonationState(models.TextChoices):
    """Where one donation stands.

    `started` until the provider took it up; `confirming` while the donor's bank asks them; `processing` while a debit is on its way;
    `held` while the card's owner is looked at, with nothing taken yet; `settled` once the money is ours; `failed` when it was
    declined and may be tried again; `ended` once it cannot be paid any more.
    """

    STARTED = "started", _("started")
    CONFIRMING = "confirming", _("to be confirmed with the bank")
    PROCESSING = "processing", _("on its way")
    HELD = "held", _("looked at by the treasurer")
    SETTLED = "settled", _("received")
    FAILED = "failed", _("not paid")
    ENDED = "ended", _("given up")


PENDING = (DonationState.STARTED, DonationState.CONFIRMING, DonationState.PROCESSING, DonationState.HELD)
"""States that reserve a part of a cap; a settled one uses it."""

PAID = (DonationState.PROCESSING, DonationState.HELD, DonationState.SETTLED)
"""States in which nothing is left to do for whoever gives."""

COUNTED = (*PENDING, DonationState.SETTLED)
"""States that count towards a cap."""


class MonthlyState(models.TextChoices):
    """Where a monthly donation stands.

    `starting` until its first payment is settled or on its way; `active` while instalments come; `paused` until a day or until
    its donor resumes; `failing` while its way to pay is refused; `stopped` for good.
    """

    STARTING = "starting", _("starting")
    ACTIVE = "active", _("active")
    PAUSED = "paused", _("paused")
    FAILING = "failing", _("waiting for another card")
    STOPPED = "stopped", _("stopped")


RUNNING = (MonthlyState.STARTING, MonthlyState.ACTIVE, MonthlyState.FAILING)
"""States in which instalments still to come count towards a cap."""


class MonthlyStepKind(models.TextChoices):
    """What happened to a monthly donation, each told to its donor."""

    BEGUN = "begun", _("begun")
    ANNOUNCED = "announced", _("debit announced")
    REFUSED = "refused", _("instalment refused")
    CONFIRM_ASKED = "confirm_asked", _("to be confirmed with the bank")
    CARD_ENDS = "card_ends", _("card ends soon")
    CAPPED = "capped", _("more than the law allows")
    NOT_TAKEN = "not_taken", _("not taken: the fund does not collect")
    PAUSED = "paused", _("paused")
    RESUMED = "resumed", _("resumed")
    STOPPED = "stopped", _("stopped")
    AMOUNT_CHANGED = "amount_changed", _("amount changed")
    DAY_CHANGED = "day_changed", _("day changed")
    MEANS_CHANGED = "means_changed", _("another way to pay")


UNDONE_BY_LINK = (MonthlyStepKind.PAUSED, MonthlyStepKind.RESUMED, MonthlyStepKind.STOPPED)
"""Changes that whoever holds a mail of ours may undo, as they may make them; the others need the code, undone as made."""


class StepBy(models.TextChoices):
    """Who changed a monthly donation."""

    SCHEDULE = "schedule", _("the schedule")
    LINK = "link", _("whoever holds the link")
    DONOR = "donor", _("the donor, by a code")
    TREASURER = "treasurer", _("the treasurer")


class HeldFor(models.TextChoices):
    """Why a card waits for the treasurer before anything is taken."""

    COMPANY = "company", _("it may be a company's card")
    PREPAID = "prepaid", _("it is a prepaid card")
    FOREIGN = "foreign", _("it was issued in another country")


class Account(models.TextChoices):
    """Where money stands in the books. Debits are positive: what an account of money holds, what is spent."""

    PROVIDER = "provider", _("at the payment provider")
    BANK = "bank", _("in the bank")
    CASH = "cash", _("cash in hand")
    CHEQUES = "cheques", _("cheques in hand")
    DONATIONS = "donations", _("donations")
    DUES = "dues", _("membership dues")
    REFUNDS = "refunds", _("donations given back")
    DISPUTES = "disputes", _("donations taken back by banks")
    FEES = "fees", _("fees of the payment provider")
    TRANSFERS = "transfers", _("between funds")
    OTHER = "other", _("to be explained, at the payment provider")


class EntryKind(models.TextChoices):
    """What an entry of the ledger writes down."""

    DONATION = "donation", _("donation")
    FEE = "fee", _("fee")
    REFUND = "refund", _("refund")
    REFUND_FAILED = "refund_failed", _("refund that failed")
    DISPUTE = "dispute", _("dispute")
    DISPUTE_WON = "dispute_won", _("dispute won")
    PAYOUT = "payout", _("payout")
    PAYOUT_FAILED = "payout_failed", _("payout that failed")
    DEPOSIT = "deposit", _("deposit")
    TRANSFER = "transfer", _("transfer between funds")
    CORRECTION = "correction", _("correction")
    OTHER = "other", _("another movement at the payment provider")


class CancelledFor(models.TextChoices):
    """Why a donation that was written down by hand is taken out of the books again."""

    TYPED_WRONG = "typed_wrong", _("it was typed wrongly")
    UNPAID = "unpaid", _("the donor’s bank did not pay it")


class StatementFormat(models.TextChoices):
    """How a bank writes its statements."""

    CAMT_053 = "camt.053", "camt.053"
    CSV = "csv", "CSV"


class SetAside(models.TextChoices):
    """What a line of the bank is that these books do not keep."""

    BANK_FEE = "bank_fee", _("a fee of the bank")
    EXPENSE = "expense", _("an expense")
    OWN_TRANSFER = "own_transfer", _("a transfer between accounts of ours")
    OTHER_INCOME = "other_income", _("other income, not a donation")


class RefundState(models.TextChoices):
    """Where a refund that the treasurer asked for stands."""

    ASKED = "asked", _("asked for")
    DONE = "done", _("given back")
    FAILED = "failed", _("not given back")


class DisputeState(models.TextChoices):
    """Where a dispute stands. A debit that its bank returned is lost from the start."""

    NEEDS_RESPONSE = "needs_response", _("waits for our answer")
    UNDER_REVIEW = "under_review", _("the bank decides")
    WON = "won", _("won")
    LOST = "lost", _("lost")


class PayoutState(models.TextChoices):
    """Where money sent to the bank account stands."""

    PENDING = "pending", _("about to leave")
    IN_TRANSIT = "in_transit", _("on its way to the bank")
    PAID = "paid", _("in the bank")
    FAILED = "failed", _("sent back by the bank")
    CANCELED = "canceled", _("called back")


class MovementState(models.TextChoices):
    """How a line of the provider's books stands in ours.

    `under_way`: a debit that is not settled yet; `cancelled_out`: a debit that failed, whose two lines make nothing.
    """

    OPEN = "open", _("not in our books")
    UNDER_WAY = "under_way", _("on its way")
    BOOKED = "booked", _("in our books")
    CANCELLED_OUT = "cancelled_out", _("came to nothing")


class DifferenceKind(models.TextChoices):
    """What the books and the payment provider do not agree about."""

    IN_BOOKS_ONLY = "in_books_only", _("in our books only")
    AT_PROVIDER_ONLY = "at_provider_only", _("at the payment provider only")
    AMOUNTS = "amounts", _("different amounts")
    UNAUTHORISED = "unauthorised", _("given back without the agent’s authorisation")
    BALANCE = "balance", _("the balance is not what its movements make")
    NEGATIVE = "negative", _("the balance is below zero")
    UNKNOWN_MOVEMENT = "unknown_movement", _("a movement of a kind that needs an explanation")
    UNSEEN_MEANS = "unseen_means", _("paid by another card or account than the one that was looked at")


class HeldOutcome(models.TextChoices):
    """What became of a card that waited for the treasurer."""

    WAITING = "waiting", _("waits for the treasurer")
    TAKEN = "taken", _("taken")
    REFUSED = "refused", _("refused by the treasurer")
    LAPSED = "lapsed", _("nobody decided in time")


class ExcessState(models.TextChoices):
    """Where what was given beyond a cap stands."""

    FOUND = "found", _("to be decided")
    AUTHORISED = "authorised", _("the agent agreed that it goes back")
    RETURNED = "returned", _("given back")
    DISMISSED = "dismissed", _("stays")


class NearState(models.TextChoices):
    """What was said of two identities that may be one person."""

    OPEN = "open", _("to be decided")
    SAME = "same", _("the same person")
    NOT_SAME = "not_same", _("two people")
