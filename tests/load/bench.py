"""How a figure is measured: alternate, compare pairwise, take the median, say what varied."""

import json
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

ROUNDS = 7
SPREAD_WORTH_SAYING = 0.30


class MissingData(Exception):
    """What the figure needs is not on this machine; the message says what."""


@dataclass(frozen=True)
class Figure:
    """One figure: `group.name`, what it is compared with, and how it is measured.

    `better` says on which side of the target lies success: a ratio or a time that must stay `below` it, or a
    throughput that must stay `above`. `needs_long`: only with LONG=1.
    """

    name: str
    target: float
    unit: str
    better: Literal["below", "above"]
    measure: Callable[[], "Result"]
    needs_long: bool = False


@dataclass
class Result:
    """What was measured. `ratio` is ours over reference; both are null for an absolute figure."""

    ours: float
    reference: float | None = None
    ratio: float | None = None
    correct: bool = True
    note: str = ""
    extra: dict[str, Any] = field(default_factory=dict)


def seconds(work: Callable[[], object]) -> float:
    """Time one call, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(ours: Callable[[], float], reference: Callable[[], float], *, rounds: int = ROUNDS) -> Result:
    """Alternate two measurements (each returns its own number) and take the median of the pairwise ratios.

    One round of each runs first and is not counted. The order within a pair alternates, so that neither always
    follows the other.
    """
    ours(), reference()
    pairs = []
    for number in range(rounds):
        if number % 2:
            second, first = reference(), ours()
        else:
            first, second = ours(), reference()
        pairs.append((first, second))
    references = [pair[1] for pair in pairs]
    middle = statistics.median(references)
    spread = (max(references) - min(references)) / middle if middle else 0.0
    note = f"the reference itself varied by {spread:.0%}" if spread > SPREAD_WORTH_SAYING else ""
    return Result(
        ours=statistics.median(pair[0] for pair in pairs),
        reference=middle,
        ratio=statistics.median(pair[0] / pair[1] for pair in pairs),
        note=note,
    )


def absolute(measure: Callable[[], float], *, rounds: int = 5) -> Result:
    """Take the median of several measurements with nothing to compare to."""
    measure()
    return Result(ours=statistics.median(measure() for _ in range(rounds)))


def line(figure: Figure, group: str) -> str:
    """Measure one figure and write its line."""
    row: dict[str, Any] = {"name": f"{group}.{figure.name}"}
    try:
        result = figure.measure()
    except MissingData as missing:
        result = Result(ours=float("nan"), correct=False, note=str(missing))
    except Exception as error:
        result = Result(ours=float("nan"), correct=False, note=f"{type(error).__name__}: {error}")
    value = result.ours if result.ratio is None else result.ratio
    met = result.correct and (value <= figure.target if figure.better == "below" else value >= figure.target)
    row |= {
        "ours": _round(result.ours),
        "reference": _round(result.reference),
        "ratio": _round(result.ratio),
        "target": figure.target,
        "unit": figure.unit,
        "met": met,
        "correct": result.correct,
    }
    if result.note:
        row["note"] = result.note
    return json.dumps(row | result.extra, ensure_ascii=False)


def _round(value: float | None) -> float | None:
    if value is None or value != value:
        return None
    return float(f"{value:.4g}")
