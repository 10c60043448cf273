"""Bank statements as tables: where their columns begin, what each holds, and their lines.

French banks write a few lines about the account first, then headings, then the movements, then sometimes a balance. What comes
and what goes stands in one column with its sign, or in two; a debit with a minus or without.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from maillage.fundraising.domain.figures import read_cents, read_day
from maillage.fundraising.domain.statements import LONGEST_NAME, MOST_LINES, Line, Statement, WrongStatement, currencies_said, tidy
from maillage.kernel.text import fold

HEADINGS: Mapping[str, Sequence[str]] = {
    "booked_on": ("date", "date operation", "date de l operation", "date de comptabilisation", "date comptable", "dateop", "booking date"),
    "value_on": ("date de valeur", "date valeur", "valeur", "dateval", "value date"),
    "label": (
        "libelle",
        "libelle operation",
        "libelle de l operation",
        "libelle simplifie",
        "label",
        "description",
        "nature de l operation",
    ),
    "detail": (
        "detail",
        "detail de l ecriture",
        "nature de l operation",
        "informations complementaires",
        "libelle complementaire",
        "commentaire",
        "details",
        "motif",
    ),
    "party": ("tiers", "contrepartie", "nom du tiers", "counterparty", "name"),
    "reference": ("reference", "ref", "numero de reference", "n de reference", "reference de l operation", "transaction id"),
    "amount": (
        "montant",
        "montant de l operation",
        "montant eur",
        "montant en euros",
        "montant euros",
        "amount",
        "amount eur",
        "valeur en euros",
    ),
    "debit": ("debit", "debit eur", "debit euros", "montant debit", "paid out"),
    "credit": ("credit", "credit eur", "credit euros", "montant credit", "paid in"),
    "balance": ("solde", "solde eur", "solde apres operation", "balance"),
    "side": ("sens", "sens de l operation", "sens operation", "debit credit", "d c", "debit ou credit"),
    "currency": ("devise", "code devise", "devise de l operation", "monnaie", "currency"),
}
"""How each column may be called, as `kernel.text.fold` writes it."""

_BALANCES = ("solde", "balance")
_WENT, _CAME = ("d", "debit", "dbit"), ("c", "credit", "crdt")
_DATED_BALANCE = re.compile(
    r"(ancien |nouveau )?solde( (crediteur|debiteur|initial|final|precedent|anterieur|comptable|disponible))?( (au|en date du) [0-9 ]+)?"
)
"""The whole label of a line that tells a balance as if it were a movement; "solde de tout compte" is one."""

_CURRENCY = re.compile(r"[A-Za-z]{3}")

SEARCHED = 40
"""Lines at the beginning among which the headings stand."""


@dataclass(frozen=True)
class Layout:
    """How a table is read: the line of its headings (from 0), and the column of each thing."""

    headings_at: int
    columns: Mapping[str, int]
    month_first: bool = False


@dataclass(frozen=True)
class Unread:
    """A line that is not understood: which (from 1), and which of its columns."""

    line: int
    column: str


@dataclass(frozen=True)
class Read:
    """What a table came to: the statement, and the lines that could not be read, of which none may be left out."""

    statement: Statement | None
    unread: Sequence[Unread] = field(default_factory=tuple)


def guess_layout(table: Sequence[Sequence[str]]) -> Layout | None:
    """Find the headings and what each column holds; None where no line names a day and an amount."""
    for at, cells in enumerate(table[:SEARCHED]):
        columns = _columns(cells)
        if is_whole(columns):
            return Layout(at, columns, month_first=_is_month_first(table[at + 1 :], columns["booked_on"]))
    return None


def is_whole(columns: Mapping[str, int]) -> bool:
    """Say whether columns suffice to read movements: a day, and an amount or what came and what went."""
    return "booked_on" in columns and ("amount" in columns or {"debit", "credit"} <= set(columns))


def read_table(table: Sequence[Sequence[str]], layout: Layout) -> Read:
    """Read the movements under the headings. Raises: WrongStatement (`no_lines`, `too_many_lines`).

    A line without a day and without an amount is about something else; a balance that is told before or behind is taken.
    """
    lines: list[Line] = []
    unread: list[Unread] = []
    balances: list[int] = []
    currencies: set[str] = set()
    for number, cells in enumerate(table[layout.headings_at + 1 :], layout.headings_at + 2):
        day_said, amount = _cell(cells, layout, "booked_on"), _amount(cells, layout)
        day = read_day(day_said, month_first=layout.month_first)
        has_amount = any(_cell(cells, layout, name) for name in ("amount", "debit", "credit"))
        if day is None and (not has_amount or not day_said or _says_a_sum(cells)):
            continue
        if _DATED_BALANCE.fullmatch(fold(_cell(cells, layout, "label"))):
            continue
        if day is None or amount is None:
            unread.append(Unread(number, "booked_on" if day is None else "amount"))
            continue
        if not amount:
            continue
        label = " · ".join(dict.fromkeys(text for text in (_cell(cells, layout, "label"), _cell(cells, layout, "detail")) if text))
        lines.append(
            Line(
                booked_on=day,
                value_on=read_day(_cell(cells, layout, "value_on"), month_first=layout.month_first),
                amount=amount,
                label=tidy(label),
                reference=tidy(_cell(cells, layout, "reference"), LONGEST_NAME),
                party=tidy(_cell(cells, layout, "party"), LONGEST_NAME),
            )
        )
        if _CURRENCY.fullmatch(currency := _cell(cells, layout, "currency")):
            currencies.add(currency)
        if (balance := read_cents(_cell(cells, layout, "balance"))) is not None:
            balances.append(balance)
        if len(lines) > MOST_LINES:
            raise WrongStatement("too_many_lines", number)
    if unread:
        return Read(None, unread)
    if not lines:
        raise WrongStatement("no_lines")
    opening, closing = _balances(table, layout, lines, balances)
    days = [line.booked_on for line in lines]
    currency = currencies_said(currencies)
    return Read(Statement(lines=tuple(lines), from_on=min(days), to_on=max(days), currency=currency, opening=opening, closing=closing))


def _says_a_sum(cells: Sequence[str]) -> bool:
    """Say whether a line tells a balance or a total, and is no movement."""
    words = fold(" ".join(cells))
    return any(word in words for word in (*_BALANCES, "total"))


def _columns(cells: Sequence[str]) -> dict[str, int]:
    folded = [fold(cell) for cell in cells]
    found: dict[str, int] = {}
    for name, spellings in HEADINGS.items():
        at = next((place for spelling in spellings for place, cell in enumerate(folded) if cell == spelling), None)
        if at is not None and at not in found.values():
            found[name] = at
    if {"debit", "credit"} <= set(found):
        found.pop("amount", None)
    return found


def _is_month_first(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Say whether days are written as in America: each reads with the month first, and one does not otherwise."""
    said = [cells[column] for cells in rows if column < len(cells) and read_day(cells[column], month_first=True) is not None]
    return any(read_day(text) is None for text in said)


def _cell(cells: Sequence[str], layout: Layout, name: str) -> str:
    place = layout.columns.get(name)
    return cells[place].strip() if place is not None and place < len(cells) else ""


def _amount(cells: Sequence[str], layout: Layout) -> int | None:
    """Return the cents of a movement; None where they cannot be read."""
    if "amount" in layout.columns:
        return _sided(read_cents(_cell(cells, layout, "amount")), fold(_cell(cells, layout, "side")))
    went, came = _cell(cells, layout, "debit"), _cell(cells, layout, "credit")
    out, into = (read_cents(text) if text else 0 for text in (went, came))
    if out is None or into is None or not (went or came):
        return None
    return into - abs(out)


def _sided(amount: int | None, side: str) -> int | None:
    """Give an amount the sign that a column of its own says; one with a sign already has it, and a word that says neither is no side."""
    if amount is None or not side or amount < 0:
        return amount
    return -amount if side in _WENT else amount if side in _CAME else None


def _balances(
    table: Sequence[Sequence[str]], layout: Layout, lines: Sequence[Line], balances: Sequence[int]
) -> tuple[int | None, int | None]:
    """Find what was there before and behind: in the column of balances, else in lines that say so by a word."""
    if len(balances) == len(lines):
        if _adds_up(lines, balances):
            return balances[0] - lines[0].amount, balances[-1]
        if _adds_up(lines[::-1], balances[::-1]):
            return balances[-1] - lines[-1].amount, balances[0]
    told: dict[str, int] = {}
    about = (*table[: layout.headings_at], *(row for row in table[layout.headings_at + 1 :] if not _is_movement(row, layout)))
    for cells in about:
        cents = next((found for cell in reversed(cells) if read_day(cell) is None and (found := read_cents(cell)) is not None), None)
        words = fold(" ".join(cells))
        if cents is None or not any(word in words for word in _BALANCES):
            continue
        is_before = any(word in words for word in ("initial", "precedent", "ancien", "debut", "opening"))
        told["opening" if is_before else "closing"] = cents
    return told.get("opening"), told.get("closing")


def _is_movement(cells: Sequence[str], layout: Layout) -> bool:
    return _day(cells, layout) is not None and bool(_amount(cells, layout))


def _day(cells: Sequence[str], layout: Layout) -> date | None:
    return read_day(_cell(cells, layout, "booked_on"), month_first=layout.month_first)


def _adds_up(lines: Sequence[Line], balances: Sequence[int]) -> bool:
    return all(balances[at] == balances[at - 1] + lines[at].amount for at in range(1, len(lines)))
