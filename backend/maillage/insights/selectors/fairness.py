"""Coverage by fifths of income and rurality."""

from uuid import UUID

from maillage.insights.domain.fairness import SCALES, Split, split
from maillage.relays.domain import COVERED
from maillage.relays.selectors import standings
from maillage.territories.models import AreaFigure, Indicator


def splits(network_id: UUID) -> list[Split]:
    """Return the seats of a network by fifths of each scale, the figures being those of each seat's area. Two queries."""
    states = dict(standings(network_id).values_list("area_id", "state"))
    rows = AreaFigure.objects.filter(area_id__in=states, indicator__code__in=[scale.indicator for scale in SCALES])
    figures = {(code, area_id): value for code, area_id, value in rows.values_list("indicator__code", "area_id", "value")}
    return [
        split(scale, [(figures.get((scale.indicator, area_id)), state in COVERED) for area_id, state in states.items()]) for scale in SCALES
    ]


def sources(country: str) -> dict[str, str]:
    """Say from where the figures of each scale come, by their code. One query."""
    found = Indicator.objects.filter(country=country, code__in=[scale.indicator for scale in SCALES])
    return dict(found.values_list("code", "source"))
