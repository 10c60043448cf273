"""Days on which people are away, or may not be asked: listed, written, brought as a file."""

from collections.abc import Mapping
from io import BytesIO, TextIOWrapper
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.actions import services
from maillage.actions.api.actions import actor
from maillage.actions.domain.calendar_files import (
    BYTES_MOST,
    COLUMNS,
    LABEL,
    LINES_MOST,
    NEEDED,
    CalendarLine,
    columns_of,
    read_calendar_line,
)
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, Invalid
from maillage.kernel.rest.bodies import Untouched, body_of
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people.domain.imports_files import lines_of, writing_of
from maillage.territories.domain import CalendarKind
from maillage.territories.models import CalendarWindow
from maillage.territories.services.calendar import LABEL_MOST, SOURCE_MOST, remove_window, write_window

SHOWN = 2_000


class WindowAreaOut(serializers.Serializer[Any]):
    """Where it holds."""

    country = serializers.CharField()
    kind = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    is_country = serializers.BooleanField()


class CalendarWindowOut(serializers.Serializer[Any]):
    """Days on which people are away, or may not be asked."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CalendarKind.choices)
    area = WindowAreaOut()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    called = serializers.CharField(help_text="in the reader's language, else in another")
    labels = serializers.DictField(child=serializers.CharField(), help_text="by language")
    source = serializers.CharField()  # type: ignore[assignment]
    can_change = serializers.BooleanField(help_text="the reader organises the whole of the place")


class CalendarOut(serializers.Serializer[Any]):
    """All of them, those that end last first."""

    items = CalendarWindowOut(many=True)


class CalendarWindowIn(serializers.Serializer[Any]):
    """The same, as written."""

    kind = serializers.ChoiceField(choices=CalendarKind.choices)
    country = serializers.CharField(max_length=2, allow_blank=True, default="", help_text="ISO 3166-1 alpha-2; empty: the organisation's")
    area_kind = serializers.CharField(max_length=32, allow_blank=True, default="", help_text="as in territories; empty: a seat")
    area = serializers.CharField(max_length=32, allow_blank=True, default="", help_text="its code; empty: the whole country")
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    labels = serializers.DictField(child=serializers.CharField(max_length=LABEL_MOST, allow_blank=True), help_text="by language")
    source = serializers.CharField(max_length=SOURCE_MOST, allow_blank=True, default="")  # type: ignore[assignment]


class BroughtLineOut(serializers.Serializer[Any]):
    """A line of the file, as it was read."""

    line = serializers.IntegerField(help_text="of the file, its headings being the first")
    is_known = serializers.BooleanField(help_text="it stood there already")
    window = CalendarWindowOut()


class BroughtOut(serializers.Serializer[Any]):
    """What a file brought; with `dry`, what it would bring."""

    is_trial = serializers.BooleanField()
    added = serializers.IntegerField()
    items = BroughtLineOut(many=True)


class CalendarView(APIView):
    """All of them; a new one."""

    policy = "actions.calendar"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_calendar", responses=CalendarOut)
    def get(self, request: Request) -> Response:
        """List the days that organisers wrote down, for any of them."""
        _require_organiser(request)
        windows = CalendarWindow.objects.select_related("area__kind").annotate(can_change=_can_change(request))
        return Response({"items": [_shape(one, can_change=one.can_change) for one in windows.order_by("-ends_on", "-pk")[:SHOWN]]})

    @extend_schema(operation_id="actions_calendar_write", request=CalendarWindowIn, responses={201: CalendarWindowOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Write days down for a place that the reader organises wholly."""
        _require_organiser(request)
        return Response(_written(request), status=201)


class CalendarWindowView(APIView):
    """One of them."""

    policy = "actions.calendar"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_calendar_change", request=CalendarWindowIn, responses=CalendarWindowOut)
    def put(self, request: Request, id: UUID) -> Response:
        """Change it, whole."""
        _require_organiser(request)
        services.changed_window(actor(request), id, now=now())
        return Response(_written(request, window_id=id))

    @extend_schema(operation_id="actions_calendar_remove", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take it away."""
        _require_organiser(request)
        instant = now()
        services.changed_window(actor(request), id, now=instant)
        remove_window(window_id=id, by_id=actor(request).pk, now=instant)
        return Response(status=204)


class CalendarFileView(APIView):
    """Many at once."""

    policy = "actions.calendar"
    parser_classes = [Untouched]
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_calendar_model", responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        """Download an empty table with its headings and an example."""
        _require_organiser(request)
        languages = [code for code, _name in settings.LANGUAGES]
        headings = [*COLUMNS[:-1], *(f"{LABEL}{language}" for language in languages), *COLUMNS[-1:]]
        days = ("2027-02-13", "2027-02-28")
        example = [CalendarKind.HOLIDAY.value, "", "department", "01", *days, *(_("School holidays") for _each in languages), ""]
        answer = HttpResponse(BYTE_ORDER_MARK + csv_line(headings) + csv_line(example), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="calendar.csv"'
        return answer

    @extend_schema(
        operation_id="actions_calendar_bring",
        parameters=[OpenApiParameter("dry", bool, description="only say what it would bring")],
        request={"text/csv": OpenApiTypes.BINARY},
        responses=BroughtOut,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Write the days of a CSV file down: all of its lines, or none and what is wrong with each (`rows`)."""
        _require_organiser(request)
        is_trial = request.query_params.get("dry") == "true"
        lines = _lines(body_of(request, most=BYTES_MOST))
        brought = services.bring_windows(lines, by=actor(request), now=now(), is_trial=is_trial)
        items = [{"line": one.line, "is_known": one.is_known, "window": _shape(one.window, can_change=True)} for one in brought]
        return Response({"is_trial": is_trial, "added": sum(1 for one in brought if not one.is_known), "items": items})


def _lines(body: bytes) -> Mapping[int, CalendarLine]:
    """Read a file's lines by their number, the heading being the first. Raises: Invalid."""
    writing = writing_of(BytesIO(body))
    with TextIOWrapper(BytesIO(body), encoding=writing.encoding, errors="replace", newline="") as text:
        table = list(lines_of(text, separator=writing.separator))
    columns = columns_of(table[0]) if table else {}
    if missing := [name for name in NEEDED if name not in columns]:
        said = _("The first line names the columns. These are not found: %(names)s.") % {"names": ", ".join(missing)}
        raise Invalid(said, code="columns_missing", columns=missing)
    if len(table) - 1 > LINES_MOST:
        raise Invalid(_("A file holds at most %(most)s lines. Cut it in two.") % {"most": LINES_MOST}, code="too_many_lines")
    return {number: read_calendar_line(cells, columns) for number, cells in enumerate(table[1:], 2)}


def _require_organiser(request: Request) -> None:
    """Raises: Forbidden, to who organises nothing."""
    if not accounts.running_grants(actor(request), now=now()).filter(role=Role.ORGANISER).exists():
        raise Forbidden(_("Only organisers read and write these days."))


def _can_change(request: Request) -> Any:
    return accounts.reaches(actor(request), roles=[Role.ORGANISER], area="area_id", now=now())


def _written(request: Request, *, window_id: UUID | None = None) -> dict[str, Any]:
    asked = CalendarWindowIn(data=request.data)
    asked.is_valid(raise_exception=True)
    fields = dict(asked.validated_data)
    instant, by = now(), actor(request)
    area = services.area_named(country=fields.pop("country"), kind=fields.pop("area_kind"), code=fields.pop("area"))
    services.require_organised(by, area, now=instant)
    kind = CalendarKind(fields.pop("kind"))
    return _shape(write_window(window_id=window_id, area=area, kind=kind, by_id=by.pk, now=instant, **fields), can_change=True)


def _shape(window: CalendarWindow, *, can_change: bool) -> dict[str, Any]:
    area = window.area
    return {
        "id": window.pk,
        "kind": window.kind,
        "area": {
            "country": area.country,
            "kind": area.kind.code,
            "code": area.code,
            "name": area.called,
            "is_country": area.kind.level == 0,
        },
        "starts_on": window.starts_on,
        "ends_on": window.ends_on,
        "called": window.called,
        "labels": window.labels,
        "source": window.source,
        "can_change": can_change,
    }
