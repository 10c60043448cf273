"""How small donations and large ones part a sum: bins of like amounts, shares, quantiles and the Lorenz curve. Pure."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from math import ceil
from typing import NamedTuple


class Bin(NamedTuple):
    """Donations, or givers, of like amounts: the least amount in cents, how many, and what they come to."""

    least: int
    number: int
    cents: int


def bin_of(cents: int) -> int:
    """Return the least amount that is counted together with one; a bin is at most a hundredth wide.

    Whole amounts, of at most two digits that are followed by zeros only (50 euros), are bins of their own: most donations are such
    ones, they are told exactly, and so is what lies under them. What lies between two of them is parted evenly. So there are 376 bins
    from one power of ten to the next, and how many are read soon grows no more, however much is given.
    """
    least = whole(cents)
    if least == cents:
        return cents
    width, parts = _between_whole(cents)
    return least + max(1, ceil((cents - least) * parts // width * width / parts))


def whole(cents: int) -> int:
    """Return the nearest whole amount that is not above one: under it all is told exactly."""
    width, _parts = _between_whole(cents)
    return cents // width * width


def _between_whole(cents: int) -> tuple[int, int]:
    """Return how far a whole amount is from the next one, and in how many bins the amounts between them stand: below 2 euros one each."""
    width = 10 ** max(len(str(cents)) - 2, 0)
    return width, width if cents < 200 else ceil(100 / (cents // width))


@dataclass(frozen=True)
class Part:
    """How many of a number, and how many cents of a sum."""

    number: int
    cents: int
    of_number: int
    of_cents: int

    @property
    def share_of_number(self) -> float:
        return self.number / self.of_number if self.of_number else 0.0

    @property
    def share_of_cents(self) -> float:
        return self.cents / self.of_cents if self.of_cents else 0.0

    @property
    def passes_the_bar(self) -> bool:
        """Say whether it brings more than half of the sum: the bar that inspired this campaign."""
        return 2 * self.cents > self.of_cents


def between(bins: Sequence[Bin], least: int, below: int | None) -> Part:
    """Tell what lies from an amount on and under another, of bins that rise; both begin bins, so it is exact."""
    first = bisect_left(bins, (least,))
    kept = bins[first : len(bins) if below is None else bisect_left(bins, (below,), lo=first)]
    (number, cents), (of_number, of_cents) = _sums(kept), _sums(bins)
    return Part(number=number, cents=cents, of_number=of_number, of_cents=of_cents)


def quantile(bins: Sequence[Bin], share: float) -> int:
    """Return the amount, in cents, that this share does not exceed, within a half of a hundredth; 0 of nothing."""
    rank = share * sum(each.number for each in bins)
    for each, so_far in zip(bins, accumulate(each.number for each in bins), strict=True):
        if so_far >= rank:
            return _told_of(each)
    return 0


def _told_of(each: Bin) -> int:
    """Return the mean of a bin, or what is nearest to it of the amounts that lie within a half of a hundredth of any in it."""
    least = whole(each.least)
    width, parts = _between_whole(least)
    place = (each.least - least) * parts // width
    most = least if each.least == least else least + ceil((place + 1) * width / parts) - 1
    return max(ceil(most * 0.995), min(round(each.cents / each.number), int(each.least * 1.005)))


def mean(bins: Sequence[Bin]) -> int:
    """Return the mean amount in cents, rounded; 0 of nothing."""
    number, cents = _sums(bins)
    return round(cents / number) if number else 0


def tiers(small_under: int) -> list[tuple[int, int | None]]:
    """Return steps of amounts around a threshold: 15, 30, 50, 100 and 200 around 50. Each begins a bin."""
    bounds = sorted({whole(small_under * tenths // 10) for tenths in (3, 6, 10, 20, 40)} - {0})
    return list(zip([0, *bounds], [*bounds, None], strict=True))


STEP = 0.004
"""The nearest that two points of a curve stand to each other: less cannot be seen."""


def lorenz(bins: Sequence[Bin], *, through: int | None = None) -> list[tuple[float, float]]:
    """Return the curve of which share of all, the smallest first, brings which share of the sum; from (0, 0) to (1, 1).

    What lies under the amount `through` is always a point of it.
    """
    number, cents = _sums(bins)
    if not number or not cents:
        return []
    points = [(0.0, 0.0)]
    _leasts, numbers, sums = zip(*bins, strict=True)
    so_many, so_much = list(accumulate(numbers)), list(accumulate(sums))
    last_under = bisect_left(bins, (through or 0,)) - 1
    place, many, much = -1, 0, 0
    while place < len(bins) - 1:
        far = min(bisect_left(so_many, many + STEP * number, lo=place + 1), bisect_left(so_much, much + STEP * cents, lo=place + 1))
        place = last_under if place < last_under < far else min(far, len(bins) - 1)
        many, much = so_many[place], so_much[place]
        points.append((many / number, much / cents))
    return points


def largest(bins: Sequence[Bin], share: float) -> Part:
    """Tell what this share of all, the largest, brings; a bin that it cuts is cut evenly."""
    number, cents = _sums(bins)
    wanted = round(number * share)
    left, sum_of = wanted, 0
    for each in reversed(bins):
        taken = min(left, each.number)
        sum_of += each.cents * taken // each.number
        left -= taken
    return Part(number=wanted, cents=sum_of, of_number=number, of_cents=cents)


def _sums(bins: Sequence[Bin]) -> tuple[int, int]:
    _leasts, numbers, cents = zip(*bins, strict=True) if bins else ((), (), ())
    return sum(numbers), sum(cents)
