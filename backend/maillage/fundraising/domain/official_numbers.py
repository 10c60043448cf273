"""The numbers that an authority gave its receipts, as a table that the treasurer brings: which column holds what, each line read."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from maillage.fundraising.domain.figures import read_day
from maillage.kernel.ids import read_uuid
from maillage.kernel.text import fold

HEADINGS: Mapping[str, Sequence[str]] = {
    "donation": ("identifiant operation", "operation", "reference", "don", "donation", "identifiant don"),
    "donor": ("identifiant donateur", "donateur", "donor"),
    "number": ("numero", "numero de recu", "n de recu", "recu", "numero recu", "number", "receipt number", "receipt"),
    "issued_on": ("date", "delivre le", "emis le", "date du recu", "issued on", "issued"),
}
"""How each column may be called, as `kernel.text.fold` writes it; the first two as the file of donors names them."""

MOST_LINES = 20_000
MOST_BYTES = 4 * 1024 * 1024

_NUMBER = re.compile(r"[0-9A-Z][0-9A-Z /.-]{0,31}")


@dataclass(frozen=True)
class Numbered:
    """One line: the number of a receipt, and of what: one donation, or all that one donor gave in the year."""

    number: str
    donation: UUID | None
    donor: UUID | None
    issued_on: date | None


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Say which column holds what; a heading that is not known is passed over."""
    folded = [fold(heading) for heading in headings]
    found: dict[str, int] = {}
    for name, spellings in HEADINGS.items():
        at = next((place for place, heading in enumerate(folded) if heading in spellings), None)
        if at is not None:
            found[name] = at
    return found


def read_line(cells: Sequence[str], columns: Mapping[str, int]) -> tuple[Numbered | None, list[str]]:
    """Read one line, or name the fields of it that cannot be read: `reference`, `number`, `issued_on`."""
    texts = {name: cells[place].strip() if place < len(cells) else "" for name, place in columns.items()}
    number = " ".join(texts.get("number", "").upper().split())
    donation, donor = read_uuid(texts.get("donation", "")), read_uuid(texts.get("donor", ""))
    issued_on = read_day(texts.get("issued_on", "")) if texts.get("issued_on") else None
    wrong = {
        "reference": (bool(texts.get("donation")) and donation is None) or (donation is None and donor is None),
        "number": not _NUMBER.fullmatch(number),
        "issued_on": bool(texts.get("issued_on")) and issued_on is None,
    }
    unread = [name for name, is_wrong in wrong.items() if is_wrong]
    return (None, unread) if unread else (Numbered(number=number, donation=donation, donor=donor, issued_on=issued_on), [])
