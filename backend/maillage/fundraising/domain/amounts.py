"""Amounts of money as one says them."""

from django.utils.formats import number_format
from django.utils.translation import get_language

from maillage.kernel.dates import NO_BREAK


def amount_said(cents: int, currency: str = "eur") -> str:
    """Say an amount of minor units in the active language: 7 500 € and €7,500, 3,40 € and €3.40."""
    units, rest = divmod(cents, 100)
    number = number_format(f"{units}.{rest:02}" if rest else units, force_grouping=True)
    if currency.lower() != "eur":
        return f"{number}{NO_BREAK}{currency.upper()}"
    return f"{number}{NO_BREAK}€" if get_language() == "fr" else f"€{number}"


def percent_said(percent: int) -> str:
    """Say a percentage: 66 % and 66%."""
    return f"{percent}{NO_BREAK}%" if get_language() == "fr" else f"{percent}%"
