"""The provider's books, line by line, and what each line is in ours: written once, whichever way it is learnt."""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage.fundraising.domain import payments as words
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.words import MovementState
from maillage.fundraising.models import Fund, LedgerEntry, Movement
from maillage.fundraising.services import ledger

CHARGES = frozenset({"charge", "payment"})
FAILED_CHARGES = frozenset({"payment_failure_refund"})
REFUNDS = frozenset({"refund", "payment_refund", "refund_failure"})
PAYOUTS = frozenset({"payout", "payout_failure", "payout_cancel"})
OF_DISPUTES = ("dp_", "du_", "pdp_")
"""How the ids of disputes begin, by which an adjustment names what it comes from."""


def keep_movements(fund: Fund, found: Iterable[words.Movement]) -> int:
    """Keep lines of the provider's books that we do not have; say how many were given. They never change there."""
    rows = [
        Movement(
            id=each.id,
            fund=fund,
            kind=each.kind[:48],
            amount=each.amount,
            fee=each.fee,
            source=each.source,
            happened_at=each.happened_at,
        )
        for each in found
    ]
    Movement.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)
    return len(rows)


def as_told(row: Movement) -> words.Movement:
    """Return a line as the provider told it."""
    return words.Movement(id=row.pk, kind=row.kind, amount=row.amount, fee=row.fee, source=row.source, happened_at=row.happened_at)


def entry_key(row: Movement) -> str:
    """Return the key of the entry in which our books have a line."""
    if row.kind in CHARGES:
        return f"donation:{row.source}"
    if row.kind in REFUNDS:
        return f"refund:{row.source}" if row.amount < 0 else f"refund-back:{row.source}"
    if row.kind in PAYOUTS:
        return f"payout:{row.source}" if row.kind == "payout" else f"payout-back:{row.source}"
    if is_of_dispute(row):
        return f"dispute:{row.pk}"
    return f"fee:{row.pk}" if row.kind in postings.FEES else f"movement:{row.pk}"


def is_of_dispute(row: Movement) -> bool:
    """Say whether a line comes from a dispute."""
    return row.kind == "adjustment" and row.source.startswith(OF_DISPUTES)


def is_by_itself(row: Movement) -> bool:
    """Say whether a line comes from no donation, refund, dispute or payout, so that it says all there is to book."""
    return not (row.kind in CHARGES | FAILED_CHARGES | REFUNDS | PAYOUTS or is_of_dispute(row))


def link_movements(rows: list[Movement], *, now: datetime, donation_id: UUID | None = None) -> list[Movement]:
    """Say of these lines which entry has them, and book their fees; return those that none has."""
    entries = {entry.key: entry for entry in LedgerEntry.objects.filter(key__in=[entry_key(row) for row in rows])}
    linked, fees = [], []
    for row in rows:
        entry = entries.get(entry_key(row))
        of = entry.donation_id if entry is not None else donation_id
        if row.fee and not is_by_itself(row) and (entry is not None or donation_id is not None):
            fees.append(postings.of_fee(row.fund_id, words.Fee(id=row.pk, amount=row.fee, happened_at=row.happened_at), of))
        if entry is not None:
            row.state, row.entry = MovementState.BOOKED, entry
            linked.append(row)
    with transaction.atomic():
        ledger.post(fees, now=now)
        Movement.objects.bulk_update(linked, ["state", "entry"])
    return [row for row in rows if row.entry is None]
