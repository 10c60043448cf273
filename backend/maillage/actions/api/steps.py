"""What organisers do from the board: looked at before, done, undone; and one line of the board with what can be done about it."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.actions import policies, selectors, services
from maillage.actions.api.actions import actor
from maillage.actions.api.board import watched
from maillage.actions.domain import ActionStatus, StepKind, StepPreview, TakeOverStatus, leaves_at
from maillage.actions.domain.history import Happening
from maillage.actions.models import Action, Assignment
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people

MOST_AT_ONCE = 2_000


class StepWishIn(serializers.Serializer[Any]):
    """What would be done, to which assignments."""

    kind = serializers.ChoiceField(choices=StepKind.choices)
    assignments = serializers.ListField(
        child=serializers.UUIDField(), min_length=1, max_length=MOST_AT_ONCE, required=False, allow_null=True, default=None
    )
    neighbour = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="who is asked to take it over")


class StepIn(StepWishIn):
    """The same, done. Without `assignments`, a relaunch is of all the late ones."""

    expected = serializers.IntegerField(min_value=0, help_text="the `number` that was shown; another number stops a relaunch or an excuse")


class StepPreviewOut(serializers.Serializer[Any]):
    """What it would do now: `number` is what one confirms. What is not among them is counted beside, with why."""

    kind = serializers.ChoiceField(choices=StepKind.choices)
    number = serializers.IntegerField()
    by_mail = serializers.IntegerField()
    by_hand = serializers.IntegerField(help_text="a human posts, says or texts it")
    in_the_morning = serializers.IntegerField(help_text="of `number`, those that leave at 8:00 of their place only")
    to_call = serializers.IntegerField(help_text="reminded twice already: a human calls")
    unreached = serializers.IntegerField(help_text="gave no way, or want nothing more on it")
    paused = serializers.IntegerField(help_text="pause: nothing is asked of them until they are back")
    passed_over = serializers.IntegerField(help_text="owe nothing, are excused, or have a reminder on its way")
    leaves_at = serializers.DateTimeField(allow_null=True, help_text="when the first mail leaves; until then it can be undone")
    until = serializers.DateTimeField(allow_null=True, help_text="when the excuse lapses; until then it can be undone")


class BoardStepOut(serializers.Serializer[Any]):
    """One thing that an organiser did from the board."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=StepKind.choices)
    number = serializers.IntegerField()
    by = serializers.CharField(allow_blank=True)
    is_by_rule = serializers.BooleanField(help_text="nobody took it: the action's rule for vacant seats did")
    at = serializers.DateTimeField()
    place = serializers.CharField(allow_blank=True, help_text="where it was about one place")
    neighbour = serializers.CharField(allow_blank=True, help_text="who was asked to take it over")
    undone_at = serializers.DateTimeField(allow_null=True)
    can_undo = serializers.BooleanField()
    undo_until = serializers.DateTimeField(allow_null=True, help_text="null: until the end, or until the neighbour reports")


class BoardStepsOut(serializers.Serializer[Any]):
    """The fifty latest, the newest first."""

    items = BoardStepOut(many=True)


class HappenedOut(serializers.Serializer[Any]):
    """One line of an assignment's history."""

    at = serializers.DateTimeField()
    what = serializers.ChoiceField(choices=Happening.choices)
    number = serializers.IntegerField(allow_null=True, help_text="which reminder")
    who = serializers.CharField(allow_blank=True, help_text="the neighbour, or the organiser who excused")


class NeighbourToAskOut(serializers.Serializer[Any]):
    """Somebody next door who can be asked."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    code = serializers.CharField()
    place = serializers.CharField()
    carries = serializers.IntegerField(help_text="assignments of the same action that they act on and have not reported")
    asked = serializers.IntegerField(help_text="others of it that they are asked to take over")
    is_by_hand = serializers.BooleanField(help_text="has no e-mail address: a human asks them")


class AskedNextDoorOut(serializers.Serializer[Any]):
    """Who is asked to take it over, or has."""

    status = serializers.ChoiceField(choices=TakeOverStatus.choices)
    name = serializers.CharField(allow_blank=True)
    leaves_at = serializers.DateTimeField()
    sent_at = serializers.DateTimeField(allow_null=True)


class LineStepsOut(serializers.Serializer[Any]):
    """One line of the board: what happened, and what each next step would do."""

    history = HappenedOut(many=True)
    relaunch = StepPreviewOut()
    excuse = StepPreviewOut()
    can_hand_over = serializers.BooleanField(help_text="not reported, not over, and nobody is asked already")
    hand_over_leaves_at = serializers.DateTimeField(help_text="when the question would leave")
    asked_next_door = AskedNextDoorOut(allow_null=True)
    neighbours = NeighbourToAskOut(many=True)
    elsewhere = serializers.IntegerField(help_text="how many more hold a seat next door outside the reader's places")
    steps = BoardStepOut(many=True, help_text="what was done to this line and can still be undone")


class StepsView(APIView):
    """What was done from the board; do something."""

    policy = "actions.steps"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_steps", responses=BoardStepsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List what organisers did to the lines that the reader watches, and who did it."""
        instant = now()
        action = watched(request, id)
        steps = selectors.steps_seen(request.user, action, now=instant)
        _note(request, steps, at=instant)
        return Response({"items": [_step_shape(seen) for seen in steps]})

    @extend_schema(operation_id="actions_step_take", request=StepIn, responses={201: BoardStepOut})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Do it: mails leave ten minutes later, by night at 8:00 of the place, so that it can be undone."""
        instant = now()
        action = _stepped(request, id)
        wanted = StepIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        wish = wanted.validated_data
        chosen = _chosen(request, action, wish, now=instant)
        whose: dict[str, Any] = {"action_id": action.pk, "by": actor(request), "now": instant}
        match wish["kind"]:
            case StepKind.RELAUNCH:
                step = services.relaunch(assignment_ids=chosen, expected=wish["expected"], **whose)
            case StepKind.EXCUSE:
                step = services.excuse(assignment_ids=chosen, expected=wish["expected"], **whose)
            case _:
                step = services.hand_over(assignment_id=chosen[0], neighbour_id=wish["neighbour"], **whose)
        return Response(_one(request, action, step.pk, now=instant), status=201)


class StepPreviewView(APIView):
    """Before."""

    policy = "actions.steps"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_step_preview", request=StepWishIn, responses=StepPreviewOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Say what a step would do now, to how many."""
        instant = now()
        action = _stepped(request, id)
        wanted = StepWishIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        chosen = _chosen(request, action, wanted.validated_data, now=instant)
        assignments = list(selectors.with_places(Assignment.objects.filter(pk__in=chosen)))
        wish = wanted.validated_data
        if wish["kind"] == StepKind.HAND_OVER:
            preview = selectors.hand_over_of(request.user, assignments[0], wish["neighbour"], now=instant)
        else:
            preview = _preview(wish["kind"], assignments, now=instant)
        return Response(asdict(preview))


class StepUndoView(APIView):
    """Undo."""

    policy = "actions.steps"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_step_undo", request=None, responses=BoardStepOut)
    @idempotent
    def post(self, request: Request, id: UUID, step: UUID) -> Response:
        """Undo a step, whoever took it, of whose lines the reader organises all. Safe to repeat."""
        action = _stepped(request, id)
        seen = selectors.step_seen(request.user, action, step, now=now())
        if seen.step.undone_at is None and not seen.is_whole:
            raise Conflict(_("This can be undone no more."), code="step_over")
        services.undo_step(step_id=step, by=actor(request), now=now())
        return Response(_one(request, action, step, now=now()))


class LineStepsView(APIView):
    """One line of the board."""

    policy = "actions.steps"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_board_line", responses=LineStepsOut)
    def get(self, request: Request, id: UUID, assignment: UUID) -> Response:
        """Return what happened to a line, what each next step would do to whom, and what can still be undone."""
        instant = now()
        action = watched(request, id)
        line = selectors.watched_line(request.user, action, assignment, now=instant)
        asked = selectors.open_question(request.user, line, now=instant)
        can_hand_over = policies.can_hand_over(
            action_status=action.status, answer=line.answer, is_asked=asked is not None, ends_at=action.ends_at, now=instant
        )
        neighbours = selectors.neighbours_of(request.user, line, now=instant) if can_hand_over else selectors.Neighbours([], 0)
        history = selectors.history_of(request.user, line, now=instant)
        steps = selectors.steps_seen(request.user, action, now=instant, assignment_id=line.pk)
        told = {one.person_id for one in history if one.person_id} | ({asked.person_id} if asked and asked.person_id else set())
        _note(request, steps, at=instant, also=told)
        read = {one.person_id for one in neighbours.people}
        people.note_access(reader=request.user, role=Role.ORGANISER, reading="actions.neighbours", person_ids=read, now=instant)
        return Response(
            {
                "history": [{"at": one.at, "what": one.what, "number": one.number, "who": one.who} for one in history],
                "relaunch": asdict(_preview(StepKind.RELAUNCH, [line], now=instant)),
                "excuse": asdict(_preview(StepKind.EXCUSE, [line], now=instant)),
                "can_hand_over": can_hand_over,
                "hand_over_leaves_at": leaves_at(now=instant, zone=line.seat.area.time_zone),
                "asked_next_door": {
                    "status": asked.question.status,
                    "name": asked.name,
                    "leaves_at": asked.question.leaves_at,
                    "sent_at": asked.question.sent_at,
                }
                if asked
                else None,
                "neighbours": [
                    {
                        "id": one.person_id,
                        "name": one.name,
                        "code": one.code,
                        "place": one.place,
                        "carries": one.carries,
                        "asked": one.asked,
                        "is_by_hand": one.is_by_hand,
                    }
                    for one in neighbours.people
                ],
                "elsewhere": neighbours.elsewhere,
                "steps": [_step_shape(seen) for seen in steps if seen.can_undo],
            }
        )


def _stepped(request: Request, id: UUID) -> Action:
    """Return a running action of which the reader organises at least a part. Raises: NotFound, Forbidden, Conflict (`not_running`)."""
    action = watched(request, id)
    if action.status != ActionStatus.LAUNCHED:
        raise Conflict(_("This action does not run."), code="not_running")
    return action


def _chosen(request: Request, action: Action, wish: dict[str, Any], *, now: datetime) -> list[UUID]:
    """Return the assignments that are meant, all of them the reader's to act on. Raises: Invalid by field, NotFound."""
    ids = wish["assignments"]
    if ids is None and wish["kind"] != StepKind.RELAUNCH:
        raise Invalid(fields={"assignments": [_("Choose which ones.")]})
    if wish["kind"] == StepKind.HAND_OVER:
        if len(set(ids)) != 1:
            raise Invalid(fields={"assignments": [_("A neighbour is asked about one place at a time.")]})
        if wish["neighbour"] is None:
            raise Invalid(fields={"neighbour": [_("Choose who is asked.")]})
    return selectors.chosen_assignments(request.user, action, ids, now=now)


def _preview(kind: StepKind, assignments: list[Assignment], *, now: datetime) -> StepPreview:
    if kind == StepKind.RELAUNCH:
        return selectors.relaunch_of(assignments, now=now).preview
    return selectors.excuse_of(assignments, now=now)


def _one(request: Request, action: Action, step_id: UUID, *, now: datetime) -> dict[str, Any]:
    seen = selectors.step_seen(request.user, action, step_id, now=now)
    _note(request, [seen], at=now)
    return _step_shape(seen)


def _note(request: Request, steps: list[selectors.StepSeen], *, at: datetime, also: Collection[UUID] = ()) -> None:
    """Write down that an organiser reads who did what, and who was asked."""
    named = {id for seen in steps for id in seen.named} | set(also)
    people.note_access(reader=request.user, role=Role.ORGANISER, reading="actions.steps", person_ids=named, now=at)


def _step_shape(seen: selectors.StepSeen) -> dict[str, Any]:
    return {
        "id": seen.step.pk,
        "kind": seen.step.kind,
        "number": seen.step.number,
        "by": seen.by,
        "is_by_rule": seen.step.is_by_rule,
        "at": seen.step.at,
        "place": seen.place,
        "neighbour": seen.neighbour,
        "undone_at": seen.step.undone_at,
        "can_undo": seen.can_undo,
        "undo_until": seen.undo_until,
    }
