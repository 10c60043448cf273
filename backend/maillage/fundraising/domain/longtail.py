"""How small donations and large ones part a sum: bins of like amounts, shares, quantiles and the Lorenz curve. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Bin:
    """Donations, or givers, of like amounts: the least amount in cents, how many, and what they come to."""

    least: int
    number: int
    cents: int


def bin_of(cents: int) -> int:
    """Return the least amount that is counted together with one: exact below 10 euros, else at most half a hundredth wide.

    Any amount of at most three digits that are followed by zeros only (50 euros) begins a bin, so that what lies under it is exact;
    and whichever amount of a bin is meant, its mean is off by less than a half of a hundredth.
    """
    if cents < 1000:
        return cents
    step: int = 10 ** (len(str(cents)) - 3)
    if str(cents)[0] == "1":
        step //= 2
    return cents // step * step


def begins_bin(cents: int) -> bool:
    """Say whether a threshold can be told exactly."""
    return cents > 0 and bin_of(cents) == cents
