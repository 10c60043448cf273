"""Rules of what is shown together: how it is said, coverage in time, forecast, fairness, what is withheld. Computed on paper."""

from maillage.insights.domain.said import Label, PlaceName, Remaining, placed_labels, remaining, rounded_up, share

__all__ = ["Label", "PlaceName", "Remaining", "placed_labels", "remaining", "rounded_up", "share"]
