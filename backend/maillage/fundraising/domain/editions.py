"""What of a month of donations may be told to everybody. Pure (ADR 34, after ADR 22)."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date
from typing import TypeVar

from maillage.fundraising.domain.counting import month_of
from maillage.fundraising.domain.longtail import bin_of
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

    The first step has too few people only where all have.
    """
    bounds = sorted({bin_of(small_under * tenths // 10) for tenths in STEPS} | {0})
    parts: list[tuple[int, list[tuple[int, Hashable]]]] = [(bound, []) for bound in bounds]
    rising = sorted(donations, key=lambda donation: donation[0])
    place = 0
    for donation in rising:
        while place + 1 < len(bounds) and donation[0] >= bounds[place + 1]:
            place += 1
        parts[place][1].append(donation)
    held: list[tuple[int, list[tuple[int, Hashable]]]] = []
    for bound, own in parts:
        if held and (_too_few(own, least) or _too_few(held[-1][1], least)):
            held[-1][1].extend(own)
        elif own or not held:
            held.append((bound, own))
    return [(bound, len(own), sum(cents for cents, _giver in own)) for bound, own in held if own]


def _too_few(donations: Sequence[tuple[int, Hashable]], least: int) -> bool:
    return len({giver for _cents, giver in donations}) < least
