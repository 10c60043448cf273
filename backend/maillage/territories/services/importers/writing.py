"""Write a country's areas and what ties them: who lies in whom, how codes are spelled, what is known in figures."""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Any
from uuid import UUID

from maillage.kernel.ids import uuid7
from maillage.kernel.text import fold
from maillage.territories.domain import ARTICLES, bare_code
from maillage.territories.models import Area, AreaAlias, AreaClosure, AreaFigure, AreaKind, Findable, Indicator
from maillage.territories.services.importers.harvest import AreaRow, Harvest, Key
from maillage.territories.services.importers.merging import Merged, merge

Ids = dict[Key, UUID]

OF_COUNTRY = "t.{column} IN (SELECT id FROM territories_area WHERE country = %(country)s AND cut IN ('', %(cut)s))"
"""Which rows a load may delete: those of its country's areas of the cut in force, never an older cut's."""


def write_kinds(harvest: Harvest) -> dict[str, AreaKind]:
    """Write the kinds of a country."""
    country = harvest.profile.country
    merge(
        AreaKind,
        ["country", "code", "name", "level", "bears_seats"],
        [(country, kind.code, kind.name, kind.level, kind.bears_seats) for kind in harvest.profile.kinds],
        key=["country", "code"],
    )
    return {kind.code: kind for kind in AreaKind.objects.filter(country=country)}


def write_areas(harvest: Harvest, kinds: dict[str, AreaKind]) -> tuple[Ids, Merged]:
    """Write the areas under lasting ids: one that is known by kind, code and cut keeps its id."""
    country = harvest.profile.country
    known = {
        (kind, code, cut): id for kind, code, cut, id in Area.objects.filter(country=country).values_list("kind__code", "code", "cut", "id")
    }
    ids = {key: known.get((row.kind, row.code, row.cut)) or uuid7() for key, row in harvest.areas.items()}

    def line(key: Key, row: AreaRow) -> tuple[Any, ...]:
        parent = ids[row.parent] if row.parent else None
        return (
            ids[key], kinds[row.kind].pk, country, row.code, row.cut, row.name[:200], row.names, fold(row.name)[:200], row.number,
            row.time_zone, row.time_zones, parent, row.population, row.has_shape,
        )  # fmt: skip

    merged = merge(
        Area,
        [
            "id", "kind", "country", "code", "cut", "name", "names", "folded_name", "number",
            "time_zone", "time_zones", "parent", "population", "has_shape",
        ],
        (line(key, row) for key, row in harvest.areas.items()),
        key=["id"],
    )  # fmt: skip
    return ids, merged


def write_aliases(harvest: Harvest, ids: Ids) -> Merged:
    """Write every other spelling."""
    return merge(
        AreaAlias,
        ["area", "scheme", "code", "bare"],
        [(ids[key], scheme, code, bare_code(code)) for key, scheme, code in sorted(harvest.aliases)],
        key=["scheme", "code", "area"],
        gone=OF_COUNTRY.format(column="area_id"),
        values=_country_and_cut(harvest),
    )


def closure_of(harvest: Harvest) -> dict[tuple[Key, Key], bool]:
    """Derive who lies in whom: `(ancestor, descendant) -> wholly`, each area in itself, along every way up.

    An area lies wholly in another when one way up is whole all along (a split commune lies in part in each of its
    seats and wholly in their department). One whose seats a table names lies in those, not in all of its parent's: Lyon
    has four, its first arrondissement two of them.
    """
    seat = harvest.profile.seat_kind.code
    ups: dict[Key, list[tuple[Key, bool]]] = defaultdict(list)
    for key, row in harvest.areas.items():
        if row.parent:
            ups[key].append((row.parent, True))
    for key, seats in harvest.within.items():
        ups[key] += [((seat, code), len(seats) == 1) for code in seats]

    @cache
    def above(key: Key) -> dict[Key, bool]:
        found = {key: True}
        named = harvest.within.get(key)
        for upper, whole in ups[key]:
            for ancestor, further in above(upper).items():
                if named and ancestor[0] == seat and ancestor[1] not in named:
                    continue
                found[ancestor] = found.get(ancestor, False) or (whole and further)
        return found

    return {(ancestor, key): whole for key in harvest.areas for ancestor, whole in above(key).items()}


def write_closure(harvest: Harvest, ids: Ids) -> Merged:
    """Write who lies in whom."""
    closure, seat = closure_of(harvest), harvest.profile.seat_kind.code
    return merge(
        AreaClosure,
        ["ancestor", "descendant", "whole", "to_seat"],
        [(ids[ancestor], ids[descendant], whole, descendant[0] == seat) for (ancestor, descendant), whole in closure.items()],
        key=["ancestor", "descendant"],
        gone=OF_COUNTRY.format(column="descendant_id") + " AND " + OF_COUNTRY.format(column="ancestor_id"),
        values=_country_and_cut(harvest),
    )


FINDABLE = ("commune", "arrondissement", "postal_code", "country_abroad")


def write_findables(harvest: Harvest, ids: Ids) -> Merged:
    """Write the spellings under which people look for a place: with and without its article, in each language."""

    def lines() -> Iterable[tuple[UUID, str, int]]:
        for key, row in harvest.areas.items():
            if row.kind in FINDABLE:
                bare = row.name[len(row.article) :]
                spelled = {fold(name)[:200] for name in (row.name, bare, *row.names.values())}
                spelled |= {text.split(" ", 1)[1] for text in spelled if text.split(" ", 1)[0] in ARTICLES and " " in text}
                yield from ((ids[key], text, row.population or 0) for text in sorted(spelled) if text)

    return merge(
        Findable,
        ["area", "folded", "weight"],
        lines(),
        key=["area", "folded"],
        gone=OF_COUNTRY.format(column="area_id"),
        values=_country_and_cut(harvest),
    )


def write_figures(harvest: Harvest, ids: Ids) -> Merged:
    """Write indicators and their values."""
    country = harvest.profile.country
    if not harvest.indicators:
        return Merged()
    merged = merge(
        Indicator,
        ["country", "code", "name", "source"],
        [(country, row.code[:64], {"fr": row.name}, row.source[:500]) for row in harvest.indicators],
        key=["country", "code"],
    )
    pks = dict(Indicator.objects.filter(country=country).values_list("code", "pk"))
    return merged + merge(
        AreaFigure,
        ["indicator", "area", "value"],
        [(pks[row.code[:64]], ids[key], value) for row in harvest.indicators for key, value in row.values],
        key=["area", "indicator"],
        gone="t.indicator_id IN (SELECT indicator_id FROM {wished})",
    )


def _country_and_cut(harvest: Harvest) -> dict[str, str]:
    return {"country": harvest.profile.country, "cut": harvest.profile.cut}
