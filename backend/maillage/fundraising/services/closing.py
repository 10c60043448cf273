"""The books of a year closed, for good."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.models import ClosedYear, Fund
from maillage.fundraising.selectors.closing import bars_of
from maillage.kernel.errors import Conflict


def close_year(*, fund_id: UUID, year: int, by: User, now: datetime) -> ClosedYear:
    """Close the books of a recipient for a year: the database writes nothing into it any more. There is no way back; safe to repeat.

    What is heard of later is booked on the first open day.
    Facts: year.closed.  Raises: Conflict (`year_barred`, with `bars`: what is still to be done, and how much of it).
    """
    with transaction.atomic():
        fund = Fund.objects.select_for_update(of=("self",)).get(pk=fund_id)  # who writes into the books holds it: see services.ledger
        known = ClosedYear.objects.filter(fund=fund, year=year).first()
        if known is not None:
            return known
        if bars := bars_of(fund, year, now=now):
            told = [{"bar": bar.value, "count": count} for bar, count in bars.items()]
            raise Conflict(_("Something is still to be done before this year is closed."), code="year_barred", bars=told)
        closed = ClosedYear.objects.create(fund=fund, year=year, closed_at=now, closed_by=by)
        journal.record("year.closed", subject=closed, at=now, actor_id=by.pk, fund_id=fund.pk, year=year)
    return closed
