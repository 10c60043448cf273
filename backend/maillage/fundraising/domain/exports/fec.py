"""The accounting file of a year (fichier des écritures comptables, LPF A.47 A-1): a line an account of an entry."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from maillage.fundraising.domain.exports.chart import Chart
from maillage.fundraising.domain.words import Account, EntryKind

COLUMNS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
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


def fec_head(separator: FecSeparator) -> bytes:
    """Write the names of the columns."""
    return _line(COLUMNS, separator)


def fec_lines(entries: Iterable[FecEntry], chart: Chart, *, separator: FecSeparator) -> Iterator[bytes]:
    """Write entries, those of one together."""
    for entry in entries:
        code, journal = chart.journals[entry.kind]
        for account, envelope, cents in entry.lines:
            number, name = chart.accounts[account]
            words = chart.words[entry.kind]
            yield _line(
                (
                    code,
                    journal,
                    str(entry.number),
                    _day(entry.booked_on),
                    number,
                    name,
                    entry.reference,
                    _day(entry.happened_on),
                    f"{words} - {envelope}" if envelope else words,
                    _amount(max(cents, 0)),
                    _amount(max(-cents, 0)),
                    "",
                    "",
                    _day(entry.written_on),
                    "",
                    "",
                ),
                separator,
            )


def fec_name(registration: str, code: str, last_day: date) -> str:
    """Name the file as the order asks: the SIREN, FEC, the last day of the year; without a SIREN our own code."""
    digits = "".join(letter for letter in registration if letter.isdigit())
    return f"{digits if len(digits) == 9 else code}FEC{_day(last_day)}.txt"


def _line(cells: Iterable[str], separator: FecSeparator) -> bytes:
    return (separator.join(_BREAKS.sub(" ", cell) for cell in cells) + "\r\n").encode()


def _day(day: date) -> str:
    return f"{day:%Y%m%d}"


def _amount(cents: int) -> str:
    return f"{cents // 100},{cents % 100:02}"
