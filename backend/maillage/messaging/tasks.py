"""What messaging does later."""

from datetime import timedelta
from uuid import UUID

from maillage.journal import jobs
from maillage.kernel.clock import now
from maillage.messaging import services


@jobs.job("messaging.deliver", queue="mail", lease=timedelta(minutes=2), atomic=False)
def deliver(*, message_id: UUID) -> None:
    """Send one message; safe to run twice."""
    services.deliver_message(message_id=message_id, now=now())
