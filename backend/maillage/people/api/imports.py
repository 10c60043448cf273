"""Imports of people: each step of one, by the organiser who brought the file."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.accounts.selectors import RecentlyProved
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.kernel.rest.bodies import Untouched
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people import selectors, services
from maillage.people.domain import Channel
from maillage.people.domain.imports import ConsentColumn, ImportKey, ImportStatus, Outcome
from maillage.people.domain.imports_files import Encoding, Separator
from maillage.people.models import Import

_PIECE = 256 * 1024
_TEXTS = ("text/csv", "text/plain", "text/tab-separated-values", "application/vnd.ms-excel", "application/octet-stream")


class ConsentColumnOut(serializers.Serializer[Any]):
    """A column of agreements and its proof; `wording` is a version of ours, else `text` quotes the paper."""

    purpose = serializers.CharField(max_length=64)
    channel = serializers.ChoiceField(choices=Channel.choices)
    wording = serializers.CharField(max_length=64, allow_blank=True)
    text = serializers.CharField(max_length=2000, allow_blank=True)
    column = serializers.IntegerField(min_value=0)
    date_column = serializers.IntegerField(min_value=0, allow_null=True)
    date = serializers.CharField(max_length=40, allow_blank=True)
    paper_column = serializers.IntegerField(min_value=0, allow_null=True)
    paper = serializers.CharField(max_length=100, allow_blank=True)


class ImportOut(serializers.Serializer[Any]):
    """An import: how its file is read, where it stands, what it found and did."""

    id = serializers.UUIDField()
    file_name = serializers.CharField()
    origin = serializers.CharField()
    encoding = serializers.ChoiceField(choices=Encoding.choices)
    separator = serializers.ChoiceField(choices=Separator.choices)
    has_headings = serializers.BooleanField()
    lines = serializers.IntegerField()
    key = serializers.ChoiceField(choices=ImportKey.choices)
    status = serializers.ChoiceField(choices=ImportStatus.choices)
    done = serializers.IntegerField(help_text="lines behind the work under way")
    has_failed = serializers.BooleanField(help_text="the work under way was given up: stop it, or take back again; nothing is lost")
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="lines by outcome, reason and remark; people by what was done"
    )
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    undone_at = serializers.DateTimeField(allow_null=True)
    kept_until = serializers.DateTimeField(help_text="the file's lines are erased then, and with them the way back")
    can_be_undone = serializers.BooleanField()
    is_mine = serializers.BooleanField(help_text="false: of somebody who no longer organises its places, to be taken over")


class StandingWordingOut(serializers.Serializer[Any]):
    """A wording of ours to which a file can bring agreement."""

    version = serializers.CharField()
    purpose = serializers.CharField()
    text = serializers.CharField()


class AskedAddressesOut(serializers.Serializer[Any]):
    """E-mail addresses of a file that wait for their owners: how many, and until when they are asked."""

    waiting = serializers.IntegerField(help_text="not asked yet")
    asked = serializers.IntegerField(help_text="asked, without an answer")
    passed_over = serializers.IntegerField(help_text="not asked: they were less than a year ago, or want no such question")
    confirmed = serializers.IntegerField()
    asked_from = serializers.DateTimeField(allow_null=True, help_text="nobody is asked before; null until everybody is written")
    last_asked_at = serializers.DateTimeField(allow_null=True, help_text="about when the last is; null when nobody waits")


class ImportReadOut(ImportOut):
    """The same with its columns."""

    headings = serializers.ListField(child=serializers.CharField())
    sample = serializers.ListField(child=serializers.ListField(child=serializers.CharField()), help_text="the first lines as they came")
    columns = serializers.DictField(child=serializers.IntegerField(), help_text="column by what it holds, an ImportField")
    consents = ConsentColumnOut(many=True)
    wordings = StandingWordingOut(many=True)
    addresses = AskedAddressesOut()


class ImportsOut(serializers.Serializer[Any]):
    """My imports, the latest first."""

    items = ImportOut(many=True)


class ImportIn(serializers.Serializer[Any]):
    """What the columns hold, how people are recognised, where they come from."""

    columns = serializers.DictField(child=serializers.IntegerField(min_value=0), help_text="column by what it holds")
    consents = ConsentColumnOut(many=True)
    key = serializers.ChoiceField(choices=ImportKey.choices)
    origin = serializers.CharField(max_length=200, allow_blank=True)
    has_headings = serializers.BooleanField()


class ToldOut(serializers.Serializer[Any]):
    """A reason, by its name and in the reader's language."""

    code = serializers.CharField()
    told = serializers.CharField()


class PreviewedOut(serializers.Serializer[Any]):
    """A line as it was read, and what is to become of it."""

    number = serializers.IntegerField()
    outcome = serializers.ChoiceField(choices=Outcome.choices)
    refused = ToldOut(many=True)
    remarks = ToldOut(many=True)
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    email = serializers.CharField()
    phone = serializers.CharField()
    locality = serializers.CharField()
    area = serializers.CharField()
    agreements = serializers.IntegerField()


class PreviewedLinesOut(serializers.Serializer[Any]):
    """The first twenty lines, and each reason that occurs in the file with its words."""

    items = PreviewedOut(many=True)
    reasons = ToldOut(many=True)


class ImportsView(APIView):
    """My imports; a new file."""

    policy = "people.imports"
    parser_classes = [Untouched]
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_imports", responses=ImportsOut)
    def get(self, request: Request) -> Response:
        """List them, the last hundred, with those that are left to me by who organised before."""
        found = selectors.imports_by(request.user, now=now())
        return Response({"items": [_shaped(batch, is_mine=batch.by_id == request.user.pk) for batch in found]})

    @extend_schema(
        operation_id="people_import_upload",
        parameters=[
            OpenApiParameter("name", str, description="of the file"),
            OpenApiParameter("encoding", str, enum=Encoding.values, description="found when absent"),
            OpenApiParameter("separator", str, enum=Separator.values, description="found when absent"),
        ],
        request={"text/csv": OpenApiTypes.BINARY},
        responses={201: ImportReadOut},
    )
    def post(self, request: Request) -> Response:
        """Read a CSV file, sent as it is: it is copied line by line, and nobody is created yet."""
        services.must_organise(_user(request), now=now())
        if (request.content_type or "").partition(";")[0].strip().lower() not in _TEXTS:
            raise UnsupportedMediaType(request.content_type or "")
        asked = request.query_params
        batch = services.upload_people(
            pieces=_pieces(request),
            file_name=asked.get("name", ""),
            by=_user(request),
            now=now(),
            encoding=_among(asked.get("encoding", ""), Encoding.values, "encoding"),
            separator=_among(asked.get("separator", ""), Separator.values, "separator"),
        )
        return Response(_read(batch), status=201)


class ImportView(APIView):
    """One import."""

    policy = "people.imports"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_import", responses=ImportReadOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Read it, with its columns."""
        return Response(_read(selectors.import_by(request.user, import_id=id, now=now())))

    @extend_schema(operation_id="people_import_describe", request=ImportIn, responses=ImportReadOut)
    def put(self, request: Request, id: UUID) -> Response:
        """Say what its columns hold; each line is then checked, and nobody is created yet."""
        selectors.import_by(request.user, import_id=id, now=now())
        wanted = ImportIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        batch = services.describe_import(
            import_id=id,
            by=_user(request),
            fields=asked["columns"],
            consents=[ConsentColumn(**column) for column in asked["consents"]],
            key=ImportKey(asked["key"]),
            origin=asked["origin"],
            has_headings=asked["has_headings"],
            now=now(),
        )
        return Response(_read(batch))

    @extend_schema(operation_id="people_import_discard", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Throw the file away, as long as nobody was created."""
        services.discard_import(import_id=id, by=_user(request), now=now())
        return Response(status=204)


class ImportPreviewView(APIView):
    """The first lines of an import, checked."""

    policy = "people.imports"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_import_preview", responses=PreviewedLinesOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Say of the first twenty lines what is to become of each; that some are known is written in the access log."""
        batch = selectors.import_by(request.user, import_id=id, now=now())
        items = selectors.preview_of(batch)
        known = [item.pop("person_id") for item in items]
        services.note_access(
            reader=request.user, role=Role.ORGANISER, reading="people.import", person_ids=[id for id in known if id], now=now()
        )
        return Response({"items": items, "reasons": selectors.reasons_in(batch)})


class ImportRunView(APIView):
    """Write its people."""

    policy = "people.imports"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_import_run", request=None, responses=ImportOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Begin, or go on where it was stopped."""
        return Response(_shaped(services.run_import(import_id=id, by=_user(request), now=now())))


class ImportStopView(APIView):
    """Stop it."""

    policy = "people.imports"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_import_stop", request=None, responses=ImportOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Stop a check or a run after the lines under way. Safe to repeat."""
        return Response(_shaped(services.stop_import(import_id=id, by=_user(request), now=now())))


class ImportUndoView(APIView):
    """Take it back."""

    policy = "people.imports"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_import_undo", request=None, responses=ImportOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Begin to take back what it wrote; who has acted since stays."""
        return Response(_shaped(services.undo_import(import_id=id, by=_user(request), now=now())))


class ImportTakeOverView(APIView):
    """Take over what somebody left."""

    policy = "people.imports"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_import_take_over", request=None, responses=ImportOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Become its organiser: whoever brought it in no longer organises all of its places, and I do. Safe to repeat."""
        return Response(_shaped(services.take_over_import(import_id=id, by=_user(request), now=now())))


class ImportRefusedView(APIView):
    """The lines that were not taken."""

    policy = "people.imports"
    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="people_import_refused", responses={(200, "text/csv"): OpenApiTypes.BINARY})
    def get(self, request: Request, id: UUID) -> StreamingHttpResponse:
        """Download them as CSV, each with its reason, to mend and bring in again; no cell is a formula."""
        batch = selectors.import_by(request.user, import_id=id, now=now())
        answer = StreamingHttpResponse(_refused_csv(batch), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="refused.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def _refused_csv(batch: Import) -> Iterator[bytes]:
    headings = batch.headings if batch.has_headings else []
    yield BYTE_ORDER_MARK + csv_line([_("Line"), _("Reason"), *headings], separator=Separator.SEMICOLON)
    for number, reasons, cells in selectors.refused_lines(batch):
        yield csv_line([number, " ".join(reasons), *cells], separator=Separator.SEMICOLON)


def _pieces(request: Request) -> Iterator[bytes]:
    """Read the body as it comes: Django would hold all of it in memory."""
    while piece := request._request.read(_PIECE):
        yield piece


def _user(request: Request) -> User:
    if not isinstance(request.user, User):
        raise TypeError("SignedIn lets nobody else through")
    return request.user


def _among(text: str, values: list[str], field: str) -> str:
    if text and text not in values:
        raise Invalid(code="invalid", fields={field: [_("This is none of the possible values.")]})
    return text


def _shaped(batch: Import, *, is_mine: bool = True) -> dict[str, Any]:
    return {
        "id": batch.pk,
        "file_name": batch.file_name if is_mine else "",
        "origin": batch.origin,
        "encoding": batch.encoding,
        "separator": batch.separator,
        "has_headings": batch.has_headings,
        "lines": batch.lines,
        "key": batch.key,
        "status": batch.status,
        "done": selectors.lines_done(batch),
        "has_failed": selectors.has_failed(batch),
        "counts": batch.counts,
        "created_at": batch.created_at,
        "ended_at": batch.ended_at,
        "undone_at": batch.undone_at,
        "kept_until": batch.kept_until,
        "can_be_undone": is_mine and batch.can_be_undone(now()),
        "is_mine": is_mine,
    }


def _read(batch: Import) -> dict[str, Any]:
    return {
        **_shaped(batch),
        "headings": batch.headings if batch.has_headings else ["" for _cell in batch.headings],
        "sample": selectors.sample_of(batch),
        "columns": batch.fields,
        "consents": batch.consents,
        "wordings": [
            {"version": wording.version, "purpose": wording.purpose, "text": str(wording.text)} for wording in selectors.standing_wordings()
        ],
        "addresses": selectors.addresses_of(batch, now=now()),
    }
