"""Amounts and what Stripe takes of them, in cents of euro, at its European prices."""

from typing import Any

from infra.local.stripe.errors import Refused

EURO = "eur"
LEAST, MOST = 50, 99_999_999
EEA = frozenset(
    [
        "AT",
        "BE",
        "BG",
        "CY",
        "CZ",
        "DE",
        "DK",
        "EE",
        "ES",
        "FI",
        "FR",
        "GR",
        "HR",
        "HU",
        "IE",
        "IS",
        "IT",
        "LI",
        "LT",
        "LU",
        "LV",
        "MT",
        "NL",
        "NO",
        "PL",
        "PT",
        "RO",
        "SE",
        "SI",
        "SK",
    ]
)
FIXED, OF_EEA, OF_OTHERS = 25, 150, 290  # cents, and ten-thousandths
OF_DEBIT = 35
OF_DISPUTE, OF_RETURN = 2_000, 750


def checked_amount(amount: int, *, least: int = LEAST) -> int:
    """Take an amount.

    Raises: Refused.
    """
    if amount < 1:
        raise Refused("This value must be greater than or equal to 1.", code="parameter_invalid_integer", param="amount", saved=False)
    if amount < least:
        raise Refused(f"Amount must be at least €{least / 100:.2f} eur", code="amount_too_small", param="amount")
    if amount > MOST:
        raise Refused(f"Amount must be no more than €{MOST / 100:,.2f} eur", code="amount_too_large", param="amount")
    return amount


def checked_currency(currency: str) -> str:
    """Take a currency: the stand-in's accounts know euros only.

    Raises: Refused.
    """
    if currency.lower() != EURO:
        said = f"Invalid currency: {currency.lower()}. The accounts of this stand-in support these currencies: {EURO}"
        raise Refused(said, param="currency", saved=False)
    return EURO


def fee_of_card(amount: int, country: str | None) -> int:
    """What a card payment costs."""
    share = OF_EEA if country in EEA else OF_OTHERS
    return (amount * share + 5_000) // 10_000 + FIXED


def fee_details(fee: int, description: str = "Stripe processing fees") -> list[dict[str, Any]]:
    """Write a fee as a balance transaction tells it."""
    if not fee:
        return []
    return [{"amount": fee, "application": None, "currency": EURO, "description": description, "type": "stripe_fee"}]


def euros(cents: int) -> str:
    """Write an amount in a message."""
    return f"€{cents / 100:,.2f}"
