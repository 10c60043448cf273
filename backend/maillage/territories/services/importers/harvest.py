"""What the tables of a country say, before anything is written: areas, spellings, what lies in what, figures."""

import re
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from maillage.territories.domain import AreaRule, FigureRule, Profile, bare_code, spellings_of
from maillage.territories.domain.countries import name_of
from maillage.territories.services.importers.rows import BoundariesRefused, Rows
from maillage.territories.services.importers.world import zones_of

Key = tuple[str, str]
"""An area within its country: kind and code."""


@dataclass
class AreaRow:
    """An area to be written."""

    kind: str
    code: str
    cut: str
    name: str
    parent: Key | None
    time_zone: str
    time_zones: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)
    article: str = ""
    number: int | None = None
    population: int | None = None
    has_shape: bool = True
    point: tuple[float, float] | None = None
    """Longitude and latitude of its inner point, where a table gives one."""


@dataclass
class IndicatorRow:
    """An indicator to be written, with its values by area."""

    code: str
    name: str
    source: str
    values: list[tuple[Key, float]] = field(default_factory=list)


class Harvest:
    """A country's areas and what ties them, gathered table by table."""

    def __init__(self, *, profile: Profile) -> None:
        self.profile = profile
        self.areas: dict[Key, AreaRow] = {}
        self.aliases: set[tuple[Key, str, str]] = set()
        self.within: dict[Key, set[str]] = defaultdict(set)
        """Area -> codes of the seats that it lies in."""
        self.postal: dict[str, set[Key]] = defaultdict(set)
        """Postal code -> communes."""
        self.indicators: list[IndicatorRow] = []
        self.warnings: list[str] = []
        self._seat_codes: dict[str, str | None] = {}
        self._kinds = {kind.code: kind for kind in profile.kinds}
        self._seat_kind = profile.seat_kind.code
        country = AreaRow(
            kind="country",
            code=profile.country,
            cut="",
            name=profile.name.get("fr", profile.country),
            names=profile.name,
            parent=None,
            time_zone=profile.time_zone,
        )
        self.areas["country", profile.country] = country

    def seat_code(self, spelled: str) -> str | None:
        """Give the canonical code of a seat spelled in any scheme, None when no seat or several are spelled so."""
        return self._seat_codes.get(bare_code(spelled))

    def add_rows(self, rows: list[dict[str, str]], rules: list[AreaRule]) -> None:
        """Make areas of a table's rows by a country's rules."""
        for rule in rules:
            if rule.kind not in self._kinds:
                raise BoundariesRefused(f"{self.profile.country} has no kind of area named {rule.kind}.")
        for row in rows:
            above: Key = ("country", self.profile.country)
            for rule in rules:
                if any(row.get(column, "") != value for column, value in rule.where.items()):
                    continue
                if code := row.get(rule.code, ""):
                    above = self._add(row, rule, code, above)
        self._learn_spellings()

    def _add(self, row: dict[str, str], rule: AreaRule, code: str, above: Key) -> Key:
        key = (rule.kind, code)
        if rule.parent_kind:
            named = row.get(rule.parent, "")
            parent = (rule.parent_kind, rule.parents.get(named, named))
            above = parent if parent in self.areas else ("country", self.profile.country)
        if key not in self.areas:
            self.areas[key] = self._area(row, rule, code, above)
        if rule.within:
            self.within[key] |= {spelled for spelled in row.get(rule.within, "").split("|") if spelled}
        for scheme, column in rule.aliases.items():
            if (alias := row.get(column, "")) and alias != code:
                self.aliases.add((key, scheme, alias))
        for postal in row.get(rule.postal, "").split("|") if rule.postal else []:
            if postal:
                self.postal[postal].add(key)
        return key

    def _area(self, row: dict[str, str], rule: AreaRule, code: str, parent: Key) -> AreaRow:
        name = row.get(rule.name, "") or code
        for pattern, replacement in rule.rewrite:
            name = re.sub(pattern, replacement, name)
        article = row.get(rule.article, "") if rule.article else ""
        kind = self._kinds[rule.kind]
        number = int(row[rule.number]) if rule.number and row.get(rule.number, "").isdecimal() else None
        zones = zones_of(code) if rule.international else []
        names = _names_abroad(code) if rule.international else {}
        ours = names.pop(settings.LANGUAGE_CODE, "")
        if name == code and ours:
            name = ours
        if number is not None:
            names |= kind.names_of_number(number, parent_name=self.areas[parent].name, name=name)
        return AreaRow(
            kind=rule.kind,
            code=code,
            cut=self.profile.cut if kind.bears_seats else "",
            name=article + name,
            article=article,
            names=names,
            parent=parent,
            number=number,
            population=_whole(row.get(rule.population, "")) if rule.population else None,
            has_shape=not any(row.get(column) == value for column, value in rule.shapeless.items()),
            point=_point(row, rule),
            time_zone=self.profile.time_zones.get(rule.kind, {}).get(code) or (zones[0] if zones else self.areas[parent].time_zone),
            time_zones=zones if len(zones) > 1 else [],
        )

    def _learn_spellings(self) -> None:
        """Index every spelling of the seats; a code's own spelling wins, one shared by two seats names none."""
        seats = [row for row in self.areas.values() if row.kind == self._seat_kind]
        for row in seats:
            parent = row.parent[1] if row.parent else ""
            if bare_code(row.code) != row.code:
                self.aliases.add(((row.kind, row.code), "bare", bare_code(row.code)))
            for scheme, spelled in spellings_of(profile=self.profile, code=row.code, parent=parent, number=row.number).items():
                self.aliases.add(((row.kind, row.code), scheme, spelled))
        index: dict[str, str | None] = {}
        for (kind, code), _, spelled in sorted(self.aliases):
            if kind == self._seat_kind:
                bare = bare_code(spelled)
                index[bare] = code if index.get(bare, code) == code else None
        index |= {bare_code(row.code): row.code for row in seats}
        self._seat_codes = index

    def settle(self) -> None:
        """Finish: spell seats canonically, make postal codes areas, give seats abroad all their time zones."""
        unknown: set[str] = set()
        for key, spelled in self.within.items():
            codes = {self.seat_code(code) for code in spelled}
            unknown |= {code for code in spelled if not self.seat_code(code)}
            self.within[key] = {code for code in codes if code}
        if unknown:
            self.warnings.append(f"{len(unknown)} unknown seats are named in tables: {', '.join(sorted(unknown)[:5])}")
        if "postal_code" in self._kinds:
            self._settle_postal_codes()
        self._settle_zones_abroad()

    def _settle_postal_codes(self) -> None:
        for postal, communes in self.postal.items():
            key = ("postal_code", postal)
            first = self.areas[min(communes)]
            if key not in self.areas:
                self.areas[key] = AreaRow(kind="postal_code", code=postal, cut="", name=postal, parent=None, time_zone=first.time_zone)
            area = self.areas[key]
            parents = {self.areas[commune].parent for commune in communes if self.areas[commune].kind == "commune"}
            area.parent = parents.pop() if len(parents) == 1 else ("country", self.profile.country)
            area.time_zone = first.time_zone
            area.population = sum(self.areas[commune].population or 0 for commune in communes) or None
            for commune in communes:
                self.aliases.add((commune, "postal", postal))
            if not self.within.get(key):
                self.within[key] = set().union(*(self.within.get(commune, set()) for commune in communes))

    def _settle_zones_abroad(self) -> None:
        zones: dict[str, set[str]] = defaultdict(set)
        for (kind, code), seats in self.within.items():
            if kind == "country_abroad":
                area = self.areas[kind, code]
                for seat in seats:
                    zones[seat] |= set(area.time_zones or [area.time_zone])
        for seat, all_zones in zones.items():
            area = self.areas[self._seat_kind, seat]
            area.time_zones = sorted(all_zones)

    def add_figures(self, rows: Rows, rule: FigureRule, labels: dict[str, tuple[str, str]]) -> None:
        """Make indicators of a table's columns; what is not a number is not known."""
        if not rows.rows:
            return
        columns = [column for column in rows.rows[0] if column not in {rule.code, *rule.not_columns}]
        indicators = {column: IndicatorRow(column, *labels.get(column, (column, ""))) for column in columns}
        for row in rows.rows:
            key = self._figure_area(rule, row[rule.code])
            if not key:
                self.warnings.append(f"figures of an unknown place: {row[rule.code]}")
                continue
            for column, indicator in indicators.items():
                value = _number(row[column])
                if value is not None:
                    indicator.values.append((key, value))
        self.indicators += indicators.values()

    def _figure_area(self, rule: FigureRule, code: str) -> Key | None:
        if code == self.profile.country:
            return "country", code
        if rule.kind == self._seat_kind:
            seat = self.seat_code(code)
            return (rule.kind, seat) if seat else None
        return (rule.kind, code) if (rule.kind, code) in self.areas else None


def _names_abroad(country: str) -> dict[str, str]:
    """Name a country in the languages of the settings, nothing when its code is unknown."""
    names = {language: name_of(country, language=language) for language, _ in settings.LANGUAGES}
    return names if all(names.values()) else {}


def _whole(text: str) -> int | None:
    return int(text) if text.isdecimal() else None


def _number(text: Any) -> float | None:
    try:
        value = float(str(text).replace(",", "."))
    except ValueError:
        return None
    return value if value == value and abs(value) != float("inf") else None


def _point(row: dict[str, str], rule: AreaRule) -> tuple[float, float] | None:
    lat, lon = _number(row.get(rule.lat, "")) if rule.lat else None, _number(row.get(rule.lon, "")) if rule.lon else None
    return (lon, lat) if lat is not None and lon is not None else None
