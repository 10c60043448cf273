"""Jobs of groups."""

from maillage import journal
from maillage.groups import services
from maillage.kernel.clock import now


@journal.jobs.job("groups.forget_reports")
def forget_reports() -> None:
    """Forget the words and addresses of reports that were decided long ago."""
    services.forget_reports(now=now())
