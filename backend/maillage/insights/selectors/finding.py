"""What the finder finds, for readers without a script: places by name, and which of their seats a street lies in."""

from dataclasses import dataclass
from typing import Any

from maillage.kernel.text import fold


@dataclass(frozen=True)
class FoundSeat:
    """One seat of a found place."""

    code: str
    name: str


@dataclass(frozen=True)
class Found:
    """A place that the search names: `split` when it lies in several seats."""

    kind: str
    code: str
    name: str
    context: str
    seats: tuple[FoundSeat, ...]

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.code}"


@dataclass(frozen=True)
class Located:
    """The seat of a street first, then those that it may be in; only the first when that is certain."""

    codes: tuple[str, ...]
    is_certain: bool


def only_place(items: list[Found], query: str) -> Found | None:
    """Return the one place that the query means: the only one found, or the only one of exactly that name or code."""
    if len(items) == 1:
        return items[0]
    exact = [item for item in items if fold(item.name) == fold(query) or item.code == query]
    return exact[0] if len(exact) == 1 else None


def only_seat(items: list[Found], query: str) -> str | None:
    """Return the seat that the query leads to without a question, if there is one."""
    place = only_place(items, query)
    return place.seats[0].code if place and len(place.seats) == 1 else None
