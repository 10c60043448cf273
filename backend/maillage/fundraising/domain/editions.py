"""What of a month of donations may be told to everybody. Pure (ADR 34, after ADR 22)."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from maillage.fundraising.domain.counting import month_of
from maillage.fundraising.domain.longtail import Bin, Part, between, whole
from maillage.fundraising.domain.regular import following
from maillage.people.domain import SMALLEST_SHOWN
from maillage.people.domain.withheld import may_be_published

Place = TypeVar("Place", bound=Hashable)

TOLD_FROM_DAY = 6
"""Day of the next month from which a month is told: its last debits have come or failed, its hasty donations were given back."""

STEPS = (1, 2, 3, 4, 6, 8, 10, 15, 20, 40, 100, 200)
"""Amounts at which donations are parted, in tenths of the threshold."""


def last_told(today: date) -> str:
    """Name the latest month that may be told on a day."""
    month = month_of(today)
    return following(month, -1 if today.day >= TOLD_FROM_DAY else -2)


def places_told(people: Mapping[Place | None, int], wishes: Sequence[tuple[Place, AbstractSet[Place | None]]]) -> dict[Place, bool]:
    """Say of each place, the most wanted first, whether its figures are told besides those of everybody.

    `people` are counted by the place from which they gave, None where nobody knows it; a wish names the places that lie in one.
    Nothing is told at all while everybody is too few.
    """
    everybody: AbstractSet[Place | None] = frozenset(people)
    whole, *answers = may_be_published(people, [everybody, *(within for _place, within in wishes)])
    return {place: whole and is_told for (place, _within), is_told in zip(wishes, answers, strict=True)}


def steps_told(donations: Iterable[tuple[int, Hashable]], *, small_under: int, least: int = SMALLEST_SHOWN) -> list[tuple[int, int, int]]:
    """Part donations (cents, giver) by rising amount: from so many cents on, how many, cents; too few people join the step before.

    The threshold parts them wherever there are enough people on both sides of it. The first step has too few only where all have.
    """
    bounds = sorted({whole(small_under * tenths // 10) for tenths in STEPS} | {0, small_under})
    rising = sorted(donations, key=lambda donation: donation[0])
    under = [donation for donation in rising if donation[0] < small_under]
    over = rising[len(under) :]
    if any(side and _too_few(side, least) for side in (under, over)):
        return _steps(rising, bounds, least)
    sides = (under, [bound for bound in bounds if bound < small_under]), (over, [bound for bound in bounds if bound >= small_under])
    return [step for side, own in sides for step in _steps(side, own, least)]


def _steps(rising: Sequence[tuple[int, Hashable]], bounds: Sequence[int], least: int) -> list[tuple[int, int, int]]:
    held: list[tuple[int, list[tuple[int, Hashable]]]] = []
    for bound, end in zip(bounds, [*bounds[1:], None], strict=True):
        own = [donation for donation in rising if donation[0] >= bound and (end is None or donation[0] < end)]
        if held and (_too_few(own, least) or _too_few(held[-1][1], least)):
            held[-1][1].extend(own)
        else:
            held.append((bound, own))
    return [(bound, len(own), sum(cents for cents, _giver in own)) for bound, own in held if own]


def _too_few(donations: Sequence[tuple[int, Hashable]], least: int) -> bool:
    return len({giver for _cents, giver in donations}) < least


@dataclass(frozen=True)
class Step:
    """Donations from an amount on, under the next one where there is one; `share` of the cents, 0 to 1."""

    least: int
    below: int | None
    number: int
    cents: int
    share: float
    is_small: bool


def read_steps(steps: Sequence[Sequence[int]], *, small_under: int) -> list[Step]:
    """Read the steps of an edition, the lowest first."""
    sum_of_all = sum(cents for _least, _number, cents in steps)
    bounds = [*(least for least, _number, _cents in steps[1:]), None]
    return [
        Step(
            least=least,
            below=below,
            number=number,
            cents=cents,
            share=cents / sum_of_all if sum_of_all else 0.0,
            is_small=below is not None and below <= small_under,
        )
        for (least, number, cents), below in zip(steps, bounds, strict=True)
    ]


def small_told(steps: Sequence[Sequence[int]], *, small_under: int) -> Part | None:
    """Tell what the steps under a threshold bring; None where one of them reaches across it, so that nothing says it."""
    if not any(least == small_under for least, _number, _cents in steps):
        return None
    return between([Bin(*step) for step in steps], 0, small_under)
