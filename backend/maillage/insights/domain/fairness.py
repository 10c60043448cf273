"""Are poor and rural places covered as others are? Seats ordered by a figure of their place and cut into fifths."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

FIFTHS = 5


@dataclass(frozen=True)
class Scale:
    """A figure by which places are ordered, its lowest fifth first. `indicator` is the code under which it was imported."""

    name: str
    indicator: str


INCOME = Scale("income", "nivvie_median_diff")
"""Median standard of living of the place (INSEE, Filosofi): the first fifth is the poorest."""

RURALITY = Scale("rurality", "pop_urb")
"""Share of people who live in a commune that is not rural (INSEE): the first fifth is the most rural."""

SCALES = (INCOME, RURALITY)
"""By the codes of INSEE, which any file of figures may use; a country's file names its own."""


def scales_named(codes: Mapping[str, str]) -> tuple[Scale, ...]:
    """Return the scales by the codes that a country's file names (`income`, `rurality`), else by those above."""
    return tuple(replace(scale, indicator=codes.get(scale.name, scale.indicator)) for scale in SCALES)


@dataclass(frozen=True)
class Fifth:
    """A fifth of the seats: how many, how many of them are covered, and between which values they lie."""

    number: int
    seats: int
    covered: int
    lowest: float
    highest: float


@dataclass(frozen=True)
class Split:
    """Seats by fifths of a scale; those whose figure is not known are apart, and said."""

    scale: Scale
    fifths: tuple[Fifth, ...]
    unknown: int
    unknown_covered: int


def split(scale: Scale, figures: Sequence[tuple[float | None, bool]]) -> Split:
    """Cut seats, each (figure, is covered), into fifths of equal size; places of one same figure are never parted.

    Where many places share a figure (all of their people in towns) the fifths are unequal. A country of fewer than five
    known places has no fifths.
    """
    known = sorted((value, covered) for value, covered in figures if value is not None)
    unknown = [covered for value, covered in figures if value is None]
    values = [value for value, _covered in known]
    groups: dict[int, list[tuple[float, bool]]] = {}
    for value, covered in known if len(known) >= FIFTHS else []:
        groups.setdefault(_fifth(value, values), []).append((value, covered))
    fifths = tuple(
        Fifth(number, len(lines), sum(covered for _value, covered in lines), lines[0][0], lines[-1][0])
        for number, lines in sorted(groups.items())
    )
    return Split(scale, fifths, unknown=len(unknown), unknown_covered=sum(unknown))


def _fifth(value: float, values: Sequence[float]) -> int:
    """Place a value by the middle of the ranks that equal it."""
    middle = (bisect_left(values, value) + bisect_right(values, value)) / 2
    return min(FIFTHS, int(FIFTHS * middle / len(values)) + 1)
