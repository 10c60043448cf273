"""Actions: written, looked at before, launched, stopped."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.actions import selectors, services
from maillage.actions.api.shapes import ActionOut, ActionSeatOut, CountsOut, TextIn, action_shape, seat_shape
from maillage.actions.domain import VacantRule, Way, as_named, needs_second_person
from maillage.actions.models import Action
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, Invalid
from maillage.kernel.ids import read_uuid
from maillage.kernel.rest.permissions import SignedIn


class ActionRowOut(ActionOut):
    """An action with where its assignments stand; null before the launch."""

    counts = CountsOut(allow_null=True)
    empty_here = serializers.IntegerField(
        help_text="seats that the reader organises on which nobody acts, where the rule of a running action tells its organisers; else 0"
    )


class ActionsOut(serializers.Serializer[Any]):
    """The actions that the reader may see, the latest start first."""

    items = ActionRowOut(many=True)


class ActionIn(serializers.Serializer[Any]):
    """A new action."""

    network = serializers.UUIDField()
    default_language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    subject = serializers.UUIDField(allow_null=True, default=None)
    texts = serializers.DictField(child=TextIn(), help_text="by language")
    vacant_rule = serializers.ChoiceField(choices=VacantRule.choices, default=VacantRule.WORKLIST)
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()


class ActionChangeIn(serializers.Serializer[Any]):
    """What changes, and the version that was read."""

    version = serializers.IntegerField(min_value=1)
    default_language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False)
    subject = serializers.UUIDField(allow_null=True, required=False, help_text="null takes it away; absent leaves it")
    texts = serializers.DictField(child=TextIn(), required=False, help_text="by language; replaces all of them")
    vacant_rule = serializers.ChoiceField(choices=VacantRule.choices, required=False)
    starts_at = serializers.DateTimeField(required=False)
    ends_at = serializers.DateTimeField(required=False)


class LaunchIn(serializers.Serializer[Any]):
    """The number of messages that the dry run showed; another number stops the launch."""

    expected = serializers.IntegerField(min_value=0, required=False, allow_null=True, default=None)


class StopIn(serializers.Serializer[Any]):
    """The number of holders who will be told, as the organiser typed it."""

    expected = serializers.IntegerField(min_value=0)


class PreviewIn(serializers.Serializer[Any]):
    """A brief as it is being written, and the seat for which it is completed: the first one where none is said."""

    brief = serializers.CharField(max_length=20_000, allow_blank=True)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False, help_text="of the brief; the action's default one")
    seat = serializers.UUIDField(required=False, allow_null=True, default=None)


class PreviewOut(serializers.Serializer[Any]):
    """The brief as it will be read."""

    html = serializers.CharField(help_text="safe to show as it is")
    seat = ActionSeatOut()
    copy_of = serializers.CharField(help_text="the reader's name")
    version = serializers.IntegerField(help_text="of the action, which is written down as opened")


class ActionSeatsOut(serializers.Serializer[Any]):
    """Seats whose brief the reader may preview, by code."""

    items = ActionSeatOut(many=True)


class BlockOut(serializers.Serializer[Any]):
    """What may be named in a brief, on a line of its own."""

    name = serializers.CharField()
    written = serializers.CharField(help_text="as it stands in the brief")
    gives = serializers.CharField(help_text="what it says of each place, in the reader's language")


class BlocksOut(serializers.Serializer[Any]):
    """All blocks, in the order in which they are offered."""

    items = BlockOut(many=True)


class ReliefOut(serializers.Serializer[Any]):
    """What asking neighbours for vacant seats would come to; the three sum to them."""

    asked = serializers.IntegerField(help_text="seats for which somebody next door is asked at once")
    later = serializers.IntegerField(help_text="seats whose neighbours are asked about another one first")
    none = serializers.IntegerField(help_text="seats without anybody next door who can be asked")


class DryRunOut(serializers.Serializer[Any]):
    """What launching would do now."""

    seats = serializers.IntegerField()
    with_holder = serializers.IntegerField()
    vacant = serializers.IntegerField()
    messages = serializers.IntegerField()
    without_email = serializers.IntegerField(help_text="holders without an e-mail address")
    by_hand = serializers.IntegerField(
        help_text="of these, to whom a human posts, says or texts it; the others gave no other way, or want no briefs on it"
    )
    by_language = serializers.DictField(child=serializers.IntegerField())
    needs_second_person = serializers.BooleanField(help_text="it reaches so many that somebody else says yes before it leaves")
    relief = ReliefOut(allow_null=True, help_text="where the rule for vacant seats asks neighbours")
    to_stop = serializers.IntegerField(help_text="holders who would be told if a launched action stopped now")


class ActionsView(APIView):
    """All of them; a new one."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions", parameters=[OpenApiParameter("network", UUID)], responses=ActionsOut)
    def get(self, request: Request) -> Response:
        """List the actions that the reader may see, with their counts."""
        instant = now()
        seen = selectors.actions_seen(request.user, now=instant).order_by("-starts_at", "-id")
        if "network" in request.query_params:
            network_id = read_uuid(request.query_params["network"])
            if network_id is None:
                raise Invalid(code="bad_network", fields={"network": [_("This is not an id.")]})
            seen = seen.filter(network_id=network_id)
        actions = list(seen[:100])
        counts = selectors.counts_of(actions, now=instant)
        empty = selectors.empty_told(request.user, actions, now=instant)
        rows = [
            {**action_shape(action), "counts": _counts(counts.get(action.pk)), "empty_here": empty.get(action.pk, 0)} for action in actions
        ]
        for row in rows:
            if not row["abilities"]["see_board"]:
                row["counts"] = None
        return Response({"items": rows})

    @extend_schema(operation_id="actions_draft", request=ActionIn, responses={201: ActionOut})
    @idempotent
    def post(self, request: Request) -> Response:
        """Begin a draft."""
        wanted = ActionIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        fields = dict(wanted.validated_data)
        network, leads = selectors.network_led(request.user, fields.pop("network"), now=now())
        if not leads:
            raise Forbidden(_("Only an organiser of the whole territory writes an action for it."))
        subject_id = fields.pop("subject")
        action = services.draft_action(network=network, subject_id=subject_id, by=actor(request), now=now(), **fields)
        return Response(_seen_shape(request, action.pk), status=201)


class ActionView(APIView):
    """One action."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_one", responses=ActionOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return an action."""
        return Response(_seen_shape(request, id))

    @extend_schema(operation_id="actions_edit", request=ActionChangeIn, responses=ActionOut)
    def patch(self, request: Request, id: UUID) -> Response:
        """Change a draft; 409 when somebody else changed it since `version`."""
        action = selectors.action_seen(request.user, id, now=now())
        if not selectors.reach_of(action).organises_all:
            raise Forbidden(_("Only an organiser of the whole territory changes this action."))
        change = ActionChangeIn(data=request.data)
        change.is_valid(raise_exception=True)
        fields = dict(change.validated_data)
        subject: dict[str, Any] = {"subject_id": fields.pop("subject") or ""} if "subject" in fields else {}
        services.edit_action(action_id=id, by=actor(request), now=now(), **fields, **subject)
        return Response(_seen_shape(request, id))


class PreviewView(APIView):
    """Before the launch."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_dry_run", responses=DryRunOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Say what launching would do now, and stopping."""
        action = led(request, id)
        run = selectors.dry_run(action)
        needs = needs_second_person(run.reached)
        relief = selectors.relief_before_launch(action) if action.vacant_rule == VacantRule.NEIGHBOUR else None
        return Response(
            {
                **asdict(run),
                "needs_second_person": needs,
                "relief": asdict(relief) if relief else None,
                "to_stop": selectors.stoppable(id).count(),
            }
        )

    @extend_schema(operation_id="actions_preview", request=PreviewIn, responses=PreviewOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Draw a brief as it is being written, completed for one of the seats that the reader organises."""
        instant = now()
        action = _organised(request, id)
        wanted = PreviewIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        seat = selectors.seat_of(action, asked["seat"], organised_by=request.user, now=instant)
        language = asked.get("language", action.default_language)
        services.note_opening(action=action, seat_id=seat.pk, reader=actor(request), way=Way.PREVIEW, now=instant)
        html = selectors.brief_drawn(asked["brief"], action, seat, language=language, now=instant)
        return Response({"html": html, "seat": seat_shape(seat), "copy_of": selectors.name_of(actor(request)), "version": action.version})


class ActionSeatsView(APIView):
    """Whose brief can be previewed."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_seats", responses=ActionSeatsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List the seats that the reader organises, by code."""
        instant = now()
        action = _organised(request, id)
        seats = selectors.seats_of(action, organised_by=request.user, now=instant)
        return Response({"items": [seat_shape(seat) for seat in seats]})


class BlocksView(APIView):
    """What may be named in a brief."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_blocks", responses=BlocksOut)
    def get(self, request: Request) -> Response:
        """List the blocks that each place completes."""
        return Response(
            {"items": [{"name": name, "written": as_named(name), "gives": str(block.gives)} for name, block in selectors.BLOCKS.items()]}
        )


class LaunchView(APIView):
    """One brief to every seat."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_launch", request=LaunchIn, responses=ActionOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Launch: one assignment a seat, one message to each holder. Twice is 409, and nothing is sent twice."""
        led(request, id)
        wanted = LaunchIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.launch_action(action_id=id, by=actor(request), now=now(), expected=wanted.validated_data["expected"])
        return Response(_seen_shape(request, id))


class StopView(APIView):
    """The stop button."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_stop", request=StopIn, responses=ActionOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Stop for good; whoever had not reported is told by mail. It cannot be undone."""
        led(request, id)
        wanted = StopIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.stop_action(action_id=id, expected=wanted.validated_data["expected"], by=actor(request), now=now())
        return Response(_seen_shape(request, id))


def led(request: Request, id: UUID) -> Action:
    """Return an action that the reader leads. Raises: NotFound when unseen, Forbidden when only watched."""
    action = selectors.action_seen(request.user, id, now=now())
    if not selectors.reach_of(action).organises_all:
        raise Forbidden(_("Only an organiser of the whole territory does this."))
    return action


def _organised(request: Request, id: UUID) -> Action:
    """Return an action of which the reader organises at least a part. Raises: NotFound when unseen, Forbidden."""
    action = selectors.action_seen(request.user, id, now=now())
    if not selectors.reach_of(action).organises_some:
        raise Forbidden(_("Only an organiser of the territory, or of a part of it, does this."))
    return action


def actor(request: Request) -> User:
    """Return who is signed in."""
    if not isinstance(request.user, User):
        raise TypeError("SignedIn lets nobody else through")
    return request.user


def _seen_shape(request: Request, id: UUID) -> dict[str, Any]:
    return action_shape(selectors.action_seen(request.user, id, now=now()))


def _counts(by_state: dict[str, int] | None) -> dict[str, int] | None:
    return {"total": sum(by_state.values()), **by_state} if by_state else None
