"""The accounting file of a year (fichier des écritures comptables, LPF A.47 A-1): a line an account of an entry."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maillage.fundraising.domain.exports.chart import Chart
from maillage.fundraising.domain.words import Account, EntryKind

_BALANCES = frozenset("12345")
"""Classes of accounts whose balance goes on in the next year; the others begin anew."""

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)

_SIREN = re.compile(r"([0-9]{9})(?:[0-9]{5})?")
_BREAKS = re.compile(r"[\t\r\n|]+")


class FecSeparator(StrEnum):
    """What parts the columns: the order allows these two."""

    TAB = "\t"
    PIPE = "|"


@dataclass(frozen=True)
class FecEntry:
    """An entry as it leaves: its number in the year, its days, and (account, envelope's name, cents) of each line.

    `written_on` is the day from which it could not be changed any more. It names nobody: whoever gave is found by `reference`.
    """

    number: int
    kind: EntryKind
    booked_on: date
    happened_on: date
    written_on: date
    reference: str
    lines: tuple[tuple[Account, str, int], ...]


@dataclass(frozen=True)
class FecOpening:
    """What earlier years leave to a year, as its first entry: number, name and cents of each account on the day it begins.

    `written_on` is the day on which those years were closed; None while they are not, and the balances may change.
    """

    booked_on: date
    written_on: date | None
    lines: tuple[tuple[str, str, int], ...]

    @property
    def debits(self) -> int:
        """The sum of its debits, in cents."""
        return sum(max(cents, 0) for _number, _name, cents in self.lines)


def fec_head(separator: FecSeparator) -> bytes:
    """Write the names of the columns."""
    return _line(COLUMNS, separator)


def carried(balances: Mapping[Account, int], chart: Chart) -> tuple[tuple[str, str, int], ...]:
    """Return number, name and cents of each account that goes on, and of the one that holds what earlier years left over."""
    kept: dict[tuple[str, str], int] = {}
    for account, cents in balances.items():
        if chart.accounts[account][0][0] in _BALANCES:
            kept[chart.accounts[account]] = kept.get(chart.accounts[account], 0) + cents
    left = -sum(kept.values())
    kept[chart.opening.surplus if left < 0 else chart.opening.deficit] = left
    return tuple((number, name, cents) for (number, name), cents in sorted(kept.items()) if cents)


def opening_lines(opening: FecOpening, chart: Chart, *, separator: FecSeparator) -> Iterator[bytes]:
    """Write the balances with which a year begins."""
    for number, name, cents in opening.lines:
        yield _of_entry(
            journal=chart.opening.journal,
            number=1,
            account=(number, name),
            reference=opening_reference(opening, chart),
            words=chart.opening.words,
            cents=cents,
            days=(opening.booked_on, opening.booked_on, opening.written_on),
            separator=separator,
        )


def opening_reference(opening: FecOpening, chart: Chart) -> str:
    """Name the piece of the opening balances."""
    return f"{chart.opening.journal[0]}-{opening.booked_on.year}"


def fec_lines(entries: Iterable[FecEntry], chart: Chart, *, separator: FecSeparator) -> Iterator[bytes]:
    """Write entries, those of one together."""
    for entry in entries:
        for account, envelope, cents in entry.lines:
            words = chart.words[entry.kind]
            yield _of_entry(
                journal=chart.journals[entry.kind],
                number=entry.number,
                account=chart.accounts[account],
                reference=entry.reference,
                words=f"{words} - {envelope}" if envelope else words,
                cents=cents,
                days=(entry.booked_on, entry.happened_on, entry.written_on),
                separator=separator,
            )


def fec_name(registration: str, code: str, last_day: date, *, is_closed: bool) -> str:
    """Name the file as the order asks: the SIREN (also of a SIRET), FEC, the last day of the year; without a SIREN our own code.

    The file of a year that is not closed says that it is provisional: entries may still come, and numbers move.
    """
    siren = _SIREN.fullmatch("".join(registration.split()))
    return f"{siren[1] if siren else code}FEC{_day(last_day)}{'' if is_closed else '-provisional'}.txt"


def _of_entry(
    *,
    journal: tuple[str, str],
    number: int,
    account: tuple[str, str],
    reference: str,
    words: str,
    cents: int,
    days: tuple[date, date, date | None],
    separator: FecSeparator,
) -> bytes:
    """Write a line of an entry; `days` are those of the entry, of its piece, and from which it stands. No account has auxiliary ones."""
    booked_on, happened_on, written_on = days
    sides = (_amount(max(cents, 0)), _amount(max(-cents, 0)))
    stands = _day(written_on) if written_on else ""
    piece = (reference, _day(happened_on))
    return _line((*journal, str(number), _day(booked_on), *account, "", "", *piece, words, *sides, "", "", stands, "", ""), separator)


def _line(cells: Iterable[str], separator: FecSeparator) -> bytes:
    return (separator.join(_BREAKS.sub(" ", cell) for cell in cells) + "\r\n").encode()


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"
