"""Stripe's objects read into our own types: pure, so that what is read back and what is tried are read alike."""

from datetime import UTC, date, datetime, time
from typing import Any

from maillage.fundraising.domain.payments import Charge, Dispute, Fee, Means, Movement, Outcome, Payment, Payout, Proof, Refund
from maillage.fundraising.domain.words import DisputeState, Method

MOVED = ["balance_transaction", "failure_balance_transaction"]
"""What of a refund or payout is asked for with it: what left the account, and what came back."""
_OUTCOMES = {
    "requires_payment_method": Outcome.OPEN,
    "requires_confirmation": Outcome.OPEN,
    "requires_action": Outcome.CONFIRMING,
    "processing": Outcome.PROCESSING,
    "requires_capture": Outcome.AUTHORISED,
    "succeeded": Outcome.PAID,
    "canceled": Outcome.CANCELLED,
}
_DISPUTES = {
    "needs_response": DisputeState.NEEDS_RESPONSE,
    "warning_needs_response": DisputeState.NEEDS_RESPONSE,
    "under_review": DisputeState.UNDER_REVIEW,
    "warning_under_review": DisputeState.UNDER_REVIEW,
    "won": DisputeState.WON,
    "warning_closed": DisputeState.WON,
    "lost": DisputeState.LOST,
    "prevented": DisputeState.LOST,
}
_DEBITED_AT = time(10, tzinfo=UTC)
"""The hour written down for a debit, of which a bank tells the day alone: one at which that day is the same wherever money is raised."""
DONATION = "donation"
"""The metadata by which an object at Stripe names the row of ours that it is for."""
REQUEST = "request"
"""The metadata by which a refund names the request of ours that it answers."""


class UnknownMeans(Exception):
    """A way to pay that is neither a card nor a SEPA debit; the message is what the provider calls it."""


def payment_of(found: Any) -> Payment:
    """Read a payment intent; a charge counts once it is taken."""
    error = found.last_payment_error
    chosen = found.payment_method
    charge = found.latest_charge
    charge = charge if charge is not None and not isinstance(charge, str) else None
    is_taken = charge is not None and charge.status == "succeeded" and charge.captured  # a debit on its way is "paid" too
    details = charge.payment_method_details if charge is not None else None
    kind = chosen.type if chosen is not None and not isinstance(chosen, str) else (details.type if details is not None else "")
    debit = getattr(details, "sepa_debit", None)
    return Payment(
        id=found.id,
        donation=donation_named(found),
        outcome=_OUTCOMES[found.status],
        amount=found.amount,
        currency=found.currency,
        secret=found.client_secret or "",
        decline=_decline(error) if error and found.status == "requires_payment_method" else "",
        charge=_charge(charge, was_held=_was_held(found)) if is_taken else None,
        means=chosen if isinstance(chosen, str) else (chosen.id if chosen is not None else ""),
        method=Method(kind) if kind in (Method.CARD, Method.SEPA_DEBIT) else None,
        fingerprint=_fingerprint(details) or _fingerprint(chosen),
        mandate=str(getattr(debit, "mandate", None) or ""),
        debit_on=_debit_on(debit),
        bank_page=_bank_page(found),
    )


def _debit_on(debit: Any) -> date | None:
    due = getattr(debit, "expected_debit_date", None)
    return date.fromisoformat(due) if due else None


def _fingerprint(means: Any) -> str:
    kind = getattr(means, "type", "")
    return str(getattr(getattr(means, kind, None), "fingerprint", None) or "")


def _bank_page(found: Any) -> str:
    asks = found.next_action
    return str(asks.redirect_to_url.url) if asks is not None and asks.type == "redirect_to_url" else ""


def proof_in(found: Any) -> Proof:
    """Read a setup intent, by which a way to pay is proved."""
    error = found.last_setup_error
    return Proof(
        id=found.id,
        is_done=found.status == "succeeded",
        about=found.metadata.to_dict() if found.metadata else {},
        means=str(found.payment_method or ""),
        mandate=str(found.mandate or ""),
        bank_page=_bank_page(found),
        decline=(error.decline_code or error.code or "") if error else "",
    )


def donation_named(found: Any) -> str:
    """Return the row of ours that an object names; empty where it names none."""
    metadata = found.metadata
    return str(metadata[DONATION]) if metadata and DONATION in metadata else ""


def _decline(error: Any) -> str:
    return str(getattr(error, "decline_code", None) or getattr(error, "code", None) or "card_declined")


def _was_held(found: Any) -> bool:
    options = getattr(found.payment_method_options, "card", None) if found.payment_method_options else None
    return getattr(options, "capture_method", None) == "manual"


def _charge(found: Any, *, was_held: bool) -> Charge | None:
    """Read what was taken; None where its day is not told yet, as of a card that was held and is being taken."""
    movement = found.balance_transaction
    booked = movement if movement is not None and not isinstance(movement, str) else None
    if was_held and booked is None:
        return None
    due = _debit_on(getattr(found.payment_method_details, "sepa_debit", None))
    happened_at = instant_of(booked.created if was_held and booked is not None else found.created)
    return Charge(
        id=found.id,
        amount=found.amount_captured,
        refunded=found.amount_refunded - (found.amount - found.amount_captured),  # what was not taken counts as given back there
        currency=found.currency,
        happened_at=datetime.combine(due, _DEBITED_AT) if due else happened_at,
        fee=Fee(id=booked.id, amount=booked.fee, happened_at=instant_of(booked.created)) if booked is not None else None,
        is_disputed=found.disputed,
    )


def means_in(found: Any, *, id: str) -> Means:
    """Read a way to pay, or the preview of one, under an id of it. Raises: UnknownMeans."""
    if found.type == "sepa_debit":
        debit = found.sepa_debit
        return Means(id=id, method=Method.SEPA_DEBIT, label=f"IBAN •••• {debit.last4}", fingerprint=debit.fingerprint or "")
    if found.type != "card":
        raise UnknownMeans(found.type)
    card = found.card
    ends_on = _last_day(card.exp_year, card.exp_month)
    return Means(
        id=id,
        method=Method.CARD,
        label=f"{(card.display_brand or card.brand).replace('_', ' ').title()} •••• {card.last4}",
        fingerprint=card.fingerprint or "",
        country=card.country or "",
        funding=card.funding or "",
        description=getattr(card, "description", None) or "",
        ends_on=ends_on,
    )


def _last_day(year: int, month: int) -> date:
    following = date(year + month // 12, month % 12 + 1, 1)
    return date.fromordinal(following.toordinal() - 1)


def refund_of(found: Any) -> Refund:
    """Read a refund, with when it left and when it came back."""
    left, back = (getattr(found, name, None) for name in MOVED)
    metadata = found.metadata
    return Refund(
        id=found.id,
        charge=str(found.charge),
        amount=found.amount,
        state=found.status or "",
        happened_at=instant_of(left.created if left is not None else found.created),
        has_moved=left is not None,
        came_back_at=instant_of(back.created) if back is not None else None,
        request=str(metadata[REQUEST]) if metadata and REQUEST in metadata else "",
    )


def dispute_of(found: Any) -> Dispute:
    """Read a dispute."""
    due = found.evidence_details.due_by if found.evidence_details else None
    return Dispute(
        id=found.id,
        charge=str(found.charge),
        intent=str(found.payment_intent or ""),
        amount=found.amount,
        state=_DISPUTES[found.status],
        reason=found.reason or "",
        due_at=instant_of(due) if due else None,
        happened_at=instant_of(found.created),
        is_inquiry=found.status.startswith("warning_"),
        movements=tuple(movement_of(each) for each in found.balance_transactions),
    )


def movement_of(found: Any) -> Movement:
    """Read a line of the provider's books."""
    return Movement(
        id=found.id,
        kind=found.type,
        amount=found.amount,
        fee=found.fee,
        source=str(found.source or ""),
        happened_at=instant_of(found.created),
    )


def payout_of(found: Any) -> Payout:
    """Read a payout, with when it left and when it came back."""
    left, back = (getattr(found, name, None) for name in MOVED)
    return Payout(
        id=found.id,
        amount=found.amount,
        state=found.status,
        arrives_on=instant_of(found.arrival_date).date(),
        happened_at=instant_of(left.created if left is not None else found.created),
        came_back_at=instant_of(back.created) if back is not None else None,
        failure=getattr(found, "failure_code", None) or "",
        is_automatic=found.automatic,
    )


def instant_of(seconds: int) -> datetime:
    """Return the instant of a number of seconds."""
    return datetime.fromtimestamp(seconds, tz=UTC)
