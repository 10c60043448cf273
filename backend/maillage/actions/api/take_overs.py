"""What a neighbour is asked to take over, and answers."""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.actions import selectors, services
from maillage.actions.api.assignments import DeclineAssignmentIn
from maillage.actions.api.shapes import ActionSeatOut
from maillage.actions.domain import TakeOverStatus
from maillage.actions.models import TakeOver
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn


class TakeOverOut(serializers.Serializer[Any]):
    """A question to a neighbour: would they take over what this place is asked?"""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=TakeOverStatus.choices)
    seat = ActionSeatOut()
    title = serializers.CharField()
    summary = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    asked_at = serializers.DateTimeField()
    assignment = serializers.UUIDField(help_text="readable once it was accepted")


class TakeOversOut(serializers.Serializer[Any]):
    """Those that wait for the reader's own answer, the soonest action first."""

    items = TakeOverOut(many=True)


class TakeOversView(APIView):
    """What I am asked next door."""

    policy = "actions.assignments"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_take_overs", responses=TakeOversOut)
    def get(self, request: Request) -> Response:
        """List the questions that wait for my own answer."""
        return Response({"items": [_shape(one) for one in selectors.questions_waiting_for(request.user, now=now())]})


class AcceptTakeOverView(APIView):
    """Yes."""

    policy = "actions.assignments"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_take_over_accept", request=None, responses=TakeOverOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Take it over: the brief comes by mail, and the holder is told. Safe to repeat."""
        services.accept_take_over(take_over_id=id, person_id=_own(request, id), now=now())
        return Response(_shape(selectors.own_question(request.user, id)))


class DeclineTakeOverView(APIView):
    """No."""

    policy = "actions.assignments"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_take_over_decline", request=DeclineAssignmentIn, responses=TakeOverOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Say no, with a reason or without; nobody asks about this one again. Safe to repeat."""
        person_id = _own(request, id)
        wanted = DeclineAssignmentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.decline_take_over(take_over_id=id, person_id=person_id, reason=wanted.validated_data["reason"], now=now())
        return Response(_shape(selectors.own_question(request.user, id)))


def _own(request: Request, id: UUID) -> UUID:
    """Return the id of the person who was asked. Raises: NotFound."""
    person: UUID | None = selectors.own_question(request.user, id).person_id
    if person is None:
        raise TypeError("own_question finds what was put to somebody")
    return person


def _shape(question: TakeOver) -> dict[str, Any]:
    assignment = question.assignment
    action, area = assignment.action, assignment.seat.area
    text, _is_fallback = selectors.text_of(action, language=get_language() or "")
    return {
        "id": question.pk,
        "status": question.status,
        "seat": {"id": assignment.seat_id, "code": area.code, "name": area.called},
        "title": text.title,
        "summary": text.summary,
        "starts_at": action.starts_at,
        "ends_at": action.ends_at,
        "asked_at": question.asked_at,
        "assignment": assignment.pk,
    }
