"""Jobs of the demo."""

from datetime import timedelta
from uuid import UUID

from maillage import journal
from maillage.demo.services.provider import TELL
from maillage.demo.services.provider import tell_stand_in as tell
from maillage.kernel.clock import now

ASKS_OUTSIDE = timedelta(minutes=5)


@journal.jobs.job(TELL, queue="money", lease=ASKS_OUTSIDE, atomic=False)
def tell_stand_in(*, fund_id: UUID) -> None:
    """Tell the stand-in for Stripe what the demo's books speak of; safe to run twice."""
    tell(fund_id=fund_id, now=now())
