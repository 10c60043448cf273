"""Batches of money written down by hand, as the treasurer of their recipient sees them."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Sum
from django.db.models.functions import Coalesce

from maillage.accounts.selectors.grants import Actor
from maillage.fundraising.models import Batch, BatchRow, Fund
from maillage.fundraising.selectors.treasury import as_treasurer, recipients_kept
from maillage.kernel.errors import NotFound


def batches_of(fund: Fund) -> QuerySet[Any, Any]:
    """Return the batches of a recipient, with how many donations each holds and their sum in cents."""
    counted = Batch.objects.filter(fund=fund).annotate(donations=Count("rows"), total=Coalesce(Sum("rows__donation__amount"), 0))
    return counted.values("id", "method", "slip", "bank", "deposited_on", "deposited_at", "opened_at", "donations", "total")


def batch_kept(user: Actor, batch_id: UUID, *, now: datetime) -> Batch:
    """Return a batch to the treasurer of its recipient. Raises: Forbidden (`treasurers_only`), NotFound."""
    kept = recipients_kept(as_treasurer(user, now=now), now=now)
    found = Batch.objects.select_related("fund").filter(pk=batch_id, fund__in=kept).first()
    if found is None:
        raise NotFound
    return found


def rows_of(batch: Batch) -> QuerySet[BatchRow]:
    """Return the rows of a batch with their donors, in the order of the paper."""
    return batch.rows.select_related("donation__donor").prefetch_related("donation__shares__fund").order_by("position")
