"""The bank account of a recipient: its statements, and each line found in the books."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising import services
from maillage.fundraising.api.treasury import note_entries_read
from maillage.fundraising.domain.matching import Booked, Proposal, Why
from maillage.fundraising.domain.statement_tables import HEADINGS
from maillage.fundraising.domain.statements import MOST_BYTES, Line, Statement
from maillage.fundraising.domain.words import EntryKind, SetAside, StatementFormat
from maillage.fundraising.models import BankStatement, StatementLine
from maillage.fundraising.selectors.bank import (
    bank_entries,
    line_kept,
    lines_page,
    matched_entries,
    proposals_of,
    standing_of,
    statements_of,
)
from maillage.fundraising.selectors.treasury import as_treasurer, recipient_kept
from maillage.fundraising.services.statements import SAMPLE, Reading
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.rest.bodies import Untouched, body_of
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn

READING = "fundraising.bank"
STATES = ("open", "matched", "aside", "all")


class BankOut(serializers.Serializer[Any]):
    """How bank and books stand, in cents."""

    currency = serializers.CharField()
    closing = serializers.IntegerField(allow_null=True, help_text="what the bank last said; null: no statement told a balance")
    booked = serializers.IntegerField(help_text="what the books say is in the bank")
    open_lines = serializers.IntegerField(help_text="lines of the bank that were not found in the books")
    open_lines_sum = serializers.IntegerField()
    open_entries = serializers.IntegerField(help_text="entries of the books that no statement told yet")
    open_entries_sum = serializers.IntegerField()
    aside_sum = serializers.IntegerField(help_text="of lines that these books do not keep")


class StatementOut(serializers.Serializer[Any]):
    """A statement that was brought in."""

    id = serializers.UUIDField()
    format = serializers.ChoiceField(choices=StatementFormat.choices)
    number = serializers.CharField()
    file_name = serializers.CharField()
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    opening = serializers.IntegerField(allow_null=True, help_text="cents; null: the file does not say")
    closing = serializers.IntegerField(allow_null=True, help_text="cents; null: the file does not say")
    lines = serializers.IntegerField()
    difference = serializers.IntegerField(help_text="cents by which opening and lines miss the closing balance")
    imported_at = serializers.DateTimeField()


class StatementsOut(serializers.Serializer[Any]):
    """Statements, the latest first."""

    items = StatementOut(many=True)


class StatementBroughtOut(StatementOut):
    """A statement that was brought in, and how many of its lines were new."""

    added = serializers.IntegerField()


class ReadLineOut(serializers.Serializer[Any]):
    """A line as it is read."""

    booked_on = serializers.DateField()
    amount = serializers.IntegerField(help_text="cents; what came is positive")
    words = serializers.CharField(help_text="as the bank writes it")
    reference = serializers.CharField()
    party = serializers.CharField()


class ReadStatementOut(serializers.Serializer[Any]):
    """A statement as it is read, its first lines."""

    number = serializers.CharField()
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    opening = serializers.IntegerField(allow_null=True)
    closing = serializers.IntegerField(allow_null=True)
    difference = serializers.IntegerField()
    count = serializers.IntegerField()
    lines = ReadLineOut(many=True, help_text="the first ones")


class UnreadLineOut(serializers.Serializer[Any]):
    """A line that is not understood."""

    line = serializers.IntegerField(help_text="from 1")
    column = serializers.CharField()


class ReadingOut(serializers.Serializer[Any]):
    """What a file is read as; nothing of it is kept yet."""

    format = serializers.ChoiceField(choices=StatementFormat.choices)
    headings = serializers.ListField(child=serializers.CharField(), help_text="of a table")
    sample = serializers.ListField(child=serializers.ListField(child=serializers.CharField()), help_text="first lines, as they came")
    columns = serializers.DictField(child=serializers.IntegerField(), help_text="column by what it holds")
    statements = ReadStatementOut(many=True)
    unread = UnreadLineOut(many=True)


class StatementsBroughtOut(serializers.Serializer[Any]):
    """What a file brought: its statements; or, where it was only read, what it would bring."""

    items = StatementBroughtOut(many=True)
    reading = ReadingOut(allow_null=True)


class BankEntryOut(serializers.Serializer[Any]):
    """An entry of the books that touches the bank account."""

    id = serializers.IntegerField()
    kind = serializers.ChoiceField(choices=EntryKind.choices)
    booked_on = serializers.DateField()
    amount = serializers.IntegerField(help_text="cents; what came is positive")
    hint = serializers.CharField(help_text="the slip’s number, or the family name of who gave")


class BankEntriesOut(serializers.Serializer[Any]):
    """Entries that no statement told yet, the oldest first."""

    items = BankEntryOut(many=True)


class BankProposalOut(serializers.Serializer[Any]):
    """What a line may be."""

    entries = BankEntryOut(many=True)
    why = serializers.ListField(child=serializers.ChoiceField(choices=[(why.value, why.value) for why in Why]))
    is_sure = serializers.BooleanField()


class BankLineOut(ReadLineOut):
    """A line of the bank."""

    id = serializers.UUIDField()
    value_on = serializers.DateField(allow_null=True)
    set_aside = serializers.ChoiceField(choices=[*SetAside.choices, ("", "")])
    is_matched = serializers.BooleanField()
    entries = BankEntryOut(many=True, help_text="what it is in the books")
    proposal = BankProposalOut(allow_null=True)


class BankLinesOut(serializers.Serializer[Any]):
    """A page of lines, the latest first."""

    items = BankLineOut(many=True)
    next = serializers.CharField(allow_null=True)


class MatchIn(serializers.Serializer[Any]):
    """Which entries a line is."""

    entries = serializers.ListField(child=serializers.IntegerField(min_value=1, max_value=2**63 - 1), min_length=1, max_length=200)


class SetAsideIn(serializers.Serializer[Any]):
    """What a line is that these books do not keep."""

    set_aside = serializers.ChoiceField(choices=SetAside.choices)


class MatchedOut(serializers.Serializer[Any]):
    """How many lines were settled."""

    matched = serializers.IntegerField()


class BankView(APIView):
    """How bank and books stand."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_bank", responses=BankOut)
    def get(self, request: Request, code: str) -> Response:
        """Say what the bank says, what the books say, and what lies between."""
        fund = recipient_kept(request.user, code=code, now=now())
        return Response({"currency": fund.currency, **asdict(standing_of(fund))})


class StatementsView(APIView):
    """The statements of a recipient."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]
    parser_classes = [Untouched]

    @extend_schema(operation_id="fundraising_statements", responses=StatementsOut)
    def get(self, request: Request, code: str) -> Response:
        """List the last two hundred."""
        fund = recipient_kept(request.user, code=code, now=now())
        return Response({"items": [_statement(each) for each in statements_of(fund)[:200]]})

    @extend_schema(
        operation_id="fundraising_statement_import",
        parameters=[
            OpenApiParameter("name", str, description="of the file"),
            OpenApiParameter("dry", bool, description="only read it"),
            *(OpenApiParameter(name, int, description="column of a table, from 0, where the guess is wrong") for name in HEADINGS),
        ],
        request={"application/octet-stream": OpenApiTypes.BINARY},
        responses={200: StatementsBroughtOut, 201: StatementsBroughtOut},
    )
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Bring in a file (camt.053 or CSV), sent as it is; each line is kept once, however often it is told."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        asked = request.query_params
        columns = {name: int(asked[name]) for name in HEADINGS if asked.get(name, "").isascii() and asked.get(name, "").isdigit()}
        body = body_of(request, most=MOST_BYTES)
        if asked.get("dry") in ("1", "true"):
            return Response({"items": [], "reading": _reading(services.read_statement(body, columns=columns))})
        brought = services.bring_statement(
            fund=fund, body=body, file_name=asked.get("name", ""), columns=columns, by=as_treasurer(request.user, now=at), now=at
        )
        items = [_statement(each.statement) | {"added": each.added} for each in brought]
        return Response({"items": items, "reading": None}, status=201)


class BankEntriesView(APIView):
    """Entries that no statement told."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_bank_entries", responses=BankEntriesOut)
    def get(self, request: Request, code: str) -> Response:
        """List them, the oldest first."""
        found = bank_entries(recipient_kept(request.user, code=code, now=now()))
        note_entries_read(request, [each.id for each in found], READING)
        return Response({"items": [_entry(each) for each in found]})


class BankLinesView(APIView):
    """Lines of the bank."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_bank_lines",
        parameters=[OpenApiParameter("state", str, enum=list(STATES)), OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses=BankLinesOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them, the latest first; each open one with what it may be."""
        fund = recipient_kept(request.user, code=code, now=now())
        asked = request.query_params
        state = asked.get("state", "all")
        page = keyset_page(
            lines_page(fund, state), keys=["-booked_on", "-id"], after=asked.get("after"), limit=read_limit(asked.get("limit"))
        )
        is_open = any(not row["is_matched"] and not row["set_aside"] for row in page["items"])
        booked = {each.id: each for each in bank_entries(fund)} if is_open else {}
        proposals = {each.line: each for each in proposals_of(fund)} if is_open else {}
        matched = _matched([row["id"] for row in page["items"] if row["is_matched"]])
        items = [
            row | {"entries": matched.get(row["id"], []), "proposal": _proposal(proposals.get(row["id"]), booked)} for row in page["items"]
        ]
        note_entries_read(request, _named(items), READING)
        return Response({"items": items, "next": page["next"]})


class BankLineMatchView(APIView):
    """A line found in the books."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_bank_line_match", request=MatchIn, responses=BankLineOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Say which entries it is: their sum must be its amount. Safe to repeat."""
        at = now()
        line_kept(request.user, id, now=at)
        asked = MatchIn(data=request.data)
        asked.is_valid(raise_exception=True)
        line = services.match_line(line_id=id, entry_ids=asked.validated_data["entries"], by=as_treasurer(request.user, now=at), now=at)
        shown = _line(line)
        note_entries_read(request, _named([shown]), READING)
        return Response(shown)


class BankLineAsideView(APIView):
    """A line that these books do not keep."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_bank_line_aside", request=SetAsideIn, responses=BankLineOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Say what it is. Safe to repeat."""
        at = now()
        line_kept(request.user, id, now=at)
        asked = SetAsideIn(data=request.data)
        asked.is_valid(raise_exception=True)
        why = SetAside(asked.validated_data["set_aside"])
        return Response(_line(services.set_line_aside(line_id=id, why=why, by=as_treasurer(request.user, now=at), now=at)))


class BankLineUndoView(APIView):
    """What was said of a line, undone."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_bank_line_undo", request=None, responses=BankLineOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Let it be open again. Safe to repeat."""
        at = now()
        line_kept(request.user, id, now=at)
        return Response(_line(services.unmatch_line(line_id=id, by=as_treasurer(request.user, now=at), now=at)))


class BankMatchSureView(APIView):
    """All that is sure."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_bank_match_sure", request=None, responses=MatchedOut)
    def post(self, request: Request, code: str) -> Response:
        """Confirm every proposal that is sure."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        return Response({"matched": services.match_what_is_sure(fund=fund, by=as_treasurer(request.user, now=at), now=at)})


def _statement(kept: BankStatement) -> dict[str, Any]:
    told = ("id", "format", "number", "file_name", "from_on", "to_on", "opening", "closing", "difference", "imported_at")
    return {name: getattr(kept, name) for name in told} | {"lines": kept.lines_told}


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "format": reading.format,
        "headings": list(reading.headings),
        "sample": [list(cells) for cells in reading.sample],
        "columns": dict(reading.layout.columns) if reading.layout else {},
        "statements": [_read(each) for each in reading.statements],
        "unread": [asdict(each) for each in reading.unread[:50]],
    }


def _read(statement: Statement) -> dict[str, Any]:
    told = ("number", "from_on", "to_on", "opening", "closing", "difference")
    lines: Sequence[Line] = statement.lines[:SAMPLE]
    shown = [{**asdict(line), "words": line.label} for line in lines]
    return {name: getattr(statement, name) for name in told} | {"count": len(statement.lines), "lines": shown}


def _entry(entry: Booked) -> dict[str, Any]:
    return {
        "id": entry.id,
        "kind": entry.kind,
        "booked_on": entry.booked_on,
        "amount": entry.amount,
        "hint": entry.said,
    }


def _proposal(proposal: Proposal | None, booked: dict[int, Booked]) -> dict[str, Any] | None:
    if proposal is None or not set(proposal.entries) <= set(booked):
        return None
    return {
        "entries": [_entry(booked[id]) for id in proposal.entries],
        "why": sorted(proposal.why),
        "is_sure": proposal.is_sure,
    }


def _matched(line_ids: list[UUID]) -> dict[UUID, list[dict[str, Any]]]:
    found: dict[UUID, list[dict[str, Any]]] = {}
    for entry, line_id in matched_entries(line_ids):
        found.setdefault(line_id, []).append(_entry(entry))
    return found


def _named(shown: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the entries that are shown beside lines: found in them, or proposed."""
    return [entry["id"] for line in shown for entry in (*line["entries"], *(line["proposal"] or {"entries": ()})["entries"])]


def _line(line: StatementLine) -> dict[str, Any]:
    told = ("id", "booked_on", "value_on", "amount", "reference", "party", "set_aside")
    entries = _matched([line.pk]).get(line.pk, [])
    state = {"words": line.label, "is_matched": bool(entries), "entries": entries, "proposal": None}
    return {name: getattr(line, name) for name in told} | state
