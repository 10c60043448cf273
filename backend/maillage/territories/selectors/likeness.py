"""Places that official figures say are alike."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q

from maillage.territories.domain import Theme, most_alike, profile_of
from maillage.territories.models import Area, AreaFigure, Indicator

MOST_FIGURES = 12
"""By how many figures, at most, places of a country are compared that says nothing about it."""


@dataclass(frozen=True)
class Measure:
    """A figure by which places are compared: its code, its word, and what it is here (None: not known here)."""

    code: str
    word: str
    here: float | None


@dataclass(frozen=True)
class LikePlace:
    """A place like another one: the words in which they are alike, the closest first, and its own figures by code."""

    area_id: UUID
    alike: tuple[str, ...]
    figures: Mapping[str, float]


@dataclass(frozen=True)
class LikePlaces:
    """The places most like one, the nearest first, and by what they were compared. No measures: no figures are loaded."""

    measures: tuple[Measure, ...]
    places: tuple[LikePlace, ...]


def places_like(area: Area, *, language: str, most: int) -> LikePlaces:
    """The places of the same kind and cut most like one, by the figures that its country's file names, else by those that
    are loaded. One query, whatever the number of places. A place without figures is like none.
    """
    themes = themes_of(area.country)
    rows = AreaFigure.objects.filter(
        figures_compared(area.country), indicator__country=area.country, area__kind=area.kind_id, area__cut=area.cut, area__valid_until=None
    ).values_list("area_id", "indicator__code", "indicator__name", "value")
    figures: dict[UUID, dict[str, float]] = {}
    words: dict[str, str] = {}
    for area_id, code, names, value in rows:
        figures.setdefault(area_id, {})[code] = value
        if code not in words:
            words[code] = str(themes[code].label) if code in themes else str(names.get(language) or next(iter(names.values()), code))
    order = [code for code in themes if code in words] or sorted(words)
    own = figures.get(area.pk, {})
    return LikePlaces(
        measures=tuple(Measure(code, words[code], own.get(code)) for code in order),
        places=tuple(
            LikePlace(found.place, tuple(words[code] for code in found.close), figures[found.place])
            for found in most_alike(area.pk, figures, most=most)
        ),
    )


def themes_of(country: str) -> Mapping[str, Theme]:
    """By which figures the file of a country compares its places, and what each speaks of; empty where it names none."""
    themes: Mapping[str, Theme] = getattr(profile_of(country), "alike", {})
    return themes


def figures_compared(country: str) -> Q:
    """Narrow figures to those by which places of a country are compared: its file's, else the first that are loaded."""
    themes = themes_of(country)
    loaded = Indicator.objects.filter(country=country).order_by("code")
    return Q(indicator__code__in=list(themes)) if themes else Q(indicator__in=loaded.values("pk")[:MOST_FIGURES])
