"""Bank statements as camt.053 (ISO 20022), read piece by piece. No entity is expanded: a document type is refused."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from xml.parsers import expat

from maillage.fundraising.domain.figures import read_day
from maillage.fundraising.domain.statements import LONGEST_NAME, MOST_LINES, Line, Statement, WrongStatement, currencies_said, tidy

DEEPEST = 40
LONGEST_TEXT = 4000
MOST_STATEMENTS = 400
"""Of one file: one for each day of a year."""

_AMOUNT = re.compile(r"(?=[0-9.]*[0-9])([0-9]{0,13})(?:\.([0-9]{0,2})0*)?", re.ASCII)
_STATEMENT = ("Document", "BkToCstmrStmt", "Stmt")
_OPENINGS = ("OPBD", "PRCD")
_SIDES = {"CRDT": 1, "DBIT": -1}


@dataclass
class _Entry:
    """What an `Ntry` said so far."""

    texts: dict[tuple[str, ...], list[str]] = field(default_factory=dict)


class _Reader:
    """Follows the elements of a file, and keeps of each statement what the books need."""

    def __init__(self) -> None:
        self.found: list[Statement] = []
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = 0
        self._head: _Entry | None = None
        self._balances: dict[str, tuple[date, int]] = {}
        self._part: _Entry | None = None
        self._lines: list[Line] = []
        self._currencies: set[str] = set()
        self._count = 0
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartDoctypeDeclHandler = self._refuse
        self.parser.EntityDeclHandler = self._refuse
        self.parser.StartElementHandler = self._begin
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._say

    def _refuse(self, *_: object) -> None:
        raise WrongStatement("document_type", self.parser.CurrentLineNumber)

    def _begin(self, name: str, attributes: dict[str, str]) -> None:
        self._path.append(name.rpartition(" ")[2])
        self._text, self._length = [], 0
        if len(self._path) > DEEPEST:
            raise WrongStatement("too_deep", self.parser.CurrentLineNumber)
        if len(self._path) == 1 and self._path[0] != "Document":
            raise WrongStatement("not_camt", self.parser.CurrentLineNumber)
        inside = tuple(self._path)
        if inside == _STATEMENT:
            self._head, self._balances, self._lines, self._currencies = _Entry(), {}, [], set()
        elif inside in ((*_STATEMENT, "Ntry"), (*_STATEMENT, "Bal")):
            self._part = _Entry()
        if self._part is not None and inside[4:] == ("Amt",):
            self._currencies.add(attributes.get("Ccy", ""))

    def _say(self, text: str) -> None:
        self._length += len(text)
        if self._length <= LONGEST_TEXT:
            self._text.append(text)

    def _end(self, name: str) -> None:
        inside = tuple(self._path)
        said = "".join(self._text).strip()
        if said and inside[:3] == _STATEMENT:
            if self._part is not None:
                self._part.texts.setdefault(inside[4:], []).append(said)
            elif self._head is not None:
                self._head.texts.setdefault(inside[3:], []).append(said)
        if inside == (*_STATEMENT, "Ntry") and self._part is not None:
            self._keep_line(self._part)
            self._part = None
        elif inside == (*_STATEMENT, "Bal") and self._part is not None:
            self._keep_balance(self._part)
            self._part = None
        elif inside == _STATEMENT and self._head is not None:
            if len(self.found) == MOST_STATEMENTS:
                raise WrongStatement("too_many_lines", self.parser.CurrentLineNumber)
            self.found.append(self._statement(self._head))
            self._head = None
        self._path.pop()
        self._text, self._length = [], 0

    def _keep_line(self, part: _Entry) -> None:
        self._count += 1
        if self._count > MOST_LINES:
            raise WrongStatement("too_many_lines", self.parser.CurrentLineNumber)
        status = _first(part, ("Sts",), ("Sts", "Cd")) or "BOOK"
        amount = self._amount(part)
        if status != "BOOK" or not amount:
            return
        booked_on = _day(part, "BookgDt") or _day(part, "ValDt")
        if booked_on is None:
            raise WrongStatement("no_day", self.parser.CurrentLineNumber)
        said = [text for path, texts in part.texts.items() for text in texts if _is_said(path)]
        names = [text for path, texts in part.texts.items() for text in texts if _names_party(path, comes=amount > 0)]
        references = [
            text
            for wanted in ("EndToEndId", "ChqNb", "MsgId", "TxId")
            for path, texts in part.texts.items()
            if path[-2:] == ("Refs", wanted)
            for text in texts
            if text != "NOTPROVIDED"
        ]
        own = _first(part, ("AcctSvcrRef",), ("NtryRef",), ("NtryDtls", "TxDtls", "Refs", "AcctSvcrRef"))
        self._lines.append(
            Line(
                booked_on=booked_on,
                value_on=_day(part, "ValDt"),
                amount=amount,
                label=tidy(" · ".join(dict.fromkeys(said))),
                reference=tidy(" ".join(dict.fromkeys([*references, *([own] if own else [])])), LONGEST_NAME),
                party=tidy(" · ".join(dict.fromkeys(names)), LONGEST_NAME),
            )
        )

    def _keep_balance(self, part: _Entry) -> None:
        kind = _first(part, ("Tp", "CdOrPrtry", "Cd"))
        day = _day(part, "Dt")
        if day is None:
            return
        known = self._balances.get(kind)
        latest = kind == "CLBD"
        if known is None or (day > known[0]) == latest:
            self._balances[kind] = (day, self._amount(part))

    def _amount(self, part: _Entry) -> int:
        said, side = _AMOUNT.fullmatch(_first(part, ("Amt",))), _first(part, ("CdtDbtInd",))
        if said is None or side not in _SIDES:
            raise WrongStatement("no_amount", self.parser.CurrentLineNumber)
        return _SIDES[side] * (int(said[1] or "0") * 100 + int((said[2] or "").ljust(2, "0")))

    def _statement(self, head: _Entry) -> Statement:
        opening = next((self._balances[kind] for kind in _OPENINGS if kind in self._balances), None)
        closing = self._balances.get("CLBD")
        days = [line.booked_on for line in self._lines]
        from_on = read_day(_first(head, ("FrToDt", "FrDtTm"), ("FrToDt", "FrDt"))) or min(days, default=closing and closing[0])
        to_on = read_day(_first(head, ("FrToDt", "ToDtTm"), ("FrToDt", "ToDt"))) or max(days, default=closing and closing[0])
        if from_on is None or to_on is None:
            raise WrongStatement("no_day", self.parser.CurrentLineNumber)
        return Statement(
            lines=tuple(self._lines),
            from_on=min([from_on, *days]),
            to_on=max([to_on, *days]),
            number=tidy(_first(head, ("ElctrncSeqNb",), ("LglSeqNb",), ("Id",)), 64),
            iban=_first(head, ("Acct", "Id", "IBAN")),
            currency=currencies_said({_first(head, ("Acct", "Ccy")), *self._currencies}),
            opening=opening and opening[1],
            closing=closing and closing[1],
        )


def read_camt(pieces: Iterable[bytes]) -> list[Statement]:
    """Read every statement of a file. Raises: WrongStatement (`not_camt`, `document_type`, `too_deep`, `no_amount`, …)."""
    reader = _Reader()
    try:
        for piece in pieces:
            reader.parser.Parse(piece, False)
        reader.parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise WrongStatement("not_camt", error.lineno) from error
    if not reader.found:
        raise WrongStatement("not_camt")
    return reader.found


def _first(part: _Entry, *paths: tuple[str, ...]) -> str:
    return next((part.texts[path][0] for path in paths if path in part.texts), "")


def _day(part: _Entry, name: str) -> date | None:
    return read_day(_first(part, (name, "Dt"), (name, "DtTm")))


def _is_said(path: tuple[str, ...]) -> bool:
    """Say whether a path holds words for people: what the payer wrote, what the bank adds."""
    return path[-2:] in (("RmtInf", "Ustrd"), ("CdtrRefInf", "Ref")) or path[-1] in ("AddtlNtryInf", "AddtlTxInf")


def _names_party(path: tuple[str, ...], *, comes: bool) -> bool:
    """Say whether a path names who is at the other end: who pays what comes, who gets what goes."""
    wanted = "Dbtr" if comes else "Cdtr"
    return path[-3:] == ("RltdPties", wanted, "Nm") or path[-4:] == ("RltdPties", wanted, "Pty", "Nm")


def looks_like_camt(head: bytes) -> bool:
    """Say whether a file begins as XML does, in any encoding that banks use."""
    start: Any = head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\0")
    return bool(start.startswith((b"<", b"\0<")))
