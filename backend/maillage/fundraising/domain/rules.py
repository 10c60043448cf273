"""The rules for donations (`rules.toml`): what holds on a day for a party, a candidate, an association, or where none are known."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path
from types import UnionType
from typing import Any, get_origin, get_type_hints

from maillage.fundraising.domain.rule_parts import (
    Age,
    Agent,
    Asked,
    Band,
    Body,
    Cap,
    Cash,
    Cited,
    Declaration,
    Due,
    DueWhat,
    Fact,
    Giver,
    Mention,
    Named,
    NoRules,
    Period,
    Receipt,
    ReceiptKind,
    Refund,
    RefundedBy,
    RuleSet,
    Scope,
    Tax,
    Term,
    TermCode,
    Unit,
    Way,
)
from maillage.fundraising.domain.words import Method, Nature
from maillage.people.domain.law import GivingRules, Mark


class WrongRules(ValueError):
    """The table of rules cannot be read: a row says too little, something unknown, or the same as another."""


@dataclass(frozen=True)
class _Shape:
    """What the rows of a table become: how columns are read, and by which one several rows of a set are told apart."""

    part: type[Cited]
    apart: str = ""
    read: Mapping[str, Callable[[Any], Any]] = field(default_factory=dict)


def _bands(rows: Sequence[Mapping[str, int]]) -> tuple[Band, ...]:
    return tuple(Band(**row) for row in rows)


def _natures(values: Sequence[str]) -> frozenset[Nature]:
    return frozenset(Nature(value) for value in values)


def _methods(values: Sequence[str]) -> frozenset[Method]:
    return frozenset(Method(value) for value in values)


_SHAPES: Mapping[str, _Shape] = {
    "set": _Shape(Named),
    "giver": _Shape(Giver, read={"nationalities": frozenset, "residences": frozenset}),
    "age": _Shape(Age),
    "declaration": _Shape(Declaration),
    "receipt": _Shape(Receipt, read={"kind": ReceiptKind}),
    "refund": _Shape(Refund, read={"by": RefundedBy}),
    "cash": _Shape(Cash),
    "agent": _Shape(Agent),
    "asked": _Shape(Asked, apart="what", read={"what": Fact}),
    "cap": _Shape(Cap, apart="code", read={"period": Period, "scope": Scope, "counts": _natures}),
    "way": _Shape(Way, apart="methods", read={"methods": _methods}),
    "tax": _Shape(Tax, apart="body", read={"body": Body, "bands": _bands}),
    "mention": _Shape(Mention, apart="key"),
    "due": _Shape(Due, apart="what", read={"what": DueWhat}),
    "term": _Shape(Term, apart="code", read={"code": TermCode, "unit": Unit}),
}
_NEEDED = ("set", "giver", "age", "declaration", "receipt", "refund")

Rows = Mapping[str, tuple[Any, ...]]
"""What one set says, whenever it holds, by table and in the order of the file."""


def read_rules(text: str) -> Mapping[GivingRules, Rows]:
    """Read a table of rules as `rules.toml` is written. Raises: WrongRules, with the row at fault."""
    found: dict[GivingRules, dict[str, list[Any]]] = {code: {name: [] for name in _SHAPES} for code in GivingRules}
    for name, rows in tomllib.loads(text).items():
        if name not in _SHAPES:
            raise WrongRules(f"unknown table: {name}")
        for row in rows:
            try:
                sets = [GivingRules(code) for code in row["sets"]]
                part = _part(_SHAPES[name], row)
            except (KeyError, TypeError, ValueError) as error:
                raise WrongRules(f"{name}: {error}: {row}") from error
            for code in sets:
                found[code][name].append(part)
    for code, tables in found.items():
        for name, parts in tables.items():
            for one, other in combinations(parts, 2):
                if _same(one, other, _SHAPES[name].apart) and _meet(one, other):
                    raise WrongRules(f"{name}: two rows of {code} hold on the same day: {one}, {other}")
    return {code: {name: tuple(parts) for name, parts in tables.items()} for code, tables in found.items()}


def _part(shape: _Shape, row: Mapping[str, Any]) -> Cited:
    values = {key: shape.read[key](value) if key in shape.read else value for key, value in row.items() if key != "sets"}
    part = shape.part(**values | {"mark": Mark(row["mark"])})
    if not part.source.strip():
        raise ValueError("no source")
    for name, kind in get_type_hints(shape.part).items():
        if not isinstance(getattr(part, name), kind if isinstance(kind, UnionType) else get_origin(kind) or kind):
            raise TypeError(f"{name} is no {kind}")
    return part


def _same(one: Cited, other: Cited, apart: str) -> bool:
    """Say whether two rows of a table speak of the same thing; two ways do where they share a method."""
    if not apart:
        return True
    first, second = getattr(one, apart), getattr(other, apart)
    return bool(first & second) if isinstance(first, frozenset) else bool(first == second)


def _meet(one: Cited, other: Cited) -> bool:
    """Say whether a day exists on which both hold."""
    return max(one.valid_from or date.min, other.valid_from or date.min) <= min(one.valid_until or date.max, other.valid_until or date.max)


RULES: Mapping[GivingRules, Rows] = read_rules(Path(__file__).with_name("rules.toml").read_text(encoding="utf-8"))


def rules_on(code: str, day: date, *, rules: Mapping[GivingRules, Rows] = RULES) -> RuleSet:
    """Return all that holds for donations under a set (`GivingRules`) on a day, told in the set's time zone.

    Raises: NoRules where the set did not exist yet, or no more.
    """
    rows = rules[GivingRules(code)]
    held = {name: tuple(part for part in rows[name] if part.holds(day)) for name in _SHAPES}
    if any(not held[name] for name in _NEEDED):
        raise NoRules(f"{code}: {day}")
    every = [part for parts in rows.values() for part in parts]
    changes = {part.valid_from for part in every if part.valid_from}
    changes |= {part.valid_until + timedelta(days=1) for part in every if part.valid_until}
    following = min((change for change in changes if change > day), default=None)
    return RuleSet(
        code=GivingRules(code),
        valid_from=max((change for change in changes if change <= day), default=None),
        valid_until=following and following - timedelta(days=1),
        named=held["set"][0],
        giver=held["giver"][0],
        age=held["age"][0],
        declaration=held["declaration"][0],
        receipt=held["receipt"][0],
        refund=held["refund"][0],
        cash=next(iter(held["cash"]), None),
        agent=next(iter(held["agent"]), None),
        asked=held["asked"],
        caps=held["cap"],
        ways=held["way"],
        taxes=held["tax"],
        mentions=held["mention"],
        dues=held["due"],
        terms=held["term"],
    )
