"""On which day a target is met, with a range: what the last weeks did, drawn again.

The method, as one would do it on paper: write by how many covered seats each of the last twelve weeks changed on twelve slips.
Draw one, put it back, add it, and go on, a slip a week, until the target is reached; note the week. Do that 500 times.
The middle one of these weeks is the forecast; 8 of 10 lie within the range. The draws are always the same ones, so that the
same past gives the same answer, and a farther target never an earlier day.
"""

import random
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cache

WEEKS_USED = 12
WEEKS_NEEDED = 8
FUTURES = 500
HORIZON = 260
"""Weeks: what lies more than five years ahead is not foretold."""

_SEED = 577


class Outlook(StrEnum):
    """What can be said of a target."""

    MET = "met"
    TOO_EARLY = "too_early"
    STANDING = "standing"
    FAR = "far"
    EXPECTED = "expected"


@dataclass(frozen=True)
class Forecast:
    """When `missing` more covered seats are there. `weeks` were used, which brought `a_week` on average.

    `likely_on` is the middle of the futures, `early_on` to `late_on` holds 8 of 10 of them; `late_on` is None when it is
    more than five years ahead. All are None unless the outlook is `expected`.
    """

    outlook: Outlook
    missing: int
    weeks: int
    a_week: float
    likely_on: date | None = None
    early_on: date | None = None
    late_on: date | None = None


def forecast(*, covered: int, goal: int, gains: Sequence[int], today: date) -> Forecast:
    """Foretell from weekly gains, the oldest first, when `covered` seats become `goal`.

    Too early below eight weeks; standing when they brought nothing; far when fewer than half of the futures arrive in five years.
    """
    used = tuple(gains[-WEEKS_USED:])
    missing = max(0, goal - covered)
    mean = sum(used) / len(used) if used else 0.0
    if not missing:
        return Forecast(Outlook.MET, 0, len(used), mean)
    if len(used) < WEEKS_NEEDED:
        return Forecast(Outlook.TOO_EARLY, missing, len(used), mean)
    if mean <= 0:
        return Forecast(Outlook.STANDING, missing, len(used), mean)
    weeks = sorted(_weeks_until(missing, used, future) for future in range(FUTURES))
    early, likely, late = (weeks[FUTURES * tenths // 10] for tenths in (1, 5, 9))
    if likely > HORIZON:
        return Forecast(Outlook.FAR, missing, len(used), mean)
    return Forecast(
        Outlook.EXPECTED,
        missing,
        len(used),
        mean,
        likely_on=today + timedelta(weeks=likely),
        early_on=today + timedelta(weeks=early),
        late_on=today + timedelta(weeks=late) if late <= HORIZON else None,
    )


def _weeks_until(missing: int, gains: Sequence[int], future: int) -> int:
    """Count the weeks of one future until enough was gained; one more than the horizon when it never was."""
    draws, gained, choices = _draws(), 0, len(gains)
    for week in range(HORIZON):
        gained += gains[int(draws[future * HORIZON + week] * choices)]
        if gained >= missing:
            return week + 1
    return HORIZON + 1


@cache
def _draws() -> "array[float]":
    """The draws of every future, from 0 to below 1, the same in every process."""
    chance = random.Random(_SEED)  # noqa: S311 nothing secret depends on it
    return array("d", (chance.random() for _draw in range(FUTURES * HORIZON)))
