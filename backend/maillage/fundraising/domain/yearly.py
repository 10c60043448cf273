"""What somebody gave in a year, added up by recipient and month, with what it costs after tax."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from maillage.fundraising.domain.cost import Cost, cost_after_tax
from maillage.fundraising.domain.rule_parts import Tax
from maillage.fundraising.domain.words import Method

TOLD_FROM = 15
"""Day of January from which the year before is told: debits of its last days are through by then."""


@dataclass(frozen=True)
class Gave:
    """One donation that was received: cents, what went back of it, the day on which it counts, and how it came."""

    amount: int
    refunded: int
    on: date
    method: str


@dataclass(frozen=True)
class Month:
    """A month in which something was given: its first day, how many donations, cents given and cents that went back since."""

    first: date
    donations: int
    amount: int
    refunded: int


@dataclass(frozen=True)
class Given:
    """What one recipient was given in a year: by month, in cents; `cost` is None where the tax knows nothing of it."""

    months: tuple[Month, ...]
    amount: int
    refunded: int
    cost: Cost | None

    @property
    def kept(self) -> int:
        """What stayed with the recipient."""
        return self.amount - self.refunded


def year_told_on(today: date) -> int | None:
    """Say which year is told on a day; None outside the second half of January."""
    return today.year - 1 if today.month == 1 and today.day >= TOLD_FROM else None


def year_told_to(proved_on: date) -> int | None:
    """Say which year is told to an address that is proved on a day; None before the day from which all others are told.

    It is the year before, to the end of December: until then what was declared for the tax can be put right on-line, at least in
    France, and no later year is over.
    """
    return proved_on.year - 1 if proved_on >= proved_on.replace(month=1, day=TOLD_FROM) else None


def added_up(donations: Sequence[Gave], *, tax: Tax | None, given_before: int = 0) -> Given:
    """Add up what one recipient was given. `given_before`: cents given in the year to others that fill the same limits first."""
    by_month: dict[date, list[Gave]] = {}
    for one in sorted(donations, key=lambda one: one.on):
        by_month.setdefault(one.on.replace(day=1), []).append(one)
    months = tuple(
        Month(first, len(gave), sum(one.amount for one in gave), sum(one.refunded for one in gave)) for first, gave in by_month.items()
    )
    return Given(
        months=months,
        amount=sum(month.amount for month in months),
        refunded=sum(month.refunded for month in months),
        cost=_cost(donations, tax, given_before),
    )


def counts_for_tax(donations: Sequence[Gave], tax: Tax | None) -> int:
    """Return the cents of these donations of which the tax gives a part back."""
    if tax is None:
        return 0
    return sum(one.amount - one.refunded for one in donations if tax.cash or one.method != Method.CASH)


def _cost(donations: Sequence[Gave], tax: Tax | None, given_before: int) -> Cost | None:
    if tax is None:
        return None
    kept = sum(one.amount - one.refunded for one in donations)
    counted = counts_for_tax(donations, tax)
    cost = cost_after_tax(tax=tax, amount=counted, given_before=given_before)
    return Cost(kept, cost.reduction, cost.limits)
