"""Files of the books: for the accountant, the authority, a spreadsheet."""

import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import IO, Any, cast
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.accounts.selectors import RecentlyProved
from maillage.fundraising import services
from maillage.fundraising.domain.exports.chart import Chart, chart_of
from maillage.fundraising.domain.exports.cnccfp import LATEST, LAYOUTS, Layout, decimal
from maillage.fundraising.domain.exports.fec import (
    FecSeparator,
    fec_head,
    fec_lines,
    fec_name,
    opening_lines,
    opening_reference,
)
from maillage.fundraising.domain.rule_parts import ReceiptKind
from maillage.fundraising.domain.words import EntryKind, SetAside
from maillage.fundraising.models import Fund
from maillage.fundraising.selectors.books import (
    YearOfBooks,
    cash_flows,
    entries_of_year,
    given_in_year,
    opening_of,
    receipts_of_year,
    year_of,
)
from maillage.fundraising.selectors.donor_file import agent_of, operations_of_year
from maillage.fundraising.selectors.funds import rules_of
from maillage.fundraising.selectors.treasury import as_treasurer, recipient_kept
from maillage.fundraising.services.exports import Taken
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.rest.reasons import FileReasonIn
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people import services as people
from maillage.people.selectors.organisation import organisation

TOTAL = "X-Total-Cents"
"""Header of each file: its total as the books say it, to be compared with the file's own."""

_SEPARATORS = {"tab": FecSeparator.TAB, "pipe": FecSeparator.PIPE}


class YearFilesOut(serializers.Serializer[Any]):
    """What the files of a year come to, as the books say it; cents."""

    year = serializers.IntegerField()
    closed_at = serializers.DateTimeField(allow_null=True, help_text="null: entries may still come")
    entries = serializers.IntegerField(help_text="the opening balances are the first")
    lines = serializers.IntegerField()
    debits = serializers.IntegerField()
    given = serializers.IntegerField(help_text="what was given and stayed")
    receipts = serializers.IntegerField(help_text="valid tax receipts made for the year")
    receipts_sum = serializers.IntegerField()
    has_donor_file = serializers.BooleanField(help_text="donors are declared to an authority")
    donor_file_lacks = serializers.ListField(child=serializers.CharField(), help_text="facts of the agent that are empty in the donor file")
    fec_name = serializers.CharField(help_text="of the accounting file; it says provisional while the year is open")
    layouts = serializers.ListField(child=serializers.CharField(), help_text="versions of the donor file")


class FecIn(FileReasonIn):
    """What parts the columns, and why the file is taken."""

    parted_by = serializers.ChoiceField(choices=list(_SEPARATORS), default="tab")


class DonorFileIn(FileReasonIn):
    """Which layout, and why the file is taken."""

    layout = serializers.ChoiceField(choices=list(LAYOUTS), default=LATEST)


class EntriesFileIn(FileReasonIn):
    """For which spreadsheet, and why the file is taken."""

    for_french_excel = serializers.BooleanField(default=False, help_text="a mark at the beginning, semicolons, decimal commas")


class YearFilesView(APIView):
    """The files of a year."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_year_files", responses=YearFilesOut)
    def get(self, request: Request, code: str, year: int) -> Response:
        """Say what each would come to."""
        fund = recipient_kept(request.user, code=code, now=now())
        found, opening = year_of(fund, year), opening_of(fund, year, _chart())
        receipts, cents = receipts_of_year(fund, year)
        told = {
            "year": year,
            "closed_at": found.closed_at,
            "fec_name": _fec_name(fund, found),
            "entries": found.entries + (1 if opening else 0),
            "lines": found.lines + (len(opening.lines) if opening else 0),
            "debits": found.debits + (opening.debits if opening else 0),
        }
        has_donor_file = declares_donors(fund)
        declared = {
            "has_donor_file": has_donor_file,
            "donor_file_lacks": agent_of(fund).missing if has_donor_file else [],
            "layouts": list(LAYOUTS),
        }
        return Response({**told, "given": given_in_year(fund, year), "receipts": receipts, "receipts_sum": cents, **declared})


class FecView(APIView):
    """The accounting file."""

    policy = "treasurer"
    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="fundraising_fec", request=FecIn, responses={(200, "text/plain"): OpenApiTypes.STR})
    def post(self, request: Request, code: str, year: int) -> StreamingHttpResponse:
        """Download a year as the tax administration asks for it: opening balances, then entries. They name nobody.

        Of a year that is not closed the file is provisional, and says so in its name: entries may still come, and numbers move.
        """
        fund, asked, _reason, total = _take(request, code, year, "fec", FecIn)
        lines = _fec_lines(fund, year, _SEPARATORS[asked["parted_by"]])
        name = _fec_name(fund, year_of(fund, year))
        return _file(_in_pieces(b"", lines), name, "text/plain; charset=utf-8", total)


class EntriesFileView(APIView):
    """The journal for a spreadsheet."""

    policy = "treasurer"
    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="fundraising_entries_file", request=EntriesFileIn, responses={(200, "text/csv"): OpenApiTypes.STR})
    def post(self, request: Request, code: str, year: int) -> StreamingHttpResponse:
        """Download the lines of a year as CSV, cells that a spreadsheet would run made harmless. They name nobody."""
        fund, asked, _reason, total = _take(request, code, year, "entries", EntriesFileIn)
        is_french = asked["for_french_excel"]
        lines = _entry_lines(fund, year, separator=";" if is_french else ",", comma="," if is_french else ".")
        return _file(
            _in_pieces(BYTE_ORDER_MARK if is_french else b"", lines), f"entries-{fund.code}-{year}.csv", "text/csv; charset=utf-8", total
        )


class DonorFileView(APIView):
    """The file of donors."""

    policy = "treasurer"
    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="fundraising_donor_file", request=DonorFileIn, responses={(200, "application/zip"): OpenApiTypes.BINARY})
    def post(self, request: Request, code: str, year: int) -> StreamingHttpResponse:
        """Download agent, operations and cash flows of a year for the authority; whoever gave sees who took it, and why."""
        at = now()
        if not declares_donors(recipient_kept(request.user, code=code, now=at)):
            raise Conflict(_("The donors of this recipient are declared to nobody."), code="no_donor_file")
        fund, asked, reason_id, total = _take(request, code, year, "donors", DonorFileIn)
        layout = LAYOUTS[asked["layout"]]
        tables = {
            "mandataire.csv": _agent_lines(fund, layout),
            "operations.csv": _operation_lines(fund, year, layout, reader=as_treasurer(request.user, now=at), reason_id=reason_id, at=at),
            "synthese.csv": _flow_lines(fund, year, layout.separator),
        }
        return _file(_zipped(tables, at), f"donors-{fund.code}-{year}.zip", "application/zip", total)


def declares_donors(fund: Fund) -> bool:
    """Say whether a list of the donors of a recipient goes to an authority."""
    return rules_of(fund, now()).receipt.kind is ReceiptKind.CNCCFP


def _take(request: Request, code: str, year: int, kind: str, shape: type[FileReasonIn]) -> tuple[Fund, dict[str, Any], UUID, int]:
    """Read what is asked, and write down who takes the file and why; the total is of the books."""
    at = now()
    fund = recipient_kept(request.user, code=code, now=at)
    asked = shape(data=request.data)
    asked.is_valid(raise_exception=True)
    total = given_in_year(fund, year) if kind == "donors" else _debits(fund, year)
    reason_id = services.take_file(
        fund=fund,
        taken=Taken(kind=kind, year=year, total=total),
        words=asked.validated_data["reason"],
        by=as_treasurer(request.user, now=at),
        now=at,
    )
    return fund, asked.validated_data, reason_id, total


def _chart() -> Chart:
    return chart_of(organisation().country)


def _fec_name(fund: Fund, found: YearOfBooks) -> str:
    return fec_name(fund.registration, fund.code, date(found.year, 12, 31), is_closed=found.closed_at is not None)


def _debits(fund: Fund, year: int) -> int:
    opening = opening_of(fund, year, _chart())
    return year_of(fund, year).debits + (opening.debits if opening else 0)


def _fec_lines(fund: Fund, year: int, separator: FecSeparator) -> Iterator[bytes]:
    chart = _chart()
    opening = opening_of(fund, year, chart)
    yield fec_head(separator)
    if opening:
        yield from opening_lines(opening, chart, separator=separator)
    for batch in entries_of_year(fund, year, number=1 if opening else 0):
        yield from fec_lines(batch, chart, separator=separator)


def _file(content: Iterable[bytes], name: str, content_type: str, total: int) -> StreamingHttpResponse:
    answer = StreamingHttpResponse(content, content_type=content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    answer[TOTAL] = str(total)
    return answer


def _in_pieces(head: bytes, lines: Iterable[bytes]) -> Iterator[bytes]:
    """Send lines some hundred at a time: a piece for each would cost more than the line."""
    kept, length = [head], 0
    for line in lines:
        kept.append(line)
        length += len(line)
        if length > 64 * 1024:
            yield b"".join(kept)
            kept, length = [], 0
    yield b"".join(kept)


def _entry_lines(fund: Fund, year: int, *, separator: str, comma: str) -> Iterator[bytes]:
    heads = [_("Number"), _("Day"), _("Kind"), _("Reference"), _("Account"), _("Name"), _("Envelope"), _("Debit"), _("Credit")]
    yield csv_line(heads, separator=separator)
    chart = _chart()
    opening = opening_of(fund, year, chart)
    if opening:
        told = [1, opening.booked_on, _("Opening balance"), opening_reference(opening, chart)]
        for number, name, cents in opening.lines:
            yield csv_line([*told, number, name, "", *_sides(cents, comma)], separator=separator)
    for batch in entries_of_year(fund, year, number=1 if opening else 0):
        for entry in batch:
            for account, envelope, cents in entry.lines:
                number, name = chart.accounts[account]
                kind = EntryKind(entry.kind).label
                cells = [entry.number, entry.booked_on, kind, entry.reference, number, name, envelope, *_sides(cents, comma)]
                yield csv_line(cells, separator=separator)


def _sides(cents: int, comma: str) -> list[str]:
    """Write cents as a debit or a credit, the other one empty."""
    return [decimal(side, comma) if side > 0 else "" for side in (cents, -cents)]


def _agent_lines(fund: Fund, layout: Layout) -> Iterator[bytes]:
    agent = agent_of(fund)
    yield csv_line(layout.agent, separator=layout.separator)
    yield csv_line([write(agent) for write in layout.agent.values()], separator=layout.separator)


def _operation_lines(fund: Fund, year: int, layout: Layout, *, reader: User, reason_id: UUID, at: datetime) -> Iterator[bytes]:
    """Write the operations batch by batch, each one noted in the log before it leaves."""
    yield csv_line(layout.operations, separator=layout.separator)
    for operations, person_ids in operations_of_year(fund, year):
        people.note_access(
            reader=reader, role=Role.TREASURER, reading="fundraising.file", person_ids=person_ids, reason_id=reason_id, now=at
        )
        for operation in operations:
            yield csv_line([write(operation) for write in layout.operations.values()], separator=layout.separator)


_ASIDE: Mapping[str, str] = {
    SetAside.BANK_FEE: "Frais de la banque",
    SetAside.EXPENSE: "Dépenses",
    SetAside.OWN_TRANSFER: "Virements entre comptes",
    SetAside.OTHER_INCOME: "Autres recettes",
}
"""What was set aside of the bank's lines, in the words of the file: it is in French, whoever takes it."""


def _flow_lines(fund: Fund, year: int, separator: str) -> Iterator[bytes]:
    words = _chart().words
    edges = {"opening": f"Solde au 1er janvier {year}", "closing": f"Solde au 31 décembre {year}"}
    yield csv_line(["nature", "nombre", "recettes", "depenses", "solde"], separator=separator)
    for row in cash_flows(fund, year):
        if row["kind"] in edges:
            yield csv_line([edges[row["kind"]], "", "", "", decimal(row["balance"])], separator=separator)
        elif row["kind"] == "statement":
            yield csv_line([f"Solde du relevé au {row['on']:%d/%m/%Y}", "", "", "", decimal(row["balance"])], separator=separator)
            yield csv_line(["Écart entre le relevé et ce qui précède", "", "", "", decimal(row["apart"])], separator=separator)
        else:
            said = _ASIDE.get(row["kind"]) or words[EntryKind(row["kind"])]
            yield csv_line([said, row["count"], decimal(row["into"]), decimal(row["out"]), ""], separator=separator)


class _Pipe:
    """What a ZIP writer takes for a file that cannot be turned back: what it writes is handed on and forgotten."""

    def __init__(self) -> None:
        self._kept: list[bytes] = []

    def write(self, piece: bytes, /) -> int:
        self._kept.append(bytes(piece))
        return len(piece)

    def flush(self) -> None:
        """Hold nothing back: there is nothing to do."""

    def taken(self) -> bytes:
        """Hand on what was written since the last time."""
        kept, self._kept = b"".join(self._kept), []
        return kept


def _zipped(tables: dict[str, Iterator[bytes]], at: datetime) -> Iterator[bytes]:
    """Write tables into a ZIP file that is sent while it is made."""
    pipe = _Pipe()
    with zipfile.ZipFile(cast("IO[bytes]", pipe), "w", zipfile.ZIP_DEFLATED) as archive:
        for name, lines in tables.items():
            about = zipfile.ZipInfo(name, at.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            with archive.open(about, "w", force_zip64=True) as table:
                for piece in _in_pieces(b"", lines):
                    table.write(piece)
                    if made := pipe.taken():
                        yield made
    yield pipe.taken()
