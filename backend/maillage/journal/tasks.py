"""The journal's own jobs."""

from maillage.journal import facts, jobs


@jobs.job(facts.FAN_OUT)
def fan_out(*, entry_id: int) -> None:
    """Tell every subscriber of an entry, each by a job of its own."""
    facts.fan_out(entry_id=entry_id)
