"""Batches: cheques, cash and transfers that the treasurer writes down."""

from collections.abc import Mapping
from dataclasses import fields as fields_of
from io import BytesIO, TextIOWrapper
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain.batch_files import NEEDED, columns_of, read_line
from maillage.fundraising.domain.words import BY_HAND, CancelledFor, Method, Nature
from maillage.fundraising.models import Batch, BatchRow
from maillage.fundraising.selectors.batches import batch_kept, batches_of, rows_of
from maillage.fundraising.selectors.treasury import as_treasurer, recipient_kept
from maillage.fundraising.services.batches import Written
from maillage.fundraising.services.donors import Declared
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Fields, Invalid
from maillage.kernel.rest.bodies import Untouched, body_of
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.people.domain.imports_files import lines_of, writing_of

MOST_BYTES = 1 << 20
METHODS_BY_HAND = [(method.value, method.label) for method in BY_HAND]


class BatchIn(serializers.Serializer[Any]):
    """The slip of a batch, and where it is deposited."""

    slip = serializers.CharField(max_length=32, allow_blank=True, default="", help_text="number of the deposit slip")
    bank = serializers.CharField(max_length=80, allow_blank=True, default="")


class NewBatchIn(BatchIn):
    """A batch to begin."""

    method = serializers.ChoiceField(choices=METHODS_BY_HAND)


class DepositIn(BatchIn):
    """What the slip says."""

    deposited_on = serializers.DateField()
    total = serializers.IntegerField(help_text="cents: what the slip says, compared with the rows")


class PaperDonorIn(serializers.Serializer[Any]):
    """Who gives, as their paper says it. What the rules ask and is missing is told by field."""

    email = serializers.EmailField(max_length=254, allow_blank=True, default="")
    given_name = serializers.CharField(max_length=100, allow_blank=True, default="")
    family_name = serializers.CharField(max_length=100, allow_blank=True, default="")
    honorific = serializers.CharField(max_length=16, allow_blank=True, default="")
    born_on = serializers.DateField(allow_null=True, default=None)
    nationality = serializers.CharField(max_length=2, allow_blank=True, default="", help_text="ISO 3166-1")
    address_lines = serializers.CharField(max_length=400, allow_blank=True, default="", help_text="tax address")
    postcode = serializers.CharField(max_length=16, allow_blank=True, default="")
    city = serializers.CharField(max_length=100, allow_blank=True, default="")
    country = serializers.CharField(max_length=2, allow_blank=True, default="", help_text="ISO 3166-1, of the tax address")
    elected = serializers.BooleanField(default=False, help_text="holds an elective office")


class BatchShareIn(serializers.Serializer[Any]):
    """A part of the amount for one envelope."""

    fund = serializers.SlugField(max_length=48)
    amount = serializers.IntegerField(min_value=1, help_text="cents")


class BatchRowIn(serializers.Serializer[Any]):
    """One donation of a batch."""

    amount = serializers.IntegerField(help_text="cents")
    nature = serializers.ChoiceField(choices=Nature.choices, default=Nature.DONATION)
    received_on = serializers.DateField()
    donor = PaperDonorIn()
    paper = serializers.CharField(max_length=64, allow_blank=True, default="", help_text="reference of the declaration that they signed")
    cheque = serializers.CharField(max_length=32, allow_blank=True, default="", help_text="number of the cheque")
    drawn_on = serializers.CharField(max_length=80, allow_blank=True, default="", help_text="bank of the cheque")
    shares = BatchShareIn(many=True, default=list, help_text="the rest stays with the recipient")


class CancelRowIn(serializers.Serializer[Any]):
    """Why a donation is taken out of the books."""

    cancelled_for = serializers.ChoiceField(choices=CancelledFor.choices)


class BatchRowOut(BatchRowIn):
    """One donation of a batch, as it was written."""

    id = serializers.UUIDField()
    position = serializers.IntegerField()
    donation = serializers.UUIDField()
    refunded = serializers.IntegerField(help_text="cents")
    cancelled_for = serializers.ChoiceField(choices=[*CancelledFor.choices, ("", "")])


class BatchLineOut(serializers.Serializer[Any]):
    """A batch in a list."""

    id = serializers.UUIDField()
    method = serializers.ChoiceField(choices=METHODS_BY_HAND)
    slip = serializers.CharField()
    bank = serializers.CharField()
    deposited_on = serializers.DateField(allow_null=True)
    is_open = serializers.BooleanField()
    opened_at = serializers.DateTimeField()
    donations = serializers.IntegerField()
    total = serializers.IntegerField(help_text="cents")


class BatchOut(BatchLineOut):
    """A batch with its rows."""

    fund = serializers.SlugField()
    currency = serializers.CharField()
    rows = BatchRowOut(many=True)


class BatchesOut(serializers.Serializer[Any]):
    """A page of batches, the latest first."""

    items = BatchLineOut(many=True)
    next = serializers.CharField(allow_null=True)


class BatchesView(APIView):
    """The batches of a recipient."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_batches",
        parameters=[OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses=BatchesOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them."""
        fund = recipient_kept(request.user, code=code, now=now())
        asked = request.query_params
        page = keyset_page(
            batches_of(fund), keys=["-opened_at", "-id"], after=asked.get("after"), limit=read_limit(asked.get("limit")), shape=_line
        )
        return Response(page)

    @extend_schema(operation_id="fundraising_batch_open", request=NewBatchIn, responses={201: BatchOut})
    @idempotent
    def post(self, request: Request, code: str) -> Response:
        """Begin one."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        asked = _asked(NewBatchIn, request)
        batch = services.open_batch(
            fund=fund, method=Method(asked["method"]), slip=asked["slip"], bank=asked["bank"], by=as_treasurer(request.user, now=at), now=at
        )
        return Response(_shown(batch, []), status=201)


class BatchView(APIView):
    """One batch."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_batch", responses=BatchOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Read it, with its rows."""
        return Response(_read(request, id))

    @extend_schema(operation_id="fundraising_batch_describe", request=BatchIn, responses=BatchOut)
    def put(self, request: Request, id: UUID) -> Response:
        """Say its slip and bank, while it is open."""
        batch_kept(request.user, id, now=now())
        services.describe_batch(batch_id=id, **_asked(BatchIn, request))
        return Response(_read(request, id))

    @extend_schema(operation_id="fundraising_batch_drop", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Forget it with what was written in it, while it is open."""
        batch_kept(request.user, id, now=now())
        services.drop_batch(batch_id=id)
        return Response(status=204)


class BatchRowsView(APIView):
    """The rows of a batch."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_batch_row_add", request=BatchRowIn, responses={201: BatchRowOut})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Write a donation down; what is missing or wrong is told by field."""
        at = now()
        batch_kept(request.user, id, now=at)
        row = services.write_row(batch_id=id, written=_written(_asked(BatchRowIn, request)), now=at)
        return Response(_row(row), status=201)


class BatchRowView(APIView):
    """One row of a batch."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_batch_row_change", request=BatchRowIn, responses=BatchRowOut)
    def put(self, request: Request, id: UUID, row: UUID) -> Response:
        """Write it anew, while the batch is open."""
        at = now()
        batch_kept(request.user, id, now=at)
        changed = services.write_row(batch_id=id, row_id=row, written=_written(_asked(BatchRowIn, request)), now=at)
        return Response(_row(changed))

    @extend_schema(operation_id="fundraising_batch_row_drop", responses={204: None})
    def delete(self, request: Request, id: UUID, row: UUID) -> Response:
        """Take it out, while the batch is open."""
        batch_kept(request.user, id, now=now())
        services.drop_row(batch_id=id, row_id=row)
        return Response(status=204)


class BatchRowCancelView(APIView):
    """A donation taken out of the books."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_batch_row_cancel", request=CancelRowIn, responses=BatchOut)
    def post(self, request: Request, id: UUID, row: UUID) -> Response:
        """Correct a deposited batch: the donation leaves the books by an entry of its own. Safe to repeat."""
        at = now()
        batch_kept(request.user, id, now=at)
        asked = _asked(CancelRowIn, request)
        services.cancel_row(
            batch_id=id, row_id=row, why=CancelledFor(asked["cancelled_for"]), by=as_treasurer(request.user, now=at), now=at
        )
        return Response(_read(request, id))


class BatchDepositView(APIView):
    """A batch brought to the bank."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_batch_deposit", request=DepositIn, responses=BatchOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Lock it: its donations are received. Refused where the slip says another sum than the rows."""
        at = now()
        batch_kept(request.user, id, now=at)
        services.deposit_batch(batch_id=id, by=as_treasurer(request.user, now=at), now=at, **_asked(DepositIn, request))
        return Response(_read(request, id))


class BatchImportView(APIView):
    """A batch from a spreadsheet."""

    policy = "fundraising.books"
    parser_classes = [Untouched]
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_batch_import", request={"text/csv": OpenApiTypes.BINARY}, responses=BatchOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Add the donations of a CSV file: all of them, or none and what is wrong with each line (`rows`)."""
        at = now()
        batch_kept(request.user, id, now=at)
        services.write_rows(batch_id=id, lines=_lines(body_of(request, most=MOST_BYTES)), now=at)
        return Response(_read(request, id))


def _lines(body: bytes) -> Mapping[int, Written | Fields]:
    """Read a file's lines by their number, the heading being the first. Raises: Invalid."""
    writing = writing_of(BytesIO(body))
    with TextIOWrapper(BytesIO(body), encoding=writing.encoding, errors="replace", newline="") as text:
        table = list(lines_of(text, separator=writing.separator))
    columns = columns_of(table[0]) if table else {}
    if missing := [name for name in NEEDED if name not in columns]:
        said = _("The first line names the columns. These are not found: %(names)s.") % {"names": ", ".join(missing)}
        raise Invalid(said, code="columns_missing", columns=missing)
    return {number: _of_line(read_line(cells, columns)) for number, cells in enumerate(table[1:], 2)}


def _of_line(read: dict[str, object]) -> Written | Fields:
    unread = [name for name in ("amount", "received_on", "nature") if name in read and read[name] is None]
    if unread:
        return {name: [_("This cannot be read.")] for name in unread}
    donor = {name: value for name, value in read.items() if name in _DECLARED}
    asked = BatchRowIn(data={**{name: value for name, value in read.items() if name not in _DECLARED}, "donor": donor})
    if not asked.is_valid():
        found = {str(name): errors for name, errors in asked.errors.items() if name != "donor"} | dict(asked.errors.get("donor", {}))
        return {name: [str(each) for each in errors] for name, errors in found.items()}
    return _written(asked.validated_data)


_DECLARED = {field.name for field in fields_of(Declared)}


def _asked(shape: type[serializers.Serializer[Any]], request: Request) -> dict[str, Any]:
    asked = shape(data=request.data)
    asked.is_valid(raise_exception=True)
    return dict(asked.validated_data)


def _written(said: Mapping[str, Any]) -> Written:
    return Written(
        amount=said["amount"],
        nature=Nature(said["nature"]),
        received_on=said["received_on"],
        declared=Declared(language=get_language() or settings.LANGUAGE_CODE, **said["donor"]),
        paper=said["paper"],
        cheque=said["cheque"],
        drawn_on=said["drawn_on"],
        shares={share["fund"]: share["amount"] for share in said["shares"]},
    )


def _read(request: Request, id: UUID) -> dict[str, Any]:
    """Show a batch, and write down that its treasurer reads who gave."""
    at = now()
    batch = batch_kept(request.user, id, now=at)
    rows = list(rows_of(batch))
    known = {row.donation.donor.person_id for row in rows if row.donation.donor.person_id}
    people.note_access(reader=request.user, role=Role.TREASURER, reading="fundraising.batch", person_ids=known, now=at)
    return _shown(batch, rows)


def _shown(batch: Batch, rows: list[BatchRow]) -> dict[str, Any]:
    line = {name: getattr(batch, name) for name in ("id", "method", "slip", "bank", "deposited_on", "deposited_at", "opened_at")}
    line |= {"donations": len(rows), "total": sum(row.donation.amount for row in rows)}
    return _line(line) | {"fund": batch.fund.code, "currency": batch.fund.currency, "rows": [_row(row) for row in rows]}


def _line(row: dict[str, Any]) -> dict[str, Any]:
    return {**{name: row[name] for name in row if name != "deposited_at"}, "is_open": row["deposited_at"] is None}


def _row(row: BatchRow) -> dict[str, Any]:
    donation = row.donation
    donor = donation.donor
    declared = {name: getattr(donor, name) for name in _DECLARED - {"language"}}
    return {
        "id": row.pk,
        "position": row.position,
        "donation": donation.pk,
        "amount": donation.amount,
        "refunded": donation.refunded,
        "nature": donation.nature,
        "received_on": row.received_on,
        "donor": declared,
        "paper": row.paper,
        "cheque": row.cheque,
        "drawn_on": row.drawn_on,
        "shares": [{"fund": share.fund.code, "amount": share.amount} for share in donation.shares.all()],
        "cancelled_for": row.cancelled_for,
    }
