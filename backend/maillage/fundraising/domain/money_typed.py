"""Amounts as people type them into a form that needs no script."""

import re

_AMOUNT = re.compile(r"(\d{1,7})(?:[.,](\d{1,2}))?")
_AROUND = str.maketrans("", "", " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}€")


def cents_typed(text: str) -> int | None:
    """Read an amount of a currency with cents: 25, 12,50, 1 200.5, 20 €; None for what is none, or could be read in two ways."""
    found = _AMOUNT.fullmatch(text.translate(_AROUND))
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None
