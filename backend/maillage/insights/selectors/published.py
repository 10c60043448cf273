"""What was made public about people."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from uuid import UUID

from maillage.insights.domain.editions import EDITIONS_IN_RECORD, PublishedPeriod, kept_over
from maillage.insights.domain.withheld import Measured
from maillage.insights.models import Measure
from maillage.relays.domain import PromiseRecord
from maillage.territories.models import called

PERIODS_SHOWN = 13
"""A year of four weeks."""


def published_periods(network_id: UUID, area_id: UUID) -> list[PublishedPeriod]:
    """Return the latest periods that were published of an area, the newest first. One query."""
    rows = Measure.objects.filter(network_id=network_id, area_id=area_id).order_by("-starts_on").values_list("starts_on", "what", "people")
    return _periods(rows[: len(Measured) * PERIODS_SHOWN])[:PERIODS_SHOWN]


def promise_record(network_id: UUID, area_id: UUID) -> PromiseRecord | None:
    """Return how the promise was kept in the smallest place around an area of which the last editions tell, else None. One query.

    It adds published figures up and reads nothing else, so no two of its answers can be subtracted to tell of a few.
    """
    published = Measure.objects.filter(network_id=network_id)
    latest = published.order_by("-starts_on").values("starts_on").distinct()[:EDITIONS_IN_RECORD]
    around = published.filter(area__below__descendant_id=area_id, area__below__whole=True, starts_on__in=latest)
    rows = around.order_by("-area__kind__level", "area__code", "-starts_on")
    lines = rows.values_list(called("area"), "area_id", "starts_on", "what", "people")
    for (name, _area_id), figures in groupby(lines, key=lambda line: line[:2]):
        if kept := kept_over(_periods(figure[2:] for figure in figures)):
            return PromiseRecord(area_name=name, **vars(kept))
    return None


def _periods(rows: Iterable[tuple[date, str, int | None]]) -> list[PublishedPeriod]:
    """Put the figures of each period together, in their order."""
    found: dict[date, dict[str, int | None]] = {}
    for begins, what, people in rows:
        found.setdefault(begins, {})[what] = people
    return [
        PublishedPeriod(
            begins, figures.get(Measured.APPLICATIONS), figures.get(Measured.CALLED_IN_TIME), figures.get(Measured.CALLED_AT_LEAST)
        )
        for begins, figures in found.items()
    ]
