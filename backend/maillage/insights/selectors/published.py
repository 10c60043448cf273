"""What was made public about people."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from maillage.insights.domain.withheld import PERIOD, Measured
from maillage.insights.models import Measure

PERIODS_SHOWN = 13
"""A year of four weeks."""


@dataclass(frozen=True)
class PublishedPeriod:
    """Four weeks: who asked for a seat in an area, and who of them was called in time; None where it is withheld."""

    begins: date
    applications: int | None
    called_in_time: int | None

    @property
    def ends(self) -> date:
        return self.begins + PERIOD - timedelta(days=1)


def published_periods(network_id: UUID, area_id: UUID) -> list[PublishedPeriod]:
    """Return the latest periods that were published of an area, the newest first. One query."""
    rows = Measure.objects.filter(network_id=network_id, area_id=area_id).order_by("-starts_on").values_list("starts_on", "what", "people")
    found: dict[date, dict[str, int | None]] = {}
    for begins, what, people in rows[: 2 * PERIODS_SHOWN]:
        found.setdefault(begins, {})[what] = people
    return [
        PublishedPeriod(begins, figures.get(Measured.APPLICATIONS), figures.get(Measured.CALLED_IN_TIME))
        for begins, figures in list(found.items())[:PERIODS_SHOWN]
    ]
