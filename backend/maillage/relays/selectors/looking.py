"""Where one would look for somebody in a place: what it is like against its country, its communes. Never about a person."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Subquery

from maillage.relays.domain.looking import CODES, suggestions
from maillage.territories.models import Area, AreaClosure, AreaFigure, AreaKind, called

MOST_COMMUNES = 8


@dataclass(frozen=True)
class PlaceToLook:
    """One thing that stands out: what, where to look, and the two figures that say so."""

    code: str
    says: str
    where: str
    here: float
    country: float
    source: str


def places_to_look(area: Area, *, language: str) -> list[PlaceToLook]:
    """Return what stands out in a place, the strongest first; empty where no figures are known. One query."""
    rows = AreaFigure.objects.filter(indicator__country=area.country, indicator__code__in=CODES, area__in=_area_and_country(area))
    here: dict[str, float] = {}
    country: dict[str, float] = {}
    sources: dict[str, str] = {}
    for code, source, value, area_id in rows.values_list("indicator__code", "indicator__source", "value", "area_id"):
        (here if area_id == area.pk else country)[code] = value
        sources[code] = source
    known = {code: (here[code], country[code]) for code in here if code in country}
    return [
        PlaceToLook(
            code=found.code,
            says=found.hint.says.get(language) or next(iter(found.hint.says.values())),
            where=found.hint.where.get(language) or next(iter(found.hint.where.values())),
            here=found.here,
            country=found.country,
            source=sources[found.code],
        )
        for found in suggestions(known)
    ]


def communes_of(area_id: UUID) -> list[dict[str, Any]]:
    """Return the most populous communes of a place: name, population, whether wholly inside. One query."""
    # Communes stand right below what bears seats, whatever the place is; below them are districts and postal codes.
    of_seats = AreaKind.objects.filter(country=OuterRef("descendant__country"), bears_seats=True).values("level")[:1]
    inside = AreaClosure.objects.filter(ancestor_id=area_id, descendant__population__isnull=False, to_seat=False)
    inside = inside.filter(descendant__kind__level=Subquery(of_seats) + 1)
    rows = inside.order_by("-descendant__population", "descendant__code").values_list(
        called("descendant"), "descendant__population", "whole"
    )
    return [{"name": name, "population": population, "is_whole": whole} for name, population, whole in rows[:MOST_COMMUNES]]


def _area_and_country(area: Area) -> list[UUID]:
    country = Area.objects.filter(country=area.country, kind__level=0).values_list("pk", flat=True).first()
    return [area.pk, country] if country else [area.pk]
