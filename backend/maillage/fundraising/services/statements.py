"""Bank statements brought in, and each of their lines found in the books."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from io import BytesIO, TextIOWrapper
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.camt import looks_like_camt, read_camt
from maillage.fundraising.domain.statement_tables import Layout, Unread, guess_layout, is_whole, read_table
from maillage.fundraising.domain.statements import Statement, WrongStatement, marks_of
from maillage.fundraising.domain.words import SetAside, StatementFormat
from maillage.fundraising.models import BankStatement, ClosedYear, Fund, LineMatch, StatementLine
from maillage.fundraising.selectors.bank import bank_entries, proposals_of
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.people.domain.imports_files import lines_of, writing_of

SAMPLE = 5
_PIECE = 64 * 1024


@dataclass(frozen=True)
class Reading:
    """What a file is read as, before anything of it is kept: of a table also its columns and first lines."""

    format: StatementFormat
    statements: Sequence[Statement]
    layout: Layout | None = None
    headings: Sequence[str] = ()
    sample: Sequence[Sequence[str]] = ()
    unread: Sequence[Unread] = ()


@dataclass(frozen=True)
class Brought:
    """A statement that was brought in: how many of its lines were new."""

    statement: BankStatement
    added: int


def read_statement(body: bytes, *, columns: Mapping[str, int] | None = None) -> Reading:
    """Read a file as it would be brought in; `columns` says what those of a table hold, where the guess is wrong.

    Raises: Invalid (`not_a_statement`, with `line` and `why`).
    """
    try:
        if looks_like_camt(body[:16]):
            pieces = (body[at : at + _PIECE] for at in range(0, len(body), _PIECE))
            return Reading(StatementFormat.CAMT_053, read_camt(pieces))
        return _read_table(body, columns or {})
    except WrongStatement as wrong:
        raise Invalid(_wrong_said(wrong), code="not_a_statement", why=wrong.code, line=wrong.line) from wrong


def bring_statement(
    *, fund: Fund, body: bytes, file_name: str, by: User, now: datetime, columns: Mapping[str, int] | None = None
) -> list[Brought]:
    """Bring a file in: each line once, however many statements tell it. The same file again adds nothing.

    Facts: statement.imported.
    Raises: Invalid (`not_a_statement`, `columns_missing`, `unread_lines`, `other_account`).
    """
    reading = read_statement(body, columns=columns)
    if reading.unread:
        unread = [{"line": each.line, "column": each.column} for each in reading.unread[:50]]
        raise Invalid(_("Some lines cannot be read. Nothing was kept."), code="unread_lines", lines=unread)
    if not reading.statements:
        raise Invalid(_("Say which columns hold the day and the amount."), code="columns_missing")
    for statement in reading.statements:
        _same_account(fund, statement)
    digest = sha256(body).hexdigest()
    brought = []
    with transaction.atomic():
        Fund.objects.select_for_update(no_key=True).get(pk=fund.pk)
        for number, statement in enumerate(reading.statements):
            name = digest if number == 0 else sha256(f"{digest}:{number}".encode()).hexdigest()
            known = BankStatement.objects.filter(fund=fund, digest=name).first()
            brought.append(
                Brought(known, 0) if known else _keep(fund, reading.format, statement, digest=name, file_name=file_name, by=by, now=now)
            )
    return brought


def match_line(*, line_id: UUID, entry_ids: Collection[int], by: User, now: datetime) -> StatementLine:
    """Say that a line of the bank is these entries of the books: their sum is its amount. Safe to repeat.

    Facts: statement_line.matched.
    Raises: NotFound, Invalid (`sums_differ`), Conflict (`line_taken`, `entry_taken`).
    """
    with transaction.atomic():
        line = _locked(line_id)
        known = set(line.matches.values_list("entry_id", flat=True))
        if known == set(entry_ids) and known:
            return line
        if known or line.set_aside:
            raise Conflict(_("This line is settled already. Undo that first."), code="line_taken")
        amounts = {entry.id: entry.amount for entry in bank_entries(line.fund, ids=entry_ids)}
        if missing := set(entry_ids) - set(amounts):
            if LineMatch.objects.filter(entry_id__in=missing, entry__fund=line.fund_id).exists():
                raise _entry_taken()
            raise NotFound
        if not amounts or sum(amounts.values()) != line.amount:
            sums = {"line": _said(line.amount, line), "entries": _said(sum(amounts.values()), line)}
            raise Invalid(_("The bank says %(line)s, the books say %(entries)s.") % sums, code="sums_differ")
        _match(line, amounts, by=by, now=now)
        journal.record("statement_line.matched", subject=line, at=now, actor_id=by.pk, entries=sorted(amounts))
    return line


def match_what_is_sure(*, fund: Fund, by: User, now: datetime) -> int:
    """Confirm every proposal that is sure; return how many lines it settled. Facts: statement_line.matched."""
    done = 0
    for proposal in proposals_of(fund):
        if proposal.is_sure:
            try:
                match_line(line_id=proposal.line, entry_ids=proposal.entries, by=by, now=now)
            except (Conflict, NotFound):  # somebody else was faster
                continue
            done += 1
    return done


def unmatch_line(*, line_id: UUID, by: User, now: datetime) -> StatementLine:
    """Undo what was said of a line: it is open again. Safe to repeat.

    Facts: statement_line.reopened.  Raises: NotFound, Conflict (`year_closed`).
    """
    with transaction.atomic():
        line = _locked(line_id)
        if not line.set_aside and not line.matches.exists():
            return line
        if ClosedYear.objects.filter(fund=line.fund_id, year__gte=line.booked_on.year).exists():
            raise Conflict(_("This year is closed: nothing of it changes any more."), code="year_closed")
        line.matches.all().delete()
        line.set_aside = ""
        line.save(update_fields=["set_aside"])
        journal.record("statement_line.reopened", subject=line, at=now, actor_id=by.pk)
    return line


def set_line_aside(*, line_id: UUID, why: SetAside, by: User, now: datetime) -> StatementLine:
    """Say that a line is nothing that these books keep: an expense, a fee of the bank. Safe to repeat.

    Facts: statement_line.set_aside.  Raises: NotFound, Conflict (`line_taken`).
    """
    with transaction.atomic():
        line = _locked(line_id)
        if line.matches.exists():
            raise Conflict(_("This line is settled already. Undo that first."), code="line_taken")
        if line.set_aside != why:
            line.set_aside = why
            line.save(update_fields=["set_aside"])
            journal.record("statement_line.set_aside", subject=line, at=now, actor_id=by.pk, why=why.value)
    return line


def _read_table(body: bytes, columns: Mapping[str, int]) -> Reading:
    writing = writing_of(BytesIO(body))
    with TextIOWrapper(BytesIO(body), encoding=writing.encoding, errors="replace", newline="") as text:
        table = list(lines_of(text, separator=writing.separator))
    layout = guess_layout(table)
    if columns:
        layout = replace(layout, columns=columns) if layout else Layout(0, columns)
    if layout is None or not is_whole(layout.columns):
        return Reading(StatementFormat.CSV, (), layout, table[0] if table else (), table[: SAMPLE + 1])
    read = read_table(table, layout)
    below = layout.headings_at + 1
    statements = (read.statement,) if read.statement else ()
    return Reading(StatementFormat.CSV, statements, layout, table[layout.headings_at], table[below : below + SAMPLE], read.unread)


def _same_account(fund: Fund, statement: Statement) -> None:
    own, told = (text.replace(" ", "").upper() for text in (fund.iban, statement.iban))
    if (own and told and own != told) or (statement.currency and statement.currency != fund.currency):
        raise Invalid(_("This statement is of another account than that of the recipient. Nothing was kept."), code="other_account")


def _keep(fund: Fund, how: StatementFormat, statement: Statement, *, digest: str, file_name: str, by: User, now: datetime) -> Brought:
    kept = BankStatement.objects.create(
        fund=fund,
        format=how,
        number=statement.number,
        file_name=file_name[:120],
        digest=digest,
        from_on=statement.from_on,
        to_on=statement.to_on,
        opening=statement.opening,
        closing=statement.closing,
        moved=statement.moved,
        lines_told=len(statement.lines),
        imported_at=now,
        imported_by=by,
    )
    marks = marks_of(statement.lines)
    known = set(StatementLine.objects.filter(fund=fund, mark__in=marks).values_list("mark", flat=True))
    new = [
        StatementLine(
            fund=fund,
            statement=kept,
            position=position,
            mark=mark,
            booked_on=line.booked_on,
            value_on=line.value_on,
            amount=line.amount,
            reference=line.reference,
            label=line.label,
            party=line.party,
        )
        for position, (mark, line) in enumerate(zip(marks, statement.lines, strict=True), 1)
        if mark not in known
    ]
    StatementLine.objects.bulk_create(new, batch_size=1000)
    journal.record("statement.imported", subject=kept, at=now, actor_id=by.pk, lines=len(statement.lines), added=len(new))
    return Brought(kept, len(new))


def _locked(line_id: UUID) -> StatementLine:
    line = StatementLine.objects.select_for_update(of=("self",)).select_related("fund").filter(pk=line_id).first()
    if line is None:
        raise NotFound
    return line


def _match(line: StatementLine, entry_ids: Collection[int], *, by: User, now: datetime) -> None:
    try:
        with transaction.atomic():
            LineMatch.objects.bulk_create(LineMatch(line=line, entry_id=id, matched_at=now, matched_by=by) for id in sorted(entry_ids))
    except IntegrityError as error:
        raise _entry_taken() from error


def _entry_taken() -> Conflict:
    return Conflict(_("One of these entries was found in another line already."), code="entry_taken")


def _said(cents: int, line: StatementLine) -> str:
    return ("−" if cents < 0 else "") + amount_said(abs(cents), line.fund.currency)


def _wrong_said(wrong: WrongStatement) -> str:
    said = {
        "document_type": _("This file declares a document type, which no bank does. It is refused unread."),
        "not_camt": _("This is no bank statement in the format camt.053, or it is cut short."),
        "no_lines": _("No movement was found in this file."),
        "too_many_lines": _("This file has too many lines. Bring it in month by month."),
        "too_deep": _("This is no bank statement in the format camt.053, or it is cut short."),
    }
    return said.get(wrong.code) or _("Line %(line)s of this file cannot be read. Nothing was kept.") % {"line": wrong.line}
