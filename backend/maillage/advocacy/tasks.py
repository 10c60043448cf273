"""What advocacy does at night."""

from maillage.advocacy import services
from maillage.journal import jobs
from maillage.kernel.clock import now


@jobs.job("advocacy.check_positions")
def check_positions() -> None:
    """Compare where office holders stand with what was said, and mend what differs."""
    services.check_positions(now=now())
