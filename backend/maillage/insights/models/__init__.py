"""Tables of insights: where seats stood day by day, what a campaign aims at, what was made public."""

from maillage.insights.models.measures import Measure
from maillage.insights.models.snapshots import Snapshot, Target

__all__ = ["Measure", "Snapshot", "Target"]
