"""What each relay did in a span: for the organisers above them, and for themself."""

from datetime import datetime
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
from maillage.insights.api.shapes import csv_answer
from maillage.insights.api.tables import SPAN, SpanOut, TallyOut, asked_span, tally_cells, tally_head
from maillage.insights.selectors.relays import ORDERS, others, relay_page
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.pages import LIMIT_MOST, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.rest.reasons import FileReasonIn, typed_reason
from maillage.people import services as people
from maillage.relays import selectors as relays
from maillage.relays.domain import TermKind, quiet_days


class RelayLineOut(serializers.Serializer[Any]):
    """A term that ran in the span: who holds which seat, what they did there and what was asked of it. `before`: in the span before."""

    id = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    seat = serializers.UUIDField()
    code = serializers.CharField()
    place = serializers.CharField()
    kind = serializers.ChoiceField(choices=TermKind.choices)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)
    terms = serializers.IntegerField(help_text="terms that they held in this network, this one included")
    answers = serializers.IntegerField()
    answers_before = serializers.IntegerField()
    reports = serializers.IntegerField()
    reports_before = serializers.IntegerField()
    now = TallyOut(allow_null=True, help_text="at the seat while the term ran; null where the reader does not organise it")
    before = TallyOut(allow_null=True)
    days_quiet = serializers.IntegerField(
        allow_null=True, help_text="since they last signed in, answered or reported; null while they pause and once they have left"
    )
    paused_until = serializers.DateField(allow_null=True, help_text="while they pause: the day of the place on which they are back")
    is_dormant = serializers.BooleanField(help_text="the seat is shown so for their silence")
    is_own = serializers.BooleanField()


class RelayTableOut(serializers.Serializer[Any]):
    """A page of them."""

    span = SpanOut()
    before = SpanOut()
    items = RelayLineOut(many=True)
    next = serializers.CharField(allow_null=True)


class RelaysView(APIView):
    """What each relay did."""

    policy = "insights.relays"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="insights_relays",
        parameters=[
            *SPAN,
            OpenApiParameter("sort", str, enum=list(ORDERS)),
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
        ],
        responses=RelayTableOut,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Return a page of the terms of seats that the reader organises, and of their own."""
        network, instant = relays.network(id), now()
        span = asked_span(request, network, at=instant)
        asked = request.query_params
        page = relay_page(
            request.user,
            network,
            span=span,
            order=asked.get("sort", ""),
            after=asked.get("after"),
            limit=read_limit(asked.get("limit")),
            now=instant,
        )
        _note(request, page["items"], reading="insights.relays", at=instant)
        items = [_shape(row, at=instant) for row in page["items"]]
        return Response({"span": vars(span), "before": vars(span.before), "items": items, "next": page["next"]})


class RelaysExportView(APIView):
    """The same as a table to take away, with a reason."""

    policy = "insights.tables"
    permission_classes = [SignedIn, accounts.RecentlyProved]

    @extend_schema(
        operation_id="insights_relays_export", parameters=SPAN, request=FileReasonIn, responses={(200, "text/csv"): OpenApiTypes.STR}
    )
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Download all of them as CSV; each reads who took it, and why."""
        network, instant = relays.network(id), now()
        if not accounts.holds_role(request.user, roles=[Role.ORGANISER], now=instant):
            raise Forbidden(_("These tables are for who organises."), code="organisers_only")
        span = asked_span(request, network, at=instant)
        reason_id = people.give_file_reason(reader=request.user, words=typed_reason(request), now=instant)
        rows: list[dict[str, Any]] = []
        after: str | None = ""
        while after is not None:
            page = relay_page(request.user, network, span=span, order="code", after=after, limit=LIMIT_MOST, now=instant)
            rows, after = rows + page["items"], page["next"]
        _note(request, rows, reading="insights.file", at=instant, reason_id=reason_id)
        head = [_("Code"), _("Seat"), _("Relay"), _("As"), _("Since"), _("Until"), _("Terms"), _("Answers"), _("Reports")]
        head += [_("Days quiet"), _("Pauses until"), _("Dormant"), *tally_head()]
        lines = [
            [
                line["code"],
                line["place"],
                line["name"],
                TermKind(line["kind"]).label,
                day_in(row["starts_at"], row["seat__area__time_zone"]),
                day_in(row["ends_at"], row["seat__area__time_zone"]) if row["ends_at"] else "",
                line["terms"],
                line["answers"],
                line["reports"],
                "" if line["days_quiet"] is None else line["days_quiet"],
                line["paused_until"] or "",
                _("yes") if line["is_dormant"] else "",
                *tally_cells(row["now"]),
            ]
            for row, line in zip(rows, (_shape(row, at=instant) for row in rows), strict=True)
        ]
        return csv_answer(head, lines, name=f"relays-{span.begins}-{span.ends}")


def _shape(row: dict[str, Any], *, at: datetime) -> dict[str, Any]:
    return {
        "id": row["id"],
        "name": f"{row['person__given_name']} {row['person__family_name']}".strip(),
        "seat": row["seat_id"],
        "code": row["seat__area__code"],
        "place": row["place"],
        "kind": row["kind"],
        "starts_at": row["starts_at"],
        "ends_at": row["ends_at"],
        "terms": row["terms"],
        "answers": row["answers"],
        "answers_before": row["answers_before"],
        "reports": row["reports"],
        "reports_before": row["reports_before"],
        "now": vars(row["now"]) if row["now"] else None,
        "before": vars(row["before"]) if row["before"] else None,
        "days_quiet": quiet_days(seen_at=row["quiet_since"], is_paused=False, now=at, zone=row["seat__area__time_zone"])
        if row["quiet_since"]
        else None,
        "paused_until": row["away_until"],
        "is_dormant": row["is_dormant"],
        "is_own": row["is_own"],
    }


def _note(request: Request, rows: list[dict[str, Any]], *, reading: str, at: datetime, reason_id: UUID | None = None) -> None:
    people.note_access(reader=request.user, role=Role.ORGANISER, reading=reading, person_ids=others(rows), now=at, reason_id=reason_id)
