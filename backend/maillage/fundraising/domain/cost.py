"""What a donation costs once the income tax has given its part back."""

from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _

from maillage.fundraising.domain.amounts import amount_said, percent_said
from maillage.fundraising.domain.rule_parts import Tax


class Limit(StrEnum):
    """Why the tax may give back less than is said."""

    INCOME = "income"
    CARRIED = "carried"
    HOUSEHOLD = "household"
    CASH = "cash"
    NO_TAX = "no_tax"


@dataclass(frozen=True)
class Cost:
    """What was given, what comes off the tax, and what is left to bear, in cents; `limits` in the order in which a page says them."""

    amount: int
    reduction: int
    limits: tuple[Limit, ...]

    @property
    def after_tax(self) -> int:
        """What the donation costs in the end, where the whole reduction is had."""
        return self.amount - self.reduction


def cost_after_tax(*, tax: Tax | None, amount: int, given_before: int = 0, in_cash: bool = False) -> Cost:
    """Work out what a donation of so many cents costs after tax; without a tax rule, its amount.

    `given_before`: cents that the household is known to have given in the year to bodies of the same kind, which fill the first bands
    and the household's limit first. The taxable income is never known here: that limit is only said.
    Cents are rounded half up, once for the donation. The tax rounds half up too, but to the euro and once for the whole year
    (CGI, articles 1649 undecies and 1657): to round each donation to the euro would show costs that no declaration bears out.
    """
    if tax is None:
        return Cost(amount, 0, ())
    limits = [Limit.INCOME, Limit.CARRIED]
    if tax.household is not None:
        limits.append(Limit.HOUSEHOLD)
    if not tax.cash:
        limits.append(Limit.CASH)
    limits.append(Limit.NO_TAX)
    hundredths = 0 if in_cash and not tax.cash else _hundredths(tax, given_before + amount) - _hundredths(tax, given_before)
    return Cost(amount, (hundredths + 50) // 100, tuple(limits))


def _hundredths(tax: Tax, given: int) -> int:
    """Return the reduction for what was given in a year, in hundredths of a cent."""
    counted = given if tax.household is None else min(given, tax.household)
    total = start = 0
    for band in tax.bands:
        end = counted if band.up_to is None else min(counted, band.up_to)
        total += max(end - start, 0) * band.percent
        start = end
    return total


def limit_said(limit: Limit, tax: Tax, currency: str = "eur") -> str:
    """Say a limit in the active language, as it stands beside the cost after tax."""
    share, bands = percent_said(tax.income_percent), _bands_said(tax, currency)
    match limit:
        case Limit.INCOME:
            said = _("If you pay income tax in France: %(bands)s of what you give comes off it, within %(share)s of your taxable income.")
            return said % {"bands": bands, "share": share}
        case Limit.CARRIED:
            said = _("What goes beyond %(share)s of your taxable income counts in the %(years)s years that follow.")
            return said % {"share": share, "years": tax.carried_years}
        case Limit.HOUSEHOLD:
            said = _("Donations and dues to parties count up to %(amount)s a year for a household.")
            return said % {"amount": amount_said(tax.household or 0, currency)}
        case Limit.CASH:
            return _("What is given in cash takes nothing off the tax.")
        case Limit.NO_TAX:
            return _("Whoever pays no income tax gets nothing back: the donation costs its whole amount.")


def _bands_said(tax: Tax, currency: str) -> str:
    first, *rest = tax.bands
    if not rest or first.up_to is None:
        return percent_said(first.percent)
    return _("%(first)s up to %(amount)s a year, then %(rest)s") % {
        "first": percent_said(first.percent),
        "amount": amount_said(first.up_to, currency),
        "rest": percent_said(rest[0].percent),
    }
