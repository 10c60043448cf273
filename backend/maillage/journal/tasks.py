"""The journal's own jobs, and the one Celery task that runs every job."""

from celery import shared_task
from django.db import close_old_connections

from maillage.journal import facts, handing, jobs, retention, running
from maillage.kernel.clock import now


@shared_task(name=handing.RUN, ignore_result=True)
def run(table: str, row_id: str) -> None:
    """Run the row whose id the broker carried."""
    close_old_connections()
    running.run(table=table, row_id=row_id)


@jobs.job("journal.fan_out")
def fan_out(*, entry_id: int) -> None:
    """Tell every subscriber of an entry, each by a job of its own."""
    facts.fan_out(entry_id=entry_id)


@jobs.job("journal.erase_bodies")
def erase_bodies() -> None:
    """Erase the bodies of inbound messages after 30 days."""
    retention.erase_bodies(now=now())


@jobs.job("journal.forget_answers")
def forget_answers() -> None:
    """Forget stored idempotent answers after 24 hours."""
    retention.forget_answers(now=now())


@jobs.job("journal.forget_limits")
def forget_limits() -> None:
    """Forget what no limit counts any more."""
    retention.forget_limits(now=now())


@jobs.job("journal.sweep_jobs")
def sweep_jobs() -> None:
    """Delete the rows of jobs long done."""
    retention.sweep_jobs(now=now())
