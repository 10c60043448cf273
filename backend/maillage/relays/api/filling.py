"""Seats to fill: the organiser's worklist, and whose work each seat is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Invalid
from maillage.kernel.ids import read_uuid
from maillage.kernel.rest.counts import CountOut
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people import services as people
from maillage.relays import selectors, services
from maillage.relays.api.decisions import actor
from maillage.relays.domain import SeatState
from maillage.relays.domain.filling import LONGEST_WORDS, WRITTEN_STEP_CHOICES, Snoozed, Sort, StepKind, Whose
from maillage.relays.models import SeatStanding
from maillage.relays.selectors import filling

MOST_COUNTED = 10_000
_OWNER = "seat__filling__taken_by"


class OrganiserOut(serializers.Serializer[Any]):
    """An organiser, by name."""

    id = serializers.UUIDField(help_text="of the user")
    name = serializers.CharField(help_text="empty where they are not known by name")
    is_me = serializers.BooleanField()


class LastStepOut(serializers.Serializer[Any]):
    """What was tried last."""

    kind = serializers.ChoiceField(choices=StepKind.choices)
    at = serializers.DateTimeField()
    by = OrganiserOut(allow_null=True)


class SeatToFillOut(serializers.Serializer[Any]):
    """A seat that looks for somebody, and how the search stands."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField(help_text="the name of the area above")
    state = serializers.ChoiceField(choices=SeatState.choices)
    since = serializers.DateTimeField()
    taken_by = OrganiserOut(allow_null=True)
    snoozed_until = serializers.DateField(allow_null=True)
    next_step = serializers.CharField()
    next_step_on = serializers.DateField(allow_null=True)
    last_step = LastStepOut(allow_null=True)
    volunteers = serializers.IntegerField(help_text="who agreed to be asked and lives there or next to it, of the reader's places")
    neighbours = serializers.IntegerField(help_text="relays next door who could stand in and can be asked now")


class SeatsToFillOut(serializers.Serializer[Any]):
    """A page of seats to fill."""

    items = SeatToFillOut(many=True)
    next = serializers.CharField(allow_null=True)


class HandOnIn(serializers.Serializer[Any]):
    """To whom: an organiser above that place, oneself included."""

    to = serializers.UUIDField()


class SnoozeIn(serializers.Serializer[Any]):
    """Until which day; null brings it back."""

    until = serializers.DateField(allow_null=True)


class PlanIn(serializers.Serializer[Any]):
    """What comes next, and when. About the place: no names of people who did not agree."""

    words = serializers.CharField(max_length=LONGEST_WORDS, allow_blank=True)
    on = serializers.DateField(allow_null=True, default=None)


class FillingStepIn(serializers.Serializer[Any]):
    """What was tried. About the place: no names of people who did not agree."""

    kind = serializers.ChoiceField(choices=WRITTEN_STEP_CHOICES)
    words = serializers.CharField(max_length=LONGEST_WORDS, allow_blank=True, default="")


class FillingStepMadeOut(serializers.Serializer[Any]):
    """The step that was written."""

    id = serializers.UUIDField()


FILTERS = [
    OpenApiParameter("network", OpenApiTypes.UUID, required=True),
    OpenApiParameter("q", str, description="part of the name, or the beginning of the code"),
    OpenApiParameter("state", enum=[state.value for state in filling.FILLING_STATES]),
    OpenApiParameter("area", str, description="id of an area: the seats at or below it"),
    OpenApiParameter("whose", enum=Whose.values),
    OpenApiParameter("tried", enum=[*StepKind.values, filling.NEVER], description="what was tried; never: nothing yet"),
    OpenApiParameter("snoozed", enum=Snoozed.values, description="those that were put off: not by default"),
]


class SeatsToFillView(APIView):
    """The worklist."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="relays_filling",
        parameters=[*FILTERS, OpenApiParameter("sort", enum=Sort.values), OpenApiParameter("after"), OpenApiParameter("limit", int)],
        responses=SeatsToFillOut,
    )
    def get(self, request: Request) -> Response:
        """List the seats to fill of the reader's places; who organises nothing gets an empty page."""
        instant = now()
        network_id, asked, seats = _asked(request, now=instant)
        page = keyset_page(
            filling.filling_rows(seats),
            keys=filling.KEYS[asked.sort],
            after=request.query_params.get("after"),
            limit=read_limit(request.query_params.get("limit")),
        )
        rows = page["items"]
        near = filling.near_of(request.user, rows, network_id=network_id, now=instant) if rows else {}
        note_colleagues(request, rows, now=instant)
        return Response({"items": [shape(row, near[row["seat_id"]], request) for row in rows], "next": page["next"]})


class SeatsToFillCountView(APIView):
    """How many seats there are to fill."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_filling_count", parameters=FILTERS, responses=CountOut)
    def get(self, request: Request) -> Response:
        """Count them as asked."""
        _network, _said, seats = _asked(request, now=now())
        counted = seats.values("seat_id")[: MOST_COUNTED + 1].count()
        return Response({"count": min(counted, MOST_COUNTED), "is_more": counted > MOST_COUNTED})


class SeatsToFillExportView(APIView):
    """The worklist as a file: places and what was tried, nobody's name."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="relays_filling_export",
        parameters=[*FILTERS, OpenApiParameter("sort", enum=Sort.values)],
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def get(self, request: Request) -> StreamingHttpResponse:
        """Download it as CSV, cells that a spreadsheet would run made harmless."""
        instant = now()
        network_id, asked, seats = _asked(request, now=instant)
        rows = list(filling.filling_rows(seats).order_by(*filling.KEYS[asked.sort]))
        near = filling.near_of(request.user, rows, network_id=network_id, now=instant) if rows else {}
        answer = StreamingHttpResponse(_lines(rows, near), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="seats-to-fill.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer


class FillingView(APIView):
    """What the six below share: the seat is of a place that the reader organises, else 404."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    def answered(self, request: Request, id: UUID) -> Response:
        """Return the seat as it stands now."""
        instant = now()
        row = filling.seat_to_fill(request.user, id, now=instant)
        seat = filling.organised_seat(request.user, id, now=instant)
        near = filling.near_of(request.user, [row], network_id=seat.network_id, now=instant)
        note_colleagues(request, [row], now=instant)
        return Response(shape(row, near[id], request))


class TakeOnView(FillingView):
    """Take a seat on."""

    @extend_schema(operation_id="relays_filling_take_on", request=None, responses=SeatToFillOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Put a seat on one's own list. Safe to repeat."""
        by = organiser_of(request, id)
        services.take_on_seat(seat_id=id, by=by, now=now())
        return self.answered(request, id)


class LetGoView(FillingView):
    """Let a seat go."""

    @extend_schema(operation_id="relays_filling_let_go", request=None, responses=SeatToFillOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take a seat off whoever's list it is on. Safe to repeat."""
        by = organiser_of(request, id)
        services.let_go_of_seat(seat_id=id, by=by, now=now())
        return self.answered(request, id)


class HandOnView(FillingView):
    """Hand a seat to fill on."""

    @extend_schema(operation_id="relays_filling_hand_on", request=HandOnIn, responses=SeatToFillOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Hand it to another organiser above that place, or take it over."""
        by = organiser_of(request, id)
        wanted = HandOnIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.hand_on_seat(seat_id=id, to_id=wanted.validated_data["to"], by=by, now=now())
        return self.answered(request, id)


class SnoozeView(FillingView):
    """Put a seat off."""

    @extend_schema(operation_id="relays_filling_snooze", request=SnoozeIn, responses=SeatToFillOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Put it off until a day, or bring it back."""
        by = organiser_of(request, id)
        wanted = SnoozeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.snooze_seat(seat_id=id, until=wanted.validated_data["until"], by=by, now=now())
        return self.answered(request, id)


class PlanView(FillingView):
    """What comes next."""

    @extend_schema(operation_id="relays_filling_plan", request=PlanIn, responses=SeatToFillOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Keep the next step and its day; empty words take it away."""
        by = organiser_of(request, id)
        wanted = PlanIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.plan_next_step(seat_id=id, **wanted.validated_data, by=by, now=now())
        return self.answered(request, id)


class StepsView(FillingView):
    """What was tried."""

    @extend_schema(operation_id="relays_filling_step", request=FillingStepIn, responses={201: FillingStepMadeOut})
    def post(self, request: Request, id: UUID) -> Response:
        """Write a step down."""
        by = organiser_of(request, id)
        wanted = FillingStepIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        step = services.note_step(seat_id=id, kind=StepKind(said["kind"]), words=said["words"], by=by, now=now())
        return Response({"id": step.pk}, status=201)


class StepView(FillingView):
    """One step."""

    @extend_schema(operation_id="relays_filling_step_remove", responses={204: None})
    def delete(self, request: Request, id: UUID, step: UUID) -> Response:
        """Take away a step that one wrote oneself."""
        by = organiser_of(request, id)
        services.take_back_step(step_id=step, seat_id=id, by=by, now=now())
        return Response(status=204)


def organiser_of(request: Request, seat_id: UUID) -> User:
    """Return the reader, who organises the place of a seat.  Raises: NotFound, for who does not."""
    filling.organised_seat(request.user, seat_id, now=now())
    return actor(request)


def note_colleagues(request: Request, rows: Iterable[Mapping[str, Any]], *, now: datetime) -> None:
    """Write down which other organisers these rows name."""
    named: set[UUID] = set()
    for row in rows:
        for user, person in ((f"{_OWNER}_id", f"{_OWNER}__person__id"), ("step_by_id", "step_person_id")):
            if row[person] is not None and row[user] != request.user.pk:
                named.add(row[person])
    people.note_access(reader=request.user, role=Role.ORGANISER, reading="relays.filling", person_ids=named, now=now)


def shape(row: Mapping[str, Any], near: filling.Near, request: Request) -> dict[str, Any]:
    """Say a row of `selectors.filling` in the shape of SeatToFillOut."""
    return {
        "id": row["seat_id"],
        "code": row["area__code"],
        "name": row["place"],
        "group": row["group"] or "",
        "state": row["state"],
        "since": row["since"],
        "taken_by": _organiser(row[f"{_OWNER}_id"], row[f"{_OWNER}__person__given_name"], row[f"{_OWNER}__person__family_name"], request),
        "snoozed_until": row["seat__filling__snoozed_until"],
        "next_step": row["seat__filling__next_step"] or "",
        "next_step_on": row["seat__filling__next_step_on"],
        "last_step": {
            "kind": row["step_kind"],
            "at": row["step_at"],
            "by": _organiser(row["step_by_id"], row["step_given_name"], row["step_family_name"], request),
        }
        if row["step_kind"]
        else None,
        "volunteers": near.volunteers,
        "neighbours": near.neighbours,
    }


def _organiser(user_id: UUID | None, given_name: str | None, family_name: str | None, request: Request) -> dict[str, Any] | None:
    if user_id is None:
        return None
    return {"id": user_id, "name": f"{given_name or ''} {family_name or ''}".strip(), "is_me": user_id == request.user.pk}


def _asked(request: Request, *, now: datetime) -> tuple[UUID, filling.Asked, QuerySet[SeatStanding]]:
    network_id = read_uuid(request.query_params.get("network", ""))
    if network_id is None:
        raise Invalid(fields={"network": [_("Say which network.")]})
    selectors.network(network_id)
    asked = filling.read_asked(request.query_params.dict())
    return network_id, asked, filling.seats_to_fill(request.user, network_id, asked, now=now)


def _lines(rows: list[dict[str, Any]], near: Mapping[UUID, filling.Near]) -> Iterator[bytes]:
    yield BYTE_ORDER_MARK + csv_line(
        [
            _("Code"),
            _("Place"),
            _("State"),
            _("Since"),
            _("Volunteers near"),
            _("Neighbours who could stand in"),
            _("Tried last"),
            _("On"),
            _("Next step on"),
            _("Put off until"),
        ]
    )
    for row in rows:
        yield csv_line(
            [
                row["area__code"],
                row["place"],
                SeatState(row["state"]).label,
                day_in(row["since"], row["area__time_zone"]),
                near[row["seat_id"]].volunteers,
                near[row["seat_id"]].neighbours,
                StepKind(row["step_kind"]).label if row["step_kind"] else "",
                day_in(row["step_at"], row["area__time_zone"]) if row["step_at"] else "",
                row["seat__filling__next_step_on"] or "",
                row["seat__filling__snoozed_until"] or "",
            ]
        )
