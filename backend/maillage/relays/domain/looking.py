"""What a place is like, and where one would look for somebody there: data (`looking.toml`), beside the rule that reads it."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

MOST_HINTS = 4


@dataclass(frozen=True)
class Hint:
    """Where to look when a figure of a place is much more, or much less, than the country's; texts by language."""

    codes: tuple[str, ...]
    more: float | None
    less: float | None
    says: Mapping[str, str]
    where: Mapping[str, str]

    def strength(self, *, here: float, country: float) -> float:
        """Say how far beyond its threshold a place is: 1 at the threshold, less where the hint does not hold."""
        if country <= 0 or here < 0:
            return 0.0
        ratio = here / country
        if self.more is not None:
            return ratio / self.more
        return (self.less or 0.0) / ratio if ratio > 0 else 0.0


@dataclass(frozen=True)
class Suggestion:
    """A hint that holds for a place, with the two figures that say so and the code of their indicator."""

    code: str
    here: float
    country: float
    hint: Hint


def _read() -> tuple[Hint, ...]:
    with (Path(__file__).parent / "looking.toml").open("rb") as file:
        rows = tomllib.load(file)["hints"]
    return tuple(
        Hint(codes=tuple(row["codes"]), more=row.get("more"), less=row.get("less"), says=row["says"], where=row["where"]) for row in rows
    )


HINTS = _read()
CODES = tuple(code for hint in HINTS for code in hint.codes)


def suggestions(figures: Mapping[str, tuple[float, float]]) -> list[Suggestion]:
    """Return the hints that hold for a place, the strongest first, at most four. `figures`: by code, here and in the country."""
    found = []
    for hint in HINTS:
        code = next((code for code in hint.codes if code in figures), None)
        if code is None:
            continue
        here, country = figures[code]
        strength = hint.strength(here=here, country=country)
        if strength >= 1:
            found.append((strength, Suggestion(code, here, country, hint)))
    return [suggestion for _strength, suggestion in sorted(found, key=lambda pair: -pair[0])[:MOST_HINTS]]
