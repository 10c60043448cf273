"""A place by official figures, beside its country and the places most like it: read once for all places of its kind."""

from dataclasses import dataclass, field
from time import monotonic
from uuid import UUID

from django.db.models import Q

from maillage.territories.domain import FIGURES, Compared, ComparedFigure, Figure, most_alike
from maillage.territories.models import Area, AreaFigure, Indicator
from maillage.territories.selectors.likeness import figures_compared, themes_of

HELD_SECONDS = 600
"""For how long a process believes the figures that it read: only an import changes them."""

MOST_ALIKE = 3

SHOWN = 6
"""How many figures are told of a country of which none of `FIGURES` is loaded."""


@dataclass(frozen=True)
class _Book:
    """The figures of all places of one kind and cut, and of their country, by area and code; `compared` are those by which places
    are said to be alike, `like` is who is like whom, once asked."""

    until: float
    country: Area | None
    places: dict[UUID, Area]
    figures: dict[UUID, dict[str, float]]
    indicators: dict[str, Indicator]
    compared: dict[UUID, dict[str, float]]
    like: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)

    def most_like(self, area_id: UUID) -> tuple[UUID, ...]:
        if area_id not in self.like:
            self.like[area_id] = tuple(found.place for found in most_alike(area_id, self.compared, most=MOST_ALIKE))
        return self.like[area_id]

    def shown(self, language: str) -> tuple[Figure, ...]:
        known = tuple(figure for figure in FIGURES if figure.code in self.indicators)
        return known or tuple(
            Figure(code, str(found.name.get(language) or next(iter(found.name.values()), code)))
            for code, found in sorted(self.indicators.items())[:SHOWN]
        )


_HELD: dict[tuple[str, int, str], _Book] = {}


def compared(area: Area, *, language: str) -> Compared:
    """Say a place in figures, in the order of `FIGURES`; those that are not known here are left out.

    At most three queries each ten minutes for all places of its kind and cut, else none.
    """
    book = _book(area)
    own = book.figures.get(area.pk, {})
    whole = book.figures.get(book.country.pk, {}) if book.country else {}
    like = book.most_like(area.pk)
    shown = [figure for figure in book.shown(language) if figure.code in own]
    return Compared(
        country=book.country.called_in(language) if book.country else "",
        alike=tuple(book.places[place].called_in(language) for place in like),
        figures=tuple(
            ComparedFigure(
                figure=figure,
                here=own[figure.code],
                country=whole.get(figure.code),
                alike=tuple(book.figures[place][figure.code] for place in like if figure.code in book.figures[place]),
            )
            for figure in shown
        ),
        sources=tuple(dict.fromkeys(source for figure in shown if (source := book.indicators[figure.code].source))),
    )


def forget_figures() -> None:
    """Read the figures anew the next time."""
    _HELD.clear()


def _book(area: Area) -> _Book:
    key = (area.country, area.kind_id, area.cut)
    if key not in _HELD or _HELD[key].until < monotonic():
        _HELD[key] = _read(area)
    return _HELD[key]


def _read(area: Area) -> _Book:
    alike = figures_compared(area.country)
    places = Area.objects.filter(kind=area.kind_id, cut=area.cut, valid_until=None) | Area.objects.filter(
        country=area.country, kind__level=0, valid_until=None
    )
    by_id = {place.pk: place for place in places.only("kind_id", "name", "names")}
    rows = AreaFigure.objects.filter(
        alike | Q(indicator__code__in=[figure.code for figure in FIGURES]), indicator__country=area.country, area__in=places.values("pk")
    )
    figures: dict[UUID, dict[str, float]] = {}
    for area_id, code, value in rows.values_list("area_id", "indicator__code", "value"):
        figures.setdefault(area_id, {})[code] = value
    codes = {code for found in figures.values() for code in found}
    compared_by = themes_of(area.country) or codes
    indicators = {each.code: each for each in Indicator.objects.filter(country=area.country, code__in=codes)}
    return _Book(
        until=monotonic() + HELD_SECONDS,
        country=next((place for place in by_id.values() if place.kind_id != area.kind_id), None),
        places={pk: place for pk, place in by_id.items() if place.kind_id == area.kind_id},
        figures=figures,
        indicators=indicators,
        compared={
            place: {code: value for code, value in found.items() if code in compared_by}
            for place, found in figures.items()
            if by_id[place].kind_id == area.kind_id
        },
    )
