"""A batch as a table that somebody typed in a spreadsheet: which column holds what, and each line read."""

from collections.abc import Mapping, Sequence

from maillage.fundraising.domain.figures import read_cents, read_day
from maillage.fundraising.domain.words import Nature
from maillage.kernel.text import fold

HEADINGS: Mapping[str, Sequence[str]] = {
    "amount": ("montant", "amount", "somme", "montant eur"),
    "received_on": ("recu le", "date", "date de reception", "received on", "received"),
    "nature": ("nature",),
    "honorific": ("civilite", "honorific", "title"),
    "given_name": ("prenom", "first name", "given name"),
    "family_name": ("nom", "nom de famille", "last name", "family name", "name"),
    "born_on": ("date de naissance", "ne le", "nee le", "born on", "birth date", "date of birth"),
    "nationality": ("nationalite", "nationality"),
    "address_lines": ("adresse", "address", "adresse fiscale", "rue", "street"),
    "postcode": ("code postal", "cp", "postcode", "zip"),
    "city": ("ville", "commune", "city", "town"),
    "country": ("pays", "country"),
    "email": ("e mail", "email", "courriel", "mail", "adresse e mail"),
    "paper": ("declaration", "n de declaration", "numero de declaration", "paper", "declaration number"),
    "cheque": ("cheque", "n de cheque", "numero de cheque", "cheque number"),
    "drawn_on": ("banque", "bank", "banque du cheque"),
}
"""How each column may be called, as `kernel.text.fold` writes it."""

NEEDED = ("amount", "received_on", "given_name", "family_name")

_NATURES = {
    "don": Nature.DONATION,
    "donation": Nature.DONATION,
    "cotisation": Nature.DUES,
    "dues": Nature.DUES,
    "membership dues": Nature.DUES,
}


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Say which column holds what; a heading that is not known is passed over."""
    found: dict[str, int] = {}
    folded = [fold(heading) for heading in headings]
    for name, spellings in HEADINGS.items():
        at = next((place for place, heading in enumerate(folded) if heading in spellings), None)
        if at is not None:
            found[name] = at
    return found


def read_line(cells: Sequence[str], columns: Mapping[str, int]) -> dict[str, object]:
    """Read one line as the fields of a row; what is no amount, day or nature is None, and what has no cell is absent."""
    texts = {name: cells[place].strip() for name, place in columns.items() if place < len(cells)}
    read: dict[str, object] = dict(texts)
    for name in ("received_on", "born_on"):
        if name in texts:
            read[name] = read_day(texts[name])
    read["amount"] = read_cents(texts.get("amount", ""))
    if texts.get("nature"):
        read["nature"] = _NATURES.get(fold(texts["nature"]))
    else:
        read.pop("nature", None)
    for name in ("nationality", "country"):
        if name in texts:
            read[name] = texts[name].upper()
    return read
