"""A country is data: its kinds of places, its codes, its files. Read from `territories/countries/<iso>.toml`.

Nothing else in the code knows a country by name; another file like these opens another country.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from maillage.territories.domain.likeness import Theme
from maillage.territories.domain.naming import aside, ordinal_suffix
from maillage.territories.domain.words import WindowKind

COUNTRIES = Path(__file__).resolve().parents[1] / "countries"


@dataclass(frozen=True)
class KindRule:
    """A kind of places: its level from the whole country (0) down, and how its codes and names are shown.

    `display` is a pattern and what to show it as; `names` are templates by language over parent_name, number, ordinal (6e,
    6th) and aside (what the source's name adds in brackets, with them).
    """

    code: str
    level: int
    name: dict[str, str]
    bears_seats: bool = False
    display: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)

    def names_of_number(self, number: int, *, parent_name: str, name: str) -> dict[str, str]:
        """Name a place by its number within its parent, in each language that has a template; `name` is the source's."""
        added = aside(name)
        return {
            language: template.format(
                parent_name=parent_name,
                number=number,
                ordinal=f"{number}{ordinal_suffix(number, language=language)}",
                aside=f" ({added})" if added else "",
            )
            for language, template in self.names.items()
        }


@dataclass(frozen=True)
class Spelling:
    """A way to spell a seat's code, as a template over `parent`, `number` and `width` (5 less the parent's letters)."""

    scheme: str
    pattern: str
    parents: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AreaRule:
    """How a row of a table becomes an area: each text names the column that holds it.

    `where` keeps the rows with these values. The parent is the previous rule's area in the same row, else the area of
    `parent_kind` whose code stands in the column `parent` (translated by `parents`). `within` holds the codes of the
    seats it lies in, parted by `|`; `postal` its postal codes; `through` the commune whose seats it shares.
    """

    kind: str
    code: str
    name: str = ""
    number: str = ""
    population: str = ""
    lat: str = ""
    lon: str = ""
    article: str = ""
    parent: str = ""
    parent_kind: str = ""
    parents: dict[str, str] = field(default_factory=dict)
    within: str = ""
    postal: str = ""
    through: str = ""
    international: bool = False
    where: dict[str, str] = field(default_factory=dict)
    shapeless: dict[str, str] = field(default_factory=dict)
    aliases: dict[str, str] = field(default_factory=dict)
    rewrite: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class FigureRule:
    """How the columns of a table become indicators of areas of a kind; the row of the country's code is the whole country."""

    kind: str
    code: str
    not_columns: list[str] = field(default_factory=list)
    labels: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Origin:
    """One place where a table or a set may be read: by which reader, from which file, under which licence."""

    reader: str
    file: str
    licence: str
    attribution: str
    code: list[str] = field(default_factory=list)
    precision_m: int = 0
    approximate: bool = False
    official: bool = False
    delimiter: str = ","
    encoding: str = "utf-8-sig"
    within: str = ""
    beside: dict[str, str] = field(default_factory=dict)
    areas: list[AreaRule] = field(default_factory=list)
    figures: FigureRule | None = None


@dataclass(frozen=True)
class TableSpec:
    """A table of a country and its origins, the best first."""

    name: str
    origins: list[Origin]


@dataclass(frozen=True)
class SetSpec:
    """A set of pictures of a kind, what it is for, and its origins, the best first."""

    name: str
    kind: str
    use: str
    origins: list[Origin]
    optional: bool = False


@dataclass(frozen=True)
class WindowRule:
    """What an election limits from one local day to another, and by which law; `saturday` is the first day where one votes on Saturdays."""

    kind: WindowKind
    starts_on: date
    ends_on: date
    law: str
    saturday: date | None = None


@dataclass(frozen=True)
class ElectionRule:
    """A vote in the whole country: the days of its rounds, and whether they are fixed; where they are only expected, `source` says why."""

    code: str
    name: dict[str, str]
    rounds: list[date]
    source: str
    confirmed: bool = False
    windows: list[WindowRule] = field(default_factory=list)


@dataclass(frozen=True)
class Profile:
    """All that the code knows of a country."""

    country: str
    name: dict[str, str]
    cut: str
    time_zone: str
    kinds: list[KindRule]
    spellings: list[Spelling]
    time_zones: dict[str, dict[str, str]]
    tables: list[TableSpec]
    sets: list[SetSpec]
    alike: dict[str, Theme] = field(default_factory=dict)
    """The figures by which places are said to be alike: an indicator's code, and what it speaks of."""
    fairness: dict[str, str] = field(default_factory=dict)
    """The figures by which fairness between places is told: `income` and `rurality`, each an indicator's code."""
    elections: list[ElectionRule] = field(default_factory=list)
    saturday_voters: dict[str, list[str]] = field(default_factory=dict)
    """The places, by kind and code, that vote on the Saturday before the others."""

    def kind(self, code: str) -> KindRule:
        """Give the rule of a kind. Raises: KeyError."""
        for kind in self.kinds:
            if kind.code == code:
                return kind
        raise KeyError(code)

    @property
    def seat_kind(self) -> KindRule:
        """The kind that bears seats."""
        return next(kind for kind in self.kinds if kind.bears_seats)


def read_profile(path: Path) -> Profile:
    """Read a country's file. Raises: KeyError or TypeError where it says what no rule knows."""
    with path.open("rb") as file:
        raw = tomllib.load(file)
    return Profile(
        country=raw["country"],
        name=raw["name"],
        cut=raw["cut"],
        time_zone=raw["time_zone"],
        kinds=[KindRule(**kind) for kind in raw["kinds"]],
        spellings=[Spelling(**spelling) for spelling in raw.get("spellings", [])],
        time_zones=raw.get("time_zones", {}),
        tables=[TableSpec(name=table["name"], origins=[_origin(o) for o in table["origins"]]) for table in raw.get("tables", [])],
        sets=[SetSpec(**{**spec, "origins": [_origin(o) for o in spec["origins"]]}) for spec in raw.get("sets", [])],
        alike={code: Theme(theme) for code, theme in raw.get("alike", {}).items()},
        fairness=raw.get("fairness", {}),
        elections=[_election(election) for election in raw.get("elections", [])],
        saturday_voters=raw.get("saturday_voters", {}),
    )


def _election(raw: Mapping[str, Any]) -> ElectionRule:
    windows = [WindowRule(**{**window, "kind": WindowKind(window["kind"])}) for window in raw.get("windows", [])]
    return ElectionRule(**{**raw, "windows": windows})


def _origin(raw: Mapping[str, Any]) -> Origin:
    figures = raw.get("figures")
    fields = dict(raw)
    fields["areas"] = [AreaRule(**{name.replace("-", "_"): value for name, value in rule.items()}) for rule in raw.get("areas", [])]
    fields["figures"] = FigureRule(figures["kind"], figures["code"], figures.get("not", []), figures.get("labels", {})) if figures else None
    return Origin(**fields)


@cache
def profile_of(country: str) -> Profile | None:
    """Give the profile of a country by its ISO code, None where there is no file for it."""
    path = COUNTRIES / f"{country.lower()}.toml"
    return read_profile(path) if country.isascii() and country.isalpha() and path.is_file() else None


def known_countries() -> list[str]:
    """List the countries that have a file, by ISO code."""
    return sorted(path.stem.upper() for path in COUNTRIES.glob("*.toml"))
