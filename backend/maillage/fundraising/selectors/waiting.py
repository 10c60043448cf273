"""What waits for a treasurer's word, counted for each recipient."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Min, Q

from maillage.fundraising.domain.words import DisputeState, ExcessState, HeldOutcome
from maillage.fundraising.models import Difference, Dispute, Excess, HeldCard


@dataclass
class Waiting:
    """How many things wait at one recipient, and by when the first of them is over without a word."""

    held: int = 0
    disputes: int = 0
    differences: int = 0
    excesses: int = 0
    due_at: datetime | None = None


def waiting_at(fund_ids: Collection[UUID], *, now: datetime) -> dict[UUID, Waiting]:
    """Return what waits at each recipient: cards, disputes that may still be answered, differences, excess. Four queries."""
    found: dict[UUID, Waiting] = defaultdict(Waiting)
    held = HeldCard.objects.filter(outcome=HeldOutcome.WAITING, donation__fund__in=fund_ids)
    for at, count, first in held.values_list("donation__fund").annotate(count=Count("pk"), first=Min("given_up_at")).order_by():
        found[at].held, found[at].due_at = count, first
    disputes = Dispute.objects.filter(
        Q(due_at__isnull=True) | Q(due_at__gt=now), state=DisputeState.NEEDS_RESPONSE, evidence="", donation__fund__in=fund_ids
    )
    for at, count, first in disputes.values_list("donation__fund").annotate(count=Count("pk"), first=Min("due_at")).order_by():
        found[at].disputes = count
        found[at].due_at = min((day for day in (found[at].due_at, first) if day is not None), default=None)
    differences = Difference.objects.filter(closed_at__isnull=True, explained_at__isnull=True, fund__in=fund_ids)
    for at, count in differences.values_list("fund").annotate(count=Count("pk")).order_by():
        found[at].differences = count
    excesses = Excess.objects.filter(state=ExcessState.FOUND, fund__in=fund_ids)
    for at, count in excesses.values_list("fund").annotate(count=Count("pk")).order_by():
        found[at].excesses = count
    return found
