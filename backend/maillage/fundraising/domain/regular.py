"""How many go on giving each month: cohorts, churn, and what the next months bring. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

LEAST_MONTHS = 3
"""Months that have to be over before anything is foretold."""

MONTHS_DRAWN = 12
"""The past months of which the forecast speaks."""

RANGE = 0.8
"""Of the past months so many lie within the range."""

Cohorts = Mapping[tuple[str, str], tuple[int, int]]
"""By the month of the first instalment, and a month: how many paid for it, and cents."""


@dataclass(frozen=True)
class Kept:
    """A month that is over: who paid for it, and cents; who began in it.

    `before`: who paid for the month before; `stayed`: who paid for this one and began earlier; `money_kept`: cents of these, as a
    share of the cents of the month before, None where there were none.
    """

    month: str
    paid: int
    cents: int
    began: int
    before: int
    stayed: int
    money_kept: float | None

    @property
    def churn(self) -> float | None:
        """The share of those of the month before that is missing in this one, after who came back; None where there was nobody."""
        return max(0.0, 1 - self.stayed / self.before) if self.before else None


@dataclass(frozen=True)
class Foretold:
    """Cents that a month to come brings of those who give now, and the range in which 8 of 10 past months would leave it."""

    month: str
    cents: int
    low: int
    high: int


def following(month: str, by: int = 1) -> str:
    """Name the month so many after another; before it where `by` is negative."""
    number = int(month[:4]) * 12 + int(month[5:]) - 1 + by
    return f"{number // 12:04}-{number % 12 + 1:02}"


def months_kept(cohorts: Cohorts, *, before: str) -> list[Kept]:
    """Tell of each month that was over before another, the oldest first. A month without anybody in between is told too."""
    months = sorted({month for _began, month in cohorts if month < before})
    if not months:
        return []
    found: list[Kept] = []
    month, last = months[0], following(before, -1)
    while month <= last:
        here = {began: paid for (began, paid_for), paid in cohorts.items() if paid_for == month}
        old = [paid for began, paid in here.items() if began < month]
        ago = found[-1] if found else None
        found.append(
            Kept(
                month=month,
                paid=sum(number for number, _ in here.values()),
                cents=sum(cents for _, cents in here.values()),
                began=here.get(month, (0, 0))[0],
                before=ago.paid if ago else 0,
                stayed=sum(number for number, _ in old),
                money_kept=sum(cents for _, cents in old) / ago.cents if ago and ago.cents else None,
            )
        )
        month = following(month)
    return found


def foretell(past: Sequence[Kept], *, promised: int, month: str, ahead: int = 6) -> list[Foretold]:
    """Say what the months from one on bring of what is promised a month now: nothing below three months that are over.

    Each month keeps the share that the middle one of the past months kept; the range is what comes if each keeps as little, or
    as much, as a tenth of the past months did. Who comes new is not foretold.
    """
    kept = sorted(each.money_kept for each in past[-MONTHS_DRAWN:] if each.money_kept is not None)
    if len(kept) < LEAST_MONTHS:
        return []
    cut = int(len(kept) * (1 - RANGE) / 2)
    low, middle, high = kept[cut], median(kept), kept[len(kept) - 1 - cut]
    return [
        Foretold(
            month=following(month, step),
            cents=round(promised * middle ** (step + 1)),
            low=round(promised * low ** (step + 1)),
            high=round(promised * high ** (step + 1)),
        )
        for step in range(ahead)
    ]


def retention(cohorts: Cohorts, *, until: str, most: int = 24) -> list[tuple[str, int, list[int]]]:
    """Return the latest cohorts with how many paid for each month from their first on, up to one that is over."""
    begun = sorted({began for began, _month in cohorts if began <= until})[-most:]
    rows = []
    for began in begun:
        month, paid = began, []
        while month <= until:
            paid.append(cohorts.get((began, month), (0, 0))[0])
            month = following(month)
        rows.append((began, paid[0], paid))
    return rows
