"""Writes of insights."""

from maillage.insights.services.measures import publish_measures
from maillage.insights.services.snapshots import note_coverage
from maillage.insights.services.targets import set_target

__all__ = ["note_coverage", "publish_measures", "set_target"]
