"""How much one natural person may still give: periods, what counts, and instalments still to come."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.rule_parts import Cap, Period
from maillage.fundraising.domain.words import Nature

CAPS: Mapping[str, LazyText] = {
    "all_parties_a_year": _(
        "At most %(amount)s for each person and year, all parties and dues together. What was given here is counted; think of what you "
        "gave elsewhere."
    ),
    "candidates_of_an_election": _(
        "At most %(amount)s for each person and election, all candidates together. What was given here is counted; think of what you "
        "gave elsewhere."
    ),
}
"""What each cap of `rules.toml` says, by its code."""


class NoElection(ValueError):
    """A cap counts by election, and none is named."""


@dataclass(frozen=True)
class Counted:
    """An amount of one person that may count: cents, less what was given back, on the day of payment in the rules' time zone.

    `elected` says that the treasurer wrote down that whoever gives holds an elective office (what is declared on-line is not believed
    here); `election` names that of the fund.
    """

    amount: int
    on: date
    nature: str = Nature.DONATION
    elected: bool = False
    election: str = ""


@dataclass(frozen=True)
class Monthly:
    """An amount each month: next on `next_on`, then on a day of the month (1 to 28), until `ends_on` where that is given.

    `first_on`: of one that begins, the day of its first payment, before `next_on`.
    """

    amount: int
    next_on: date
    day: int
    ends_on: date | None = None
    nature: str = Nature.DONATION
    election: str = ""
    first_on: date | None = None


def period_key(cap: Cap, *, on: date, election: str = "") -> str:
    """Name the period that a day falls in: its year, or the election. Raises: NoElection."""
    if cap.period == Period.CALENDAR_YEAR:
        return str(on.year)
    if not election:
        raise NoElection(cap.code)
    return election


def takes(rule_caps: Collection[Cap], nature: str) -> bool:
    """Say whether money of this nature may come under rules with these caps: where there are any, one of them has to count it."""
    return not rule_caps or any(nature in cap.counts for cap in rule_caps)


def counts(cap: Cap, counted: Counted, key: str) -> bool:
    """Say whether an amount counts towards a cap in a period."""
    if counted.nature not in cap.counts or (counted.nature == Nature.DUES and counted.elected and not cap.elected_dues):
        return False
    if cap.period == Period.ELECTION and not counted.election:
        return False
    return period_key(cap, on=counted.on, election=counted.election) == key


def used(cap: Cap, amounts: Iterable[Counted], key: str) -> int:
    """Add up, in cents, what counts towards a cap in a period."""
    return sum(counted.amount for counted in amounts if counts(cap, counted, key))


def remaining(cap: Cap, amounts: Iterable[Counted], key: str) -> int:
    """Return what may still be given in a period, in cents; never less than nothing."""
    return max(cap.amount - used(cap, amounts, key), 0)


def excess(cap: Cap, amounts: Iterable[Counted], key: str) -> int:
    """Return what was given beyond a cap in a period, in cents: it goes back."""
    return max(used(cap, amounts, key) - cap.amount, 0)


def fits(cap: Cap, new: Counted, amounts: Iterable[Counted]) -> bool:
    """Say whether an amount more passes no cap; one that does not count always fits. Raises: NoElection."""
    key = period_key(cap, on=new.on, election=new.election)
    return not counts(cap, new, key) or new.amount <= remaining(cap, amounts, key)


def instalments(monthly: Monthly, *, until: date) -> Iterator[date]:
    """Return the days of the instalments still to come, `until` and the last day of the monthly one included."""
    last = until if monthly.ends_on is None else min(until, monthly.ends_on)
    if monthly.first_on is not None and monthly.first_on <= last:
        yield monthly.first_on
    on = monthly.next_on
    while on <= last:
        yield on
        on = month_after(on, day=monthly.day)


def month_after(on: date, *, day: int) -> date:
    """Return a day (1 to 28) of the month that follows one."""
    return date(on.year + on.month // 12, on.month % 12 + 1, day)


def to_come(monthly: Monthly, *, until: date) -> list[Counted]:
    """Return the instalments still to come as amounts that count: of a monthly one the rest of the year is kept free."""
    return [Counted(monthly.amount, on, monthly.nature, election=monthly.election) for on in instalments(monthly, until=until)]


def first_passed(cap: Cap, monthly: Monthly, amounts: Iterable[Counted], *, closes_on: date | None = None) -> Counted | None:
    """Return the first instalment of a new monthly one that would pass a cap; None where all fit.

    `amounts` are what the person gave and the instalments of their other monthly ones, `closes_on` the last day on which the fund
    collects. Two calendar years show it: one without end fills each later year as it does the second. Raises: NoElection.
    """
    taken = list(amounts)
    for instalment in to_come(monthly, until=_shown_until(monthly, closes_on)):
        if not fits(cap, instalment, taken):
            return instalment
        taken.append(instalment)
    return None


def largest_monthly(cap: Cap, monthly: Monthly, amounts: Iterable[Counted], *, closes_on: date | None = None) -> int:
    """Return the largest amount a month, in cents, of which each instalment fits; its own where it does not count. Raises: NoElection."""
    taken = list(amounts)
    falling: dict[str, int] = {}
    for instalment in to_come(monthly, until=_shown_until(monthly, closes_on)):
        key = period_key(cap, on=instalment.on, election=instalment.election)
        if counts(cap, instalment, key):
            falling[key] = falling.get(key, 0) + 1
    return min((remaining(cap, taken, key) // number for key, number in falling.items()), default=monthly.amount)


def earliest_start(cap: Cap, monthly: Monthly, amounts: Iterable[Counted], *, closes_on: date | None = None) -> date | None:
    """Return the first day from which each instalment fits: the next one, or one of the year that follows; None where none does.

    A year that is full already is so until it ends: later in it fewer instalments fall, and the next year begins empty.
    """
    taken = list(amounts)
    january = date(monthly.next_on.year + 1, 1, 31)
    for on in instalments(monthly, until=january if closes_on is None else min(january, closes_on)):
        if first_passed(cap, replace(monthly, next_on=on, first_on=None), taken, closes_on=closes_on) is None:
            return on
    return None


def latest_start(*, day: int, until: date) -> date:
    """Return the last day of payment that falls in a period, for a day of the month (1 to 28) and the last day of the period."""
    if day <= until.day:
        return until.replace(day=day)
    return date(until.year - (until.month == 1), (until.month - 2) % 12 + 1, day)


def cap_said(cap: Cap, currency: str = "eur") -> str:
    """Say a cap in the active language."""
    return str(CAPS[cap.code]) % {"amount": amount_said(cap.amount, currency)}


def _shown_until(monthly: Monthly, closes_on: date | None) -> date:
    end = date((monthly.first_on or monthly.next_on).year + 1, 12, 31)
    return end if closes_on is None else min(end, closes_on)
