"""What accounts does at night."""

from maillage.accounts import services
from maillage.journal import jobs
from maillage.kernel.clock import now


@jobs.job("accounts.clear_sessions")
def clear_sessions() -> None:
    """Delete the sessions that have ended."""
    services.clear_sessions(now=now())
