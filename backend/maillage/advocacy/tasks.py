"""What advocacy does by the clock."""

from maillage.advocacy import services
from maillage.journal import jobs
from maillage.kernel.clock import now
from maillage.people.selectors import day_of_house


@jobs.job("advocacy.check_positions")
def check_positions() -> None:
    """Compare where office holders stand with what was said, and mend what differs."""
    services.check_positions(now=now())


@jobs.job("advocacy.ask_if_answered")
def ask_if_answered() -> None:
    """Ask whoever wrote to an office holder whether they answered."""
    services.ask_if_answered(now=now())


@jobs.job("advocacy.forget_staff")
def forget_staff() -> None:
    """Forget whoever worked for a mandate that has ended."""
    services.forget_staff(today=day_of_house(now()))
