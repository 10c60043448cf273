"""What is known of one place that bears a seat, from every hall."""

from dataclasses import dataclass
from uuid import UUID

from maillage.insights.domain import PlaceName
from maillage.relays.domain import SeatState
from maillage.relays.selectors import seats
from maillage.territories.models import Area, AreaClosure, AreaFigure, AreaNeighbour, called
from maillage.territories.selectors.areas import LOCALITIES

NAMED_LOCALITIES = 4


@dataclass(frozen=True)
class Localities:
    """What lies in a place: the names of the most peopled ones, and how many others there are."""

    names: list[str]
    others: int


@dataclass(frozen=True)
class NearbySeat:
    """A seat beside, as a line that leads there."""

    code: str
    label: str
    state: SeatState


@dataclass(frozen=True)
class Comparison:
    """A figure here and in the whole country."""

    code: str
    here: float
    country: float | None


def place_name(area: Area, *, language: str) -> PlaceName:
    """Name a place by its number within its parent, or by its own name. The parent must have been selected."""
    return PlaceName(own=area.called_in(language), parent=area.parent.called_in(language) if area.parent else "", number=area.number)


def ancestors(area: Area) -> list[Area]:
    """Return what a place lies in, the country first. One query."""
    above = AreaClosure.objects.filter(descendant=area, whole=True).exclude(ancestor=area)
    return [line.ancestor for line in above.select_related("ancestor__kind").order_by("ancestor__kind__level")]


def localities(area: Area, *, language: str) -> Localities:
    """Return the communes (or countries abroad) of a place, those with most inhabitants first; of a part of one city its
    districts. One query, two for the part of a city.
    """
    inside = AreaClosure.objects.filter(ancestor=area)
    # Below a department, which bears the seats of some networks, lie constituencies: nobody says that they live in one.
    below = {"descendant__kind__level": area.kind.level + 1} if area.kind.bears_seats else {"descendant__kind__code__in": LOCALITIES}
    inside = inside.filter(**below)
    rows = list(
        inside.order_by("-descendant__population", "descendant__name").values_list(
            called("descendant", language=language), "whole", "descendant_id"
        )
    )
    names = [name for name, _whole, _id in rows]
    if len(rows) == 1 and not rows[0][1]:
        names = _districts(area, city_id=rows[0][2], city=names[0], language=language) or names
    return Localities(names=names[:NAMED_LOCALITIES], others=max(0, len(names) - NAMED_LOCALITIES))


def _districts(area: Area, *, city_id: UUID, city: str, language: str) -> list[str]:
    """Name the districts of a city that lie in a place, in the order of their codes; the city is said with the first only."""
    inside = AreaClosure.objects.filter(ancestor=area, descendant__parent_id=city_id).order_by("descendant__code")
    names = list(inside.values_list(called("descendant", language=language), flat=True))
    return [*names[:1], *(name.removeprefix(f"{city} ") for name in names[1:])]


def nearby_seats(area: Area, *, network_id: UUID, language: str) -> list[NearbySeat]:
    """Return the seats next to a place, the longest shared border first. Two queries."""
    others = AreaNeighbour.objects.filter(area=area).order_by("-shared_metres", "pk").values_list("other_id", flat=True)
    order = {other: index for index, other in enumerate(others)}
    standings = (
        seats.standings(network_id)
        .filter(area_id__in=order)
        .select_related("area__parent")
        .only("state", "area__code", "area__name", "area__names", "area__number", "area__parent__name", "area__parent__names")
    )
    near = sorted(standings, key=lambda standing: order[standing.area_id])
    return [
        NearbySeat(each.area.code, place_name(each.area, language=language).short(language=language), SeatState(each.state))
        for each in near
    ]


def comparisons(area: Area, *, country_id: UUID, codes: tuple[str, ...]) -> list[Comparison]:
    """Return the figures of a place beside the country's, in the order of `codes`; those that are not known are left out. One query."""
    rows = AreaFigure.objects.filter(area_id__in=[area.pk, country_id], indicator__code__in=codes)
    values = {(area_id, code): value for area_id, code, value in rows.values_list("area_id", "indicator__code", "value")}
    return [
        Comparison(code=code, here=values[area.pk, code], country=values.get((country_id, code)))
        for code in codes
        if (area.pk, code) in values
    ]
