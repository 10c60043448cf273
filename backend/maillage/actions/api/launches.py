"""Asking a second person for a launch, and their answer; the hour at which it leaves by itself."""

from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.actions import selectors, services
from maillage.actions.api.actions import actor, led
from maillage.actions.api.shapes import ActionOut, action_shape
from maillage.actions.domain import RequestStatus
from maillage.actions.models import Action, LaunchRequest
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people

HOUR = "without an offset: by the clock of the network's country"


class LaunchRequestOut(serializers.Serializer[Any]):
    """A second person was asked for the launch."""

    id = serializers.UUIDField()
    version = serializers.IntegerField(help_text="of the action, when it was asked")
    expected = serializers.IntegerField(help_text="how many mails the dry run showed")
    by_hand = serializers.IntegerField(help_text="to how many a human would bring it")
    launch_at = serializers.DateTimeField(allow_null=True, help_text="when it is to leave; null: with the yes")
    by = serializers.CharField(help_text="empty once they left")
    is_own = serializers.BooleanField(help_text="the reader asked")
    asked_at = serializers.DateTimeField()
    status = serializers.ChoiceField(choices=RequestStatus.choices)
    settled_by = serializers.CharField(help_text="empty while it is asked, and once they left")
    settled_at = serializers.DateTimeField(allow_null=True)
    reason = serializers.CharField(help_text="why the second person said no")


class LaunchRequestsOut(serializers.Serializer[Any]):
    """What second persons were asked about an action, the latest first."""

    items = LaunchRequestOut(many=True)


class LaunchRequestIn(serializers.Serializer[Any]):
    """What is asked: the version and the number of mails that the dry run showed; and the hour, else it leaves with the yes."""

    version = serializers.IntegerField(min_value=1)
    expected = serializers.IntegerField(min_value=0)
    launch_at = serializers.DateTimeField(required=False, allow_null=True, default=None, help_text=HOUR)


class ScheduleIn(serializers.Serializer[Any]):
    """The hour at which it leaves, the version and the number of mails that the dry run showed."""

    version = serializers.IntegerField(min_value=1)
    expected = serializers.IntegerField(min_value=0)
    launch_at = serializers.DateTimeField(help_text=HOUR)


class AgreeToLaunchIn(serializers.Serializer[Any]):
    """The number of mails that the dry run showed to who says yes; another number stops the launch."""

    expected = serializers.IntegerField(min_value=0)


class RefuseLaunchIn(serializers.Serializer[Any]):
    """Why."""

    reason = serializers.CharField(max_length=280)


class LaunchRequestsView(APIView):
    """What was asked; ask."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_launch_requests", responses=LaunchRequestsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List what second persons were asked about an action, and what came of it."""
        return Response(_shape(request, led(request, id)))

    @extend_schema(operation_id="actions_ask_launch", request=LaunchRequestIn, responses={201: LaunchRequestsOut})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Ask the other organisers of the whole territory for the launch; 409 where so few people need no second person."""
        action = led(request, id)
        asked = _read(LaunchRequestIn(data=request.data), action)
        services.ask_launch(action_id=id, by=actor(request), now=now(), **asked)
        return Response(_shape(request, action), status=201)


class ScheduleView(APIView):
    """The hour at which an action leaves by itself."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_schedule", request=ScheduleIn, responses=ActionOut)
    def put(self, request: Request, id: UUID) -> Response:
        """Set the hour, or move it; 409 where so many are reached that a second person is asked for it."""
        asked = _read(ScheduleIn(data=request.data), led(request, id))
        services.schedule_action(action_id=id, by=actor(request), now=now(), **asked)
        return Response(action_shape(selectors.action_seen(request.user, id, now=now())))

    @extend_schema(operation_id="actions_take_back_schedule", responses=ActionOut)
    def delete(self, request: Request, id: UUID) -> Response:
        """Take the hour back: it is a draft again. Safe to repeat."""
        led(request, id)
        services.take_back_schedule(action_id=id, by=actor(request), now=now())
        return Response(action_shape(selectors.action_seen(request.user, id, now=now())))


class AgreeToLaunchView(APIView):
    """Yes."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_agree_to_launch", request=AgreeToLaunchIn, responses=ActionOut)
    def post(self, request: Request, id: UUID, request_id: UUID) -> Response:
        """Say yes to a launch that somebody else asked for: it leaves at once, or at its hour. Twice is 409, and nothing is sent twice."""
        led(request, id)
        wanted = AgreeToLaunchIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.agree_to_launch(
            action_id=id, request_id=request_id, expected=wanted.validated_data["expected"], by=actor(request), now=now()
        )
        return Response(action_shape(selectors.action_seen(request.user, id, now=now())))


class RefuseLaunchView(APIView):
    """No."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_refuse_launch", request=RefuseLaunchIn, responses=LaunchRequestsOut)
    def post(self, request: Request, id: UUID, request_id: UUID) -> Response:
        """Say no to a launch that somebody else asked for, and why."""
        action = led(request, id)
        wanted = RefuseLaunchIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.refuse_launch(action_id=id, request_id=request_id, reason=wanted.validated_data["reason"], by=actor(request), now=now())
        return Response(_shape(request, action))


class WithdrawLaunchView(APIView):
    """Taken back."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_withdraw_launch", request=None, responses=LaunchRequestsOut)
    def post(self, request: Request, id: UUID, request_id: UUID) -> Response:
        """Take back what one asked. Safe to repeat."""
        action = led(request, id)
        services.withdraw_launch(action_id=id, request_id=request_id, by=actor(request), now=now())
        return Response(_shape(request, action))


def _read(wanted: serializers.Serializer[Any], action: Action) -> dict[str, Any]:
    """Return what was asked, an hour without an offset read by the clock of the network's country."""
    vars(wanted.fields["launch_at"])["timezone"] = ZoneInfo(action.network.country.time_zone)
    wanted.is_valid(raise_exception=True)
    return dict(wanted.validated_data)


def _shape(request: Request, action: Action) -> dict[str, Any]:
    """Say who asked and who settled it, and write down whom the reader so reads of."""
    instant = now()
    found = list(selectors.launch_requests_of(action))
    named = {user for each in found for user in (each.by, each.settled_by) if user and hasattr(user, "person")}
    read = {user.person.pk for user in named if user != request.user}
    people.note_access(reader=request.user, role=Role.ORGANISER, reading="actions.launch_requests", person_ids=read, now=instant)
    return {"items": [_request_shape(each, is_own=each.by == request.user) for each in found]}


def _request_shape(found: LaunchRequest, *, is_own: bool) -> dict[str, Any]:
    return {
        "id": found.pk,
        "version": found.version,
        "expected": found.expected,
        "by_hand": found.by_hand,
        "launch_at": found.launch_at,
        "by": selectors.name_of(found.by) if found.by else "",
        "is_own": is_own,
        "asked_at": found.asked_at,
        "status": found.status,
        "settled_by": selectors.name_of(found.settled_by) if found.settled_by else "",
        "settled_at": found.settled_at,
        "reason": found.reason,
    }
