"""What people does at night."""

from maillage.journal import jobs
from maillage.kernel.clock import now
from maillage.people import services


@jobs.job("people.turn_access_log")
def turn_access_log() -> None:
    """Open the months to come of the access log, drop those that are past."""
    services.turn_access_log(now=now())


@jobs.job("people.check_consents")
def check_consents() -> None:
    """Compare the consents' state with their log."""
    services.check_consents(now=now())


@jobs.job("people.forget_unconfirmed")
def forget_unconfirmed() -> None:
    """Forget who was typed into a form and never confirmed it."""
    services.forget_unconfirmed(now=now())
