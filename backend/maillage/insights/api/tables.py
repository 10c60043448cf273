"""What happened in a span, by territory and by organiser, for who organises."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

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
from maillage.insights.api.shapes import AreaChoiceOut, area_shape, csv_answer
from maillage.insights.domain.tables import LONGEST_SPAN, SPANS, Span, Tally, last_days
from maillage.insights.selectors.happened import OrganiserLine, PlaceLine, organiser_lines, place_lines
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Forbidden, Invalid
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.rest.reasons import FileReasonIn, typed_reason
from maillage.people import services as people
from maillage.relays import selectors as relays
from maillage.relays.domain import Coverage
from maillage.relays.models import RelayNetwork


class TallyOut(serializers.Serializer[Any]):
    """What happened in a span. Hours run from the confirmed application to the call."""

    applications = serializers.IntegerField()
    called = serializers.IntegerField()
    kept = serializers.IntegerField(help_text="calls made within 48 hours")
    missed = serializers.IntegerField(help_text="48 hours that passed without a call")
    median_hours = serializers.FloatField(allow_null=True)
    ninth_hours = serializers.FloatField(allow_null=True, help_text="nine of ten calls were made within so many hours")
    approved = serializers.IntegerField()
    declined = serializers.IntegerField()
    withdrawn = serializers.IntegerField()
    opened = serializers.IntegerField(help_text="terms")
    ended = serializers.IntegerField(help_text="terms")
    handed_over = serializers.IntegerField(help_text="of those that ended")


class SpanOut(serializers.Serializer[Any]):
    """From one day to another of the country, both included."""

    begins = serializers.DateField()
    ends = serializers.DateField()


class PlaceLineOut(serializers.Serializer[Any]):
    """An area: its seats now, and what happened in the span and in the one before."""

    area = AreaChoiceOut()
    covered = serializers.IntegerField()
    dormant = serializers.IntegerField()
    now = TallyOut()
    before = TallyOut()


class PlaceTableOut(serializers.Serializer[Any]):
    """Areas of one kind that the reader organises."""

    span = SpanOut()
    before = SpanOut()
    kinds = AreaChoiceOut(many=True, help_text="one area of each kind that can be asked")
    items = PlaceLineOut(many=True)


class OrganiserLineOut(serializers.Serializer[Any]):
    """An organiser and the seats whose calls come to them first: how many are covered and dormant now, and what happened there."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    place = serializers.CharField()
    seats = serializers.IntegerField()
    covered = serializers.IntegerField()
    dormant = serializers.IntegerField()
    waiting = serializers.IntegerField(help_text="calls that wait now")
    called_by_them = serializers.IntegerField()
    now = TallyOut()
    before = TallyOut()


class OrganiserTableOut(serializers.Serializer[Any]):
    """Organisers of the reader's places."""

    span = SpanOut()
    before = SpanOut()
    items = OrganiserLineOut(many=True)


SPAN = [
    OpenApiParameter("days", int, enum=SPANS, description="a span that ends today; 90 when nothing is asked"),
    OpenApiParameter("from", date, description="first day of a span of one's own"),
    OpenApiParameter("to", date, description="its last day"),
]
KIND = OpenApiParameter("kind", str, description="a kind of area, or the seats'; the one just above the seats when absent")


class TerritoriesView(APIView):
    """What happened, by territory."""

    policy = "insights.tables"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="insights_territories", parameters=[*SPAN, KIND], responses=PlaceTableOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return a line for each area of a kind in the reader's places."""
        network, instant = relays.network(id), now()
        lines, kinds, span = _places(request, network, at=instant)
        return Response(
            {
                "span": vars(span),
                "before": vars(span.before),
                "kinds": [area_shape(area, seats=0) for area in kinds],
                "items": [
                    {
                        "area": area_shape(line.area, seats=line.coverage.total),
                        "covered": line.coverage.covered,
                        "dormant": line.coverage.dormant,
                        "now": vars(line.tally),
                        "before": vars(line.before),
                    }
                    for line in lines
                ],
            }
        )


class TerritoriesExportView(APIView):
    """The same as a table to take away; it names nobody."""

    policy = "insights.tables"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="insights_territories_export", parameters=[*SPAN, KIND], responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Download it as CSV."""
        network, instant = relays.network(id), now()
        lines, _kinds, span = _places(request, network, at=instant)
        head = [_("Code"), _("Territory"), *_coverage_head(), *tally_head()]
        rows = [[line.area.code, line.area.called, *_coverage_cells(line.coverage), *tally_cells(line.tally)] for line in lines]
        return csv_answer(head, rows, name=f"territories-{span.begins}-{span.ends}")


class OrganisersView(APIView):
    """What happened, by organiser."""

    policy = "insights.tables"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="insights_organisers", parameters=SPAN, responses=OrganiserTableOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return a line for each organiser of the reader's places; each of them finds the reader in the access log."""
        network, instant = relays.network(id), now()
        _organises(request, at=instant)
        span = asked_span(request, network, at=instant)
        lines = organiser_lines(request.user, network, span=span, now=instant)
        _note(request, lines, reading="insights.organisers", at=instant)
        return Response(
            {
                "span": vars(span),
                "before": vars(span.before),
                "items": [
                    {
                        "id": line.grant.pk,
                        "name": line.name,
                        "place": line.grant.area.called,
                        "seats": line.coverage.total,
                        "covered": line.coverage.covered,
                        "dormant": line.coverage.dormant,
                        "waiting": line.waiting,
                        "called_by_them": line.called_by_them,
                        "now": vars(line.tally),
                        "before": vars(line.before),
                    }
                    for line in lines
                ],
            }
        )


class OrganisersExportView(APIView):
    """The same as a table to take away, with a reason."""

    policy = "insights.tables"
    permission_classes = [SignedIn, accounts.RecentlyProved]

    @extend_schema(
        operation_id="insights_organisers_export", parameters=SPAN, request=FileReasonIn, responses={(200, "text/csv"): OpenApiTypes.STR}
    )
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Download it as CSV; each of them reads who took it, and why."""
        network, instant = relays.network(id), now()
        _organises(request, at=instant)
        span = asked_span(request, network, at=instant)
        reason_id = people.give_file_reason(reader=request.user, words=typed_reason(request), now=instant)
        lines = organiser_lines(request.user, network, span=span, now=instant)
        _note(request, lines, reading="insights.file", at=instant, reason_id=reason_id)
        head = [_("Organiser"), _("Territory"), *_coverage_head(), _("Calls waiting"), _("Calls of their own"), *tally_head()]
        rows = [
            [
                line.name,
                line.grant.area.called,
                *_coverage_cells(line.coverage),
                line.waiting,
                line.called_by_them,
                *tally_cells(line.tally),
            ]
            for line in lines
        ]
        return csv_answer(head, rows, name=f"organisers-{span.begins}-{span.ends}")


def asked_span(request: Request, network: RelayNetwork, *, at: datetime) -> Span:
    """Read the span that is asked. Raises: Invalid (from, to)."""
    asked = request.query_params
    today = day_in(at, network.country.time_zone)
    if not asked.get("from") and not asked.get("to"):
        days = asked.get("days", "")
        return last_days(int(days) if days in map(str, SPANS) else 90, today=today)
    begins, ends = (_day(asked.get(name, ""), name) for name in ("from", "to"))
    if not begins <= ends <= today or (ends - begins).days >= LONGEST_SPAN:
        raise Invalid(fields={"to": [_("Choose a first day, and a last day that is not before it and not to come, within ten years.")]})
    return Span(begins, ends)


def tally_head() -> list[str]:
    """The columns of a tally, as a spreadsheet names them."""
    return [
        _("Applications"),
        _("Called"),
        _("Promise kept"),
        _("Promise missed"),
        _("Median hours"),
        _("Hours for nine of ten"),
        _("Approved"),
        _("Declined"),
        _("Withdrawn"),
        _("Terms opened"),
        _("Terms ended"),
        _("Handed over"),
    ]


def tally_cells(found: Tally | None) -> list[object]:
    """Write a tally, in the order of `tally_head`; blanks where there is none to read."""
    if found is None:
        return [""] * len(tally_head())
    return ["" if value is None else value for value in vars(found).values()]


def _coverage_head() -> list[str]:
    return [_("Seats"), _("Covered seats"), _("Dormant")]


def _coverage_cells(found: Coverage) -> list[object]:
    return [found.total, found.covered, found.dormant]


def _places(request: Request, network: RelayNetwork, *, at: datetime) -> tuple[list[PlaceLine], list[Any], Span]:
    _organises(request, at=at)
    span = asked_span(request, network, at=at)
    lines, kinds = place_lines(request.user, network, span=span, kind=request.query_params.get("kind", ""), now=at)
    return lines, kinds, span


def _organises(request: Request, *, at: datetime) -> None:
    if not accounts.holds_role(request.user, roles=[Role.ORGANISER], now=at):
        raise Forbidden(_("These tables are for who organises."), code="organisers_only")


def _note(request: Request, lines: list[OrganiserLine], *, reading: str, at: datetime, reason_id: UUID | None = None) -> None:
    others = {line.person_id for line in lines if line.person_id and line.grant.user_id != request.user.pk}
    people.note_access(reader=request.user, role=Role.ORGANISER, reading=reading, person_ids=others, now=at, reason_id=reason_id)


def _day(raw: str, name: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        raise Invalid(fields={name: [_("This is not a day.")]}) from None
