"""Bank statements as read from a file, whatever its format, and what tells their lines apart."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

MOST_BYTES = 20 << 20
"""Of a file: a month of the busiest account is a tenth of it."""

MOST_LINES = 50_000
LONGEST_LABEL = 500
LONGEST_NAME = 140


class WrongStatement(ValueError):
    """A file is no statement that can be read: `code` says why, `line` where, counted from 1 (0: nowhere in particular)."""

    def __init__(self, code: str, line: int = 0) -> None:
        super().__init__(f"{code} at {line}")
        self.code = code
        self.line = line


@dataclass(frozen=True)
class Line:
    """One movement of an account: cents, what came is positive."""

    booked_on: date
    amount: int
    label: str = ""
    reference: str = ""
    party: str = ""
    value_on: date | None = None


@dataclass(frozen=True)
class Statement:
    """What a bank says of an account from one day to another; a balance that it does not tell is None, a currency empty."""

    lines: Sequence[Line]
    from_on: date
    to_on: date
    number: str = ""
    iban: str = ""
    currency: str = ""
    opening: int | None = None
    closing: int | None = None

    @property
    def moved(self) -> int:
        """Cents: the sum of its lines."""
        return sum(line.amount for line in self.lines)

    @property
    def difference(self) -> int:
        """Cents by which opening and lines miss the closing balance; 0 where a balance is not told."""
        return 0 if self.opening is None or self.closing is None else self.closing - self.opening - self.moved


def tidy(text: str, most: int = LONGEST_LABEL) -> str:
    """Write a text of a bank on one line, without what no keyboard types, at most so long."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())[:most]


def currencies_said(codes: Iterable[str]) -> str:
    """Write the currencies that a file names (ISO 4217), small: one, or several where an account has no single one."""
    return " ".join(sorted({code.strip().lower() for code in codes if code.strip()}))


def marks_of(lines: Iterable[Line]) -> list[str]:
    """Name each line by what it says; of several that say the same on one day each has its number.

    So a statement that overlaps another brings each line once, wherever its file begins.
    """
    seen: dict[tuple[object, ...], int] = {}
    marks = []
    for line in lines:
        told = (line.booked_on.isoformat(), line.amount, line.reference, line.label, line.party)
        seen[told] = seen.get(told, 0) + 1
        marks.append(sha256("\x1f".join(str(part) for part in (*told, seen[told])).encode()).hexdigest())
    return marks
