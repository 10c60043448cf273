"""What happened to a recipient's money after its payments, as its treasurer reads it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from maillage.accounts.selectors.grants import Actor
from maillage.fundraising.domain.words import Account, DisputeState, HeldOutcome, MovementState
from maillage.fundraising.models import (
    Difference,
    Dispute,
    Donation,
    Fund,
    HeldCard,
    LedgerLine,
    Movement,
    NewCardsClosed,
    Payout,
    Reconciliation,
)
from maillage.fundraising.selectors.treasury import as_treasurer, recipients_kept
from maillage.kernel.errors import NotFound


def donation_kept(user: Actor, *, id: UUID, now: datetime) -> Donation:
    """Return a donation to a recipient whose books a user keeps. Raises: Forbidden (`treasurers_only`), NotFound."""
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    found = Donation.objects.filter(pk=id, fund__in=kept).select_related("fund", "donor").first()
    if found is None:
        raise NotFound
    return found


def dispute_kept(user: Actor, *, id: str, now: datetime) -> Dispute:
    """Return a dispute about one of them. Raises: Forbidden (`treasurers_only`), NotFound."""
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    found = Dispute.objects.filter(pk=id, donation__fund__in=kept).first()
    if found is None:
        raise NotFound
    return found


def difference_kept(user: Actor, *, id: UUID, now: datetime) -> Difference:
    """Return a difference of one of their recipients. Raises: Forbidden (`treasurers_only`), NotFound."""
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    found = Difference.objects.filter(pk=id, fund__in=kept).first()
    if found is None:
        raise NotFound
    return found


def payout_kept(user: Actor, *, id: str, now: datetime) -> Payout:
    """Return a payout of one of their recipients. Raises: Forbidden (`treasurers_only`), NotFound."""
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    found = Payout.objects.filter(pk=id, fund__in=kept).first()
    if found is None:
        raise NotFound
    return found


def money_of(fund: Fund, *, now: datetime) -> dict[str, Any]:
    """Say how a recipient's money stands: at the provider by the books and as it was read, and what waits for the treasurer."""
    run = Reconciliation.objects.filter(fund=fund).order_by("-began_at").first()
    whole = Reconciliation.objects.filter(fund=fund, is_whole=True).order_by("-began_at").first()
    movements = Movement.objects.filter(fund=fund)
    closing = NewCardsClosed.objects.filter(fund=fund, opened_at__isnull=True).first()
    still = Difference.objects.filter(fund=fund, closed_at__isnull=True)
    return {
        "currency": fund.currency,
        "books": _sum(LedgerLine.objects.filter(entry__fund=fund, account=Account.PROVIDER)),
        "balance": whole.balance if whole else None,
        "opening": whole.opening if whole else 0,
        "under_way": _sum(movements.filter(state=MovementState.UNDER_WAY)),
        "reconciliation": run_shown(run) if run else None,
        "differences": still.filter(explained_at__isnull=True).count(),
        "explained": still.filter(explained_at__isnull=False).count(),
        "held": HeldCard.objects.filter(donation__fund=fund, outcome=HeldOutcome.WAITING).count(),
        "disputes": Dispute.objects.filter(donation__fund=fund, state=DisputeState.NEEDS_RESPONSE).count(),
        "new_cards_closed": {"closed_at": closing.closed_at, "until": closing.until, "tries": closing.tries, "declined": closing.declined}
        if closing is not None and closing.until > now
        else None,
    }


def run_shown(run: Reconciliation) -> dict[str, Any]:
    """Say how far a run is."""
    return {
        "began_at": run.began_at,
        "ended_at": run.ended_at,
        "is_whole": run.is_whole,
        "is_by_night": run.asked_by_id is None,
        "seen": run.seen,
        "applied": run.applied,
        "balance": run.balance,
    }


_WHOSE = ("donation_id", "donation__donor__given_name", "donation__donor__family_name", "donation__donor__person_id")

STANDS = {
    "open": Q(closed_at__isnull=True, explained_at__isnull=True),
    "explained": Q(closed_at__isnull=True, explained_at__isnull=False),
    "closed": Q(closed_at__isnull=False),
}
"""How a difference stands, by the word with which one asks for such ones."""


def differences_of(fund: Fund, *, stands: str) -> QuerySet[Any, dict[str, Any]]:
    """Return the differences of a recipient that stand so."""
    rows: QuerySet[Any] = Difference.objects.filter(STANDS[stands], fund=fund)
    return rows.values("id", "kind", "reference", "ours", "theirs", "opened_at", "closed_at", "words", "explained_at", *_WHOSE)


def disputes_of(fund: Fund, *, is_open: bool) -> QuerySet[Any, dict[str, Any]]:
    """Return the disputes about donations to a recipient, those that are not decided or all others."""
    undecided = Q(state__in=(DisputeState.NEEDS_RESPONSE, DisputeState.UNDER_REVIEW))
    rows: QuerySet[Any] = Dispute.objects.filter(undecided if is_open else ~undecided, donation__fund=fund)
    columns = ("id", "amount", "state", "reason", "is_inquiry", "opened_at", "due_at", "evidence", "answered_at")
    return rows.values(*columns, "donation__settled_at", "donation__method", *_WHOSE)


def held_of(fund: Fund, *, is_waiting: bool) -> QuerySet[Any, dict[str, Any]]:
    """Return the cards at a recipient that wait for its treasurer, or those about which it was decided."""
    waiting = Q(outcome=HeldOutcome.WAITING)
    rows: QuerySet[Any] = HeldCard.objects.filter(waiting if is_waiting else ~waiting, donation__fund=fund)
    columns = ("reason", "held_at", "given_up_at", "outcome", "words", "decided_at", "donation__amount", "donation__donor__country")
    return rows.values(*columns, *_WHOSE)


def payouts_of(fund: Fund) -> QuerySet[Any, dict[str, Any]]:
    """Return the payouts of a recipient."""
    rows: QuerySet[Any] = Payout.objects.filter(fund=fund)
    return rows.values("id", "amount", "state", "sent_at", "arrives_on", "failure", "is_automatic")


def movements_of(payout: Payout) -> QuerySet[Any, dict[str, Any]]:
    """Return what a payout holds, but itself."""
    rows: QuerySet[Any] = Movement.objects.filter(payout=payout).exclude(source=payout.pk)
    return rows.values("id", "kind", "amount", "fee", "source", "happened_at", "state", "entry__donation_id")


def given_back_of(donation: Donation) -> dict[str, Any]:
    """Say what went back of a donation, what was asked for, and what the agent authorised."""
    return {
        "requests": list(
            donation.refund_requests.order_by("asked_at", "pk").values("id", "amount", "reason", "state", "failure", "asked_at", "ended_at")
        ),
        "authorisations": list(
            donation.authorisations.order_by("recorded_at", "pk").values(
                "id", "amount", "authorised_by", "authorised_on", "reference", "recorded_at"
            )
        ),
        "disputes": list(donation.disputes.order_by("opened_at").values("id", "amount", "state", "reason", "opened_at", "due_at")),
    }


def _sum(rows: QuerySet[Any]) -> int:
    cents: int = rows.aggregate(cents=Coalesce(Sum("amount"), 0))["cents"]
    return cents
