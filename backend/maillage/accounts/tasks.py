"""What accounts does by itself."""

from maillage.accounts import services
from maillage.journal import jobs
from maillage.kernel.clock import now


@jobs.job("accounts.clear_sessions")
def clear_sessions() -> None:
    """Delete the sessions that have ended."""
    services.clear_sessions(now=now())


@jobs.job("accounts.forget_address_changes")
def forget_address_changes() -> None:
    """Delete the addresses that were asked for and not confirmed in their day."""
    services.forget_address_changes(now=now())
