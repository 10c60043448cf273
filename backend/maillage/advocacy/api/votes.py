"""What was said against what was voted: a subject's roll calls, who voted how at each, and which roll call belongs to which subject."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.advocacy import policies, selectors, services
from maillage.advocacy.api.ledger import LedgerHolderOut, ledger_group, ledger_holder
from maillage.advocacy.api.office_holders import GroupOut
from maillage.advocacy.api.shapes import SpokenOfPlaceOut, SubjectNamedOut, actor
from maillage.advocacy.api.subjects import SubjectOut, subject_shape
from maillage.advocacy.domain import Choice, Result, Side, Stance
from maillage.advocacy.selectors.votes import Voted, VotesOnSubject
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, NotFound
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.rest.reasons import FileReasonIn
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people import services as people


class RollCallAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with a roll call."""

    tie = serializers.BooleanField()


class RollCallOut(serializers.Serializer[Any]):
    """An assembly voted by name on a day."""

    id = serializers.UUIDField()
    body = serializers.CharField(help_text="the assembly: fr-assemblee")
    number = serializers.CharField()
    on = serializers.DateField()
    title = serializers.CharField()
    result = serializers.ChoiceField(choices=Result.choices, allow_null=True)
    address = serializers.CharField(help_text="where anybody reads the record; empty where none is known")
    tally_for = serializers.IntegerField(help_text="as the record counts them, whoever sits where")
    tally_against = serializers.IntegerField()
    tally_abstained = serializers.IntegerField()
    subject = SubjectNamedOut(allow_null=True)
    favourable = serializers.ChoiceField(choices=Side.choices, allow_null=True, help_text="which vote is for the subject")
    abilities = RollCallAbilitiesOut()


class RollCallsOut(serializers.Serializer[Any]):
    """A page of them, the latest first."""

    items = RollCallOut(many=True)
    next = serializers.CharField(allow_null=True)


class TieIn(serializers.Serializer[Any]):
    """To which subject a roll call belongs, and which vote is for that."""

    subject = serializers.UUIDField()
    favourable = serializers.ChoiceField(choices=Side.choices)


class VotedOut(serializers.Serializer[Any]):
    """What somebody did at one roll call, as of the subject: `for` is for the subject, whichever way the question was put."""

    sat = serializers.BooleanField(help_text="they sat then; false: nothing else is said")
    said = serializers.ChoiceField(choices=Stance.choices, allow_null=True, help_text="where they stood on that day")
    choice = serializers.ChoiceField(choices=Choice.choices, allow_null=True, help_text="null: in no list of the record")
    meant = serializers.ChoiceField(choices=Choice.choices, allow_null=True, help_text="what they had put on record since")
    is_as_said = serializers.BooleanField(allow_null=True, help_text="null: nobody can tell")


class VotesRowOut(serializers.Serializer[Any]):
    """One who sits, or sat then, with what they did at each roll call, in the order of these."""

    id = serializers.UUIDField(help_text="of the mandate")
    office_holder = LedgerHolderOut()
    seat = SpokenOfPlaceOut()
    group = GroupOut(allow_null=True)
    votes = VotedOut(many=True)


class SubjectVotesOut(serializers.Serializer[Any]):
    """The roll calls of a subject, the first one first, and everybody below the places that the reader organises, by seat."""

    subject = SubjectOut()
    roll_calls = RollCallOut(many=True)
    items = VotesRowOut(many=True)


class SubjectVotesView(APIView):
    """Said against voted, on one subject."""

    policy = "advocacy.votes"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_subject_votes", responses=SubjectVotesOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return who voted how at each roll call tied to a subject, beside what they had said by its day: organisers."""
        reach = _organising(request)
        subject, found = _found(request, reach, id)
        return Response(
            {
                "subject": subject_shape(subject, leads=reach.leads),
                "roll_calls": [_roll_call_shape(row, leads=reach.leads) for row in found.roll_calls],
                "items": [_row_shape(mandate, votes) for mandate, votes in found.rows],
            }
        )


class SubjectVotesExportView(APIView):
    """The same as a file."""

    policy = "advocacy.votes"
    permission_classes = [SignedIn, accounts.RecentlyProved]

    @extend_schema(operation_id="advocacy_subject_votes_export", request=FileReasonIn, responses={(200, "text/csv"): OpenApiTypes.STR})
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Download a line for each member and roll call, for a typed reason."""
        reach = _organising(request)
        _subject, found = _found(request, reach, id)
        wanted = FileReasonIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        people.give_file_reason(reader=actor(request), words=wanted.validated_data["reason"], now=now())
        table = csv_line(_COLUMNS) + b"".join(map(csv_line, _lines(found)))
        answer = HttpResponse(BYTE_ORDER_MARK + table, content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="votes-{id}.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer


class RollCallsView(APIView):
    """What was voted by name."""

    policy = "advocacy.votes"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="advocacy_roll_calls",
        parameters=[
            OpenApiParameter("q", description="a number, or words of a title"),
            OpenApiParameter("after"),
            OpenApiParameter("limit", int),
        ],
        responses=RollCallsOut,
    )
    def get(self, request: Request) -> Response:
        """List the roll calls that were loaded, for organisers."""
        reach, asked = _organising(request), request.query_params
        page = keyset_page(
            selectors.roll_call_rows(query=asked.get("q", "").replace("\0", "").strip()),
            keys=["-on", "-id"],
            after=asked.get("after"),
            limit=read_limit(asked.get("limit")),
            shape=lambda row: _roll_call_shape(row, leads=reach.leads),
        )
        return Response(page)


class RollCallTieView(APIView):
    """To which subject one belongs."""

    policy = "advocacy.votes"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_roll_call_tie", request=TieIn, responses=RollCallOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Tie a roll call to a subject, and say which vote is for that: who organises the whole country."""
        _leading(request)
        wanted = TieIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        services.tie_roll_call(
            roll_call_id=id, subject_id=said["subject"], favourable=Side(said["favourable"]), by=actor(request), now=now()
        )
        return Response(_roll_call_shape(selectors.roll_call_row(id), leads=True))

    @extend_schema(operation_id="advocacy_roll_call_untie", responses=RollCallOut)
    def delete(self, request: Request, id: UUID) -> Response:
        """Part it from its subject. Safe to repeat."""
        _leading(request)
        services.untie_roll_call(roll_call_id=id, by=actor(request), now=now())
        return Response(_roll_call_shape(selectors.roll_call_row(id), leads=True))


def _organising(request: Request) -> selectors.SubjectReach:
    """Let through who organises. Raises: NotFound."""
    reach = selectors.subject_reach(request.user, now=now())
    if not reach.organises:
        raise NotFound(code="subject_unknown")
    return reach


def _leading(request: Request) -> None:
    """Let through who organises the whole country. Raises: NotFound, Forbidden."""
    if not _organising(request).leads:
        raise Forbidden(_("Who organises the whole country ties roll calls to subjects."), code="national_organisers_only")


def _found(request: Request, reach: selectors.SubjectReach, id: UUID) -> tuple[Any, VotesOnSubject]:
    subject = selectors.subject_seen(reach, id)
    return subject, selectors.votes_on(request.user, id, now=now())


def _roll_call_shape(row: dict[str, Any], *, leads: bool) -> dict[str, Any]:
    names = ("id", "body", "number", "on", "title", "address", "tally_for", "tally_against", "tally_abstained")
    return {
        **{name: row[name] for name in names},
        "result": row["result"] or None,
        "subject": {"id": row["subject_id"], "title": row["about"]} if row["subject_id"] else None,
        "favourable": row["favourable"] or None,
        "abilities": policies.roll_call_abilities(leads=leads),
    }


def _row_shape(mandate: dict[str, Any], votes: list[Voted]) -> dict[str, Any]:
    return {
        "id": mandate["id"],
        "office_holder": ledger_holder(mandate),
        "seat": {"code": mandate["area__code"], "name": mandate["place"]},
        "group": ledger_group(mandate),
        "votes": [vars(vote) for vote in votes],
    }


_COLUMNS = (
    *(gettext_lazy("Roll call"), gettext_lazy("Day"), gettext_lazy("Title"), gettext_lazy("Place"), gettext_lazy("Name")),
    *(gettext_lazy("Group"), gettext_lazy("Said by then"), gettext_lazy("Voted, as of the subject")),
    *(gettext_lazy("Put on record since"), gettext_lazy("As said"), gettext_lazy("Source")),
)


def _lines(found: VotesOnSubject) -> Iterator[list[object]]:
    for mandate, votes in found.rows:
        for roll_call, voted in zip(found.roll_calls, votes, strict=True):
            if voted.sat:
                yield [
                    *(roll_call["number"], roll_call["on"], roll_call["title"], mandate["place"]),
                    f"{mandate['holder__given_name']} {mandate['holder__family_name']}",
                    mandate["group__abbreviation"] or "",
                    voted.said.label if voted.said is not None else _("unknown"),
                    voted.choice.label if voted.choice else _("in no list"),
                    voted.meant.label if voted.meant else "",
                    "" if voted.is_as_said is None else _("yes") if voted.is_as_said else _("no"),
                    roll_call["address"],
                ]
