"""What came in, and from how many, as anybody may read it."""

from dataclasses import dataclass

from maillage.fundraising.domain.longtail import quantile
from maillage.fundraising.models import Fund
from maillage.fundraising.selectors.dashboard import amounts, givers
from maillage.people.domain import SMALLEST_SHOWN

EVER = ""
"""The period of sums that holds all of them."""


@dataclass(frozen=True)
class Raised:
    """Cents that came in and stayed, from how many people, and the cents that half of the donations do not exceed."""

    amount: int
    people: int
    median: int


def raised_for(fund: Fund) -> Raised | None:
    """Say what a recipient was given so far, from the sums that are written with the books; None while so few gave that it would
    tell what one of them did. Two queries.
    """
    people = sum(each.number for group in givers(fund, EVER) for each in group)
    if people < SMALLEST_SHOWN:
        return None
    bins = amounts(fund, EVER)
    return Raised(amount=sum(each.cents for each in bins), people=people, median=quantile(bins, 0.5))
