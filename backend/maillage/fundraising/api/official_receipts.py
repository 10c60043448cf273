"""Receipts that an authority numbers: which file of donors was handed in, and the numbers that came back."""

from collections.abc import Mapping
from dataclasses import asdict
from io import BytesIO, TextIOWrapper
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising import services
from maillage.fundraising.api.exports import declares_donors
from maillage.fundraising.domain.official_numbers import MOST_BYTES, MOST_LINES, Numbered, columns_of, read_line
from maillage.fundraising.models import DonorFile, Fund
from maillage.fundraising.selectors.books import days_of
from maillage.fundraising.selectors.official_receipts import donor_file_kept, donor_files, official_standing
from maillage.fundraising.selectors.treasury import as_treasurer, recipient_kept
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Fields, Invalid
from maillage.kernel.rest.bodies import Untouched, body_of
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.domain.imports_files import lines_of, writing_of

FILES_SHOWN = 20
CORRECTIONS_SHOWN = 50


class DonorFileOut(serializers.Serializer[Any]):
    """A file of donors that was taken."""

    id = serializers.UUIDField()
    taken_at = serializers.DateTimeField()
    sent_on = serializers.DateField(allow_null=True, help_text="null: not handed in")
    words = serializers.CharField(help_text="how it was handed in")
    can_undo = serializers.BooleanField(help_text="handed in, and none of its receipts has a number")


class OfficialReceiptsOut(serializers.Serializer[Any]):
    """How far the receipts of a year are."""

    donations = serializers.IntegerField(help_text="received, and not wholly given back")
    transmitted = serializers.IntegerField()
    issued = serializers.IntegerField(help_text="with the number of the authority")
    files = DonorFileOut(many=True, help_text="the latest first")


class SentIn(serializers.Serializer[Any]):
    """When and how a file was handed in."""

    sent_on = serializers.DateField()
    reason = serializers.CharField(max_length=500, allow_blank=True, help_text="how it was handed in")


class CorrectionOut(serializers.Serializer[Any]):
    """A number that replaces another."""

    donation = serializers.UUIDField()
    before = serializers.CharField()
    number = serializers.CharField()


class NumbersOut(serializers.Serializer[Any]):
    """What a table of numbers changes, or changed."""

    new = serializers.IntegerField(help_text="donations that get their first number")
    known = serializers.IntegerField(help_text="that have this number already")
    corrected = serializers.IntegerField()
    corrections = CorrectionOut(many=True, help_text=f"the first {CORRECTIONS_SHOWN}")
    mails = serializers.IntegerField(help_text="people who are told that their receipt was issued")


class OfficialReceiptsView(APIView):
    """The official receipts of a year."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_official_receipts", responses=OfficialReceiptsOut)
    def get(self, request: Request, code: str, year: int) -> Response:
        """Say how far they are."""
        fund = _declaring(recipient_kept(request.user, code=code, now=now()))
        days_of(year)
        told = [_shown(file, is_numbered=is_numbered) for file, is_numbered in donor_files(fund, year, most=FILES_SHOWN)]
        return Response({**asdict(official_standing(fund, year)), "files": told})


class SentView(APIView):
    """A file of donors handed in."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_file_sent", request=SentIn, responses=DonorFileOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Mark what it tells of as transmitted: whoever gave sees it."""
        at = now()
        donor_file_kept(request.user, id, now=at)
        asked = SentIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        file = services.mark_sent(file_id=id, sent_on=said["sent_on"], words=said["reason"], by=as_treasurer(request.user, now=at), now=at)
        return Response(_shown(file, is_numbered=False))


class UndoSentView(APIView):
    """A file that was not handed in after all."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_file_sent_undo", request=None, responses=DonorFileOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take the mark back. Safe to repeat."""
        at = now()
        donor_file_kept(request.user, id, now=at)
        file = services.undo_sent(file_id=id, by=as_treasurer(request.user, now=at), now=at)
        return Response(_shown(file, is_numbered=False))


class OfficialNumbersView(APIView):
    """The numbers of a year's receipts, from a spreadsheet."""

    policy = "fundraising.books"
    parser_classes = [Untouched]
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_official_numbers",
        parameters=[OpenApiParameter("dry", bool, description="only say what would change")],
        request={"text/csv": OpenApiTypes.BINARY},
        responses=NumbersOut,
    )
    @idempotent
    def post(self, request: Request, code: str, year: int) -> Response:
        """Keep the numbers of a CSV file: all of them, or none and what is wrong with each line (`rows`)."""
        at = now()
        fund = _declaring(recipient_kept(request.user, code=code, now=at))
        days_of(year)
        found = services.bring_numbers(
            fund=fund,
            year=year,
            lines=_lines(body_of(request, most=MOST_BYTES)),
            by=as_treasurer(request.user, now=at),
            now=at,
            dry=request.query_params.get("dry") in ("1", "true"),
        )
        corrections = [asdict(each) for each in found.corrected[:CORRECTIONS_SHOWN]]
        told = {"new": found.new, "known": found.known, "corrected": len(found.corrected), "mails": found.mails}
        return Response({**told, "corrections": corrections})


def _declaring(fund: Fund) -> Fund:
    """Return a recipient whose receipts an authority numbers. Raises: Conflict (`no_donor_file`)."""
    if not declares_donors(fund):
        raise Conflict(_("The donors of this recipient are declared to nobody."), code="no_donor_file")
    return fund


def _lines(body: bytes) -> Mapping[int, Numbered | Fields]:
    """Read a file's lines by their number, the heading being the first; empty ones are passed over. Raises: Invalid."""
    writing = writing_of(BytesIO(body))
    with TextIOWrapper(BytesIO(body), encoding=writing.encoding, errors="replace", newline="") as text:
        table = list(lines_of(text, separator=writing.separator))
    columns = columns_of(table[0]) if table else {}
    missing = [] if "number" in columns else [_("number")]
    missing += [] if {"donation", "donor"} & set(columns) else [_("reference")]
    if missing:
        said = _("The first line names the columns. These are not found: %(names)s.") % {"names": ", ".join(missing)}
        raise Invalid(said, code="columns_missing", columns=missing)
    if len(table) > MOST_LINES:
        raise Invalid(_("A table holds at most %(most)s lines. Cut the file in two.") % {"most": MOST_LINES}, code="too_many_rows")
    return {number: _read(cells, columns) for number, cells in enumerate(table[1:], 2) if any(cell.strip() for cell in cells)}


def _read(cells: list[str], columns: dict[str, int]) -> Numbered | Fields:
    line, unread = read_line(cells, columns)
    return line if line is not None else {name: [_("This cannot be read.")] for name in unread}


def _shown(file: DonorFile, *, is_numbered: bool) -> dict[str, Any]:
    said = {name: getattr(file, name) for name in ("id", "taken_at", "sent_on", "words")}
    return {**said, "can_undo": file.sent_on is not None and not is_numbered}
