"""Coverage by fifths of income and rurality."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import F, FloatField, Sum
from django.db.models.functions import Coalesce

from maillage.insights.domain.fairness import Scale, Split, scales_named, split
from maillage.relays.domain import COVERED
from maillage.relays.models import RelayNetwork
from maillage.relays.selectors import standings
from maillage.territories.domain import profile_of
from maillage.territories.models import AreaFigure, Indicator


def splits(network: RelayNetwork) -> list[Split]:
    """Return the seats of a network by fifths of each scale, the figures being those of each seat's area.

    A place without a figure of its own (a department, of figures by constituency) has the mean of those of the places
    below that have one, weighted by their people. At most three queries.
    """
    states = dict(standings(network.pk).values_list("area_id", "state"))
    scales = scales_of(network.country.country)
    figures = _figures(states, scales)
    return [
        split(scale, [(figures.get((scale.indicator, area_id)), state in COVERED) for area_id, state in states.items()]) for scale in scales
    ]


def scales_of(country: str) -> tuple[Scale, ...]:
    """Return the scales of a country, by the figures that its file names."""
    profile = profile_of(country)
    return scales_named(profile.fairness if profile else {})


def sources(country: str) -> dict[str, str]:
    """Say from where the figures of each scale come, by their code. One query."""
    found = Indicator.objects.filter(country=country, code__in=[scale.indicator for scale in scales_of(country)])
    return dict(found.values_list("code", "source"))


def _figures(area_ids: Collection[UUID], scales: tuple[Scale, ...]) -> dict[tuple[str, UUID], float]:
    known = AreaFigure.objects.filter(indicator__code__in=[scale.indicator for scale in scales])
    own = known.filter(area_id__in=area_ids).values_list("indicator__code", "area_id", "value")
    figures = {(code, area_id): value for code, area_id, value in own}
    without = [area_id for area_id in area_ids if any((scale.indicator, area_id) not in figures for scale in scales)]
    if without:
        people = Coalesce(F("area__population"), 1, output_field=FloatField())
        below = known.filter(area__above__ancestor_id__in=without, area__above__whole=True).values(
            "indicator__code", "area__above__ancestor_id"
        )
        for row in below.annotate(mean=Sum(F("value") * people) / Sum(people)):
            figures.setdefault((row["indicator__code"], row["area__above__ancestor_id"]), row["mean"])
    return figures
