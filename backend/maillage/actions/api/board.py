"""The live board, polled: 304 while nothing moves."""

from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.selectors import RecentlyProved
from maillage.actions import policies, selectors
from maillage.actions.api.shapes import CountsOut, LineOut, line_shape
from maillage.actions.domain import ActionStatus, BoardState, TakeOverStatus, VacantRule
from maillage.actions.models import Action
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, Invalid
from maillage.kernel.rest.etags import etag_of, same, tagged
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.rest.reasons import FileReasonIn, typed_reason
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people import services as people


class VacantOut(serializers.Serializer[Any]):
    """The rule for seats on which nobody acts, and what it did here."""

    rule = serializers.ChoiceField(choices=VacantRule.choices)
    asked = serializers.IntegerField(help_text="neighbours whom it asks, and who have not answered yet")
    taken_over = serializers.IntegerField(help_text="seats that neighbours took over since it asked them")


class BoardOut(serializers.Serializer[Any]):
    """An action's board. Give `as_of` back as `since`, and the last ETag as If-None-Match whatever `since` was."""

    as_of = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=ActionStatus.choices)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    stopped_at = serializers.DateTimeField(allow_null=True)
    counts = CountsOut()
    vacant = VacantOut()
    assignments = LineOut(many=True)
    news = LineOut(many=True, help_text="the twenty latest answers, the newest first")


class BoardView(APIView):
    """The live board of an action."""

    policy = "actions.board"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="actions_board",
        parameters=[OpenApiParameter("since", datetime, description="`as_of` of the last answer: only what changed since then")],
        responses={200: BoardOut, 304: None},
    )
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Return counts and assignments: all, or those that changed; only of the seats that the reader organises."""
        since = _since(request.query_params.get("since"))
        instant = now()
        action = watched(request, id)
        version = selectors.board_version(request.user, action, now=instant)
        etag = etag_of(id, request.user.pk, get_language(), action.status, action.version, version)
        if unchanged := same(request, etag):
            return unchanged
        rows = selectors.board_rows(request.user, action, now=instant, since=since)
        news = selectors.board_news(request.user, action, now=instant)
        _note(request, "actions.board", rows + news, at=instant)
        board = {
            "as_of": instant,
            "status": action.status,
            "starts_at": action.starts_at,
            "ends_at": action.ends_at,
            "stopped_at": action.stopped_at,
            "counts": asdict(version.counts),
            "vacant": _vacant(request, action, at=instant),
            "assignments": [line_shape(row) for row in rows],
            "news": [line_shape(row) for row in news],
        }
        return tagged(request, board, etag=etag)


class BoardExportView(APIView):
    """The board as a table to take away, with a reason."""

    policy = "actions.board"
    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(
        operation_id="actions_board_export",
        parameters=[OpenApiParameter("state", enum=BoardState.values, many=True, description="only these states")],
        request=FileReasonIn,
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Download the lines of the board as CSV, cells that a spreadsheet would run made harmless; its relays read who took it and why."""
        action, instant = watched(request, id), now()
        reason_id = people.give_file_reason(reader=request.user, words=typed_reason(request), now=instant)
        states = set(request.query_params.getlist("state")) or set(BoardState.values)
        rows = [row for row in selectors.board_rows(request.user, action, now=instant) if row["state"] in states]
        _note(request, "actions.board_export", rows, at=instant, reason_id=reason_id)
        answer = HttpResponse(_table(rows), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="board-{action.pk}.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def watched(request: Request, id: UUID) -> Action:
    """Return an action whose board the reader may see. Raises: NotFound, Forbidden."""
    action = selectors.action_seen(request.user, id, now=now(), with_texts=False)
    reach = selectors.reach_of(action)
    if not policies.action_abilities(status=action.status, organises_all=reach.organises_all, organises_some=reach.organises_some)[
        "see_board"
    ]:
        raise Forbidden(_("The board opens with the launch, for organisers."))
    return action


def _note(request: Request, reading: str, rows: list[dict[str, Any]], *, at: datetime, reason_id: UUID | None = None) -> None:
    """Write down that an organiser reads who answers for these lines."""
    holders = {row[name] for row in rows for name in ("holder_id", "neighbour_id") if row[name]}
    people.note_access(reader=request.user, role=Role.ORGANISER, reading=reading, person_ids=holders, now=at, reason_id=reason_id)


def _table(rows: list[dict[str, Any]]) -> bytes:
    lines = [
        [
            _("Code"),
            _("Seat"),
            _("State"),
            _("Relay"),
            _("Taken over by"),
            _("Answered at"),
            _("Met"),
            _("Position"),
            _("Quote"),
            _("Remark"),
        ]
    ]
    for row in rows:
        line = line_shape(row)
        report = line["report"] or {"met": "", "stance": "", "quote": "", "failed": ""}
        cells = [
            line["seat"]["code"],
            line["seat"]["name"],
            BoardState(line["state"]).label,
            line["holder"] or "",
            line["neighbour"] or "",
            line["answered_at"].isoformat(timespec="minutes") if line["answered_at"] else "",
            report["met"],
            "" if report["stance"] is None else report["stance"],
            report["quote"],
            "; ".join(filter(None, (_("Position undone since") if line["is_undone"] else "", report["failed"] or line["reason"]))),
        ]
        lines.append(cells)
    return BYTE_ORDER_MARK + b"".join(csv_line(line) for line in lines)


def _vacant(request: Request, action: Action, *, at: datetime) -> dict[str, Any]:
    is_asking = action.vacant_rule == VacantRule.NEIGHBOUR
    done = selectors.asked_by_rule(request.user, action, now=at) if is_asking else {}
    return {
        "rule": action.vacant_rule,
        "asked": done.get(TakeOverStatus.ASKED, 0),
        "taken_over": done.get(TakeOverStatus.ACCEPTED, 0),
    }


def _since(raw: str | None) -> datetime | None:
    if not raw:
        return None
    try:
        instant = parse_datetime(raw.replace(" ", "+"))  # a "+" that was not percent-encoded
    except ValueError:
        instant = None
    if instant is None:
        raise Invalid(_("This is not an instant."), code="bad_since", fields={"since": [_("Give back `as_of` of the last answer.")]})
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)
