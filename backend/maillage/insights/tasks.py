"""What insights does when a day is over."""

from maillage import journal
from maillage.insights import services
from maillage.kernel.clock import now


@journal.jobs.job("insights.note_coverage")
def note_coverage() -> None:
    """Note where seats stood, for each day that ended where the network is."""
    services.note_coverage(now=now())


@journal.jobs.job("insights.publish_measures")
def publish_measures() -> None:
    """Publish the figures of four weeks that are over."""
    services.publish_measures(now=now())
