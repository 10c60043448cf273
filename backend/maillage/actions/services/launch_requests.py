"""A second person above a thousand: one organiser asks for the launch, another one says yes or no."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.actions.domain import ActionStatus, RequestStatus, ScheduleStatus, needs_second_person
from maillage.actions.models import Action, LaunchRequest, Schedule
from maillage.actions.selectors import dry_run, second_persons
from maillage.actions.services.drafts import locked
from maillage.actions.services.launches import check_number, check_version, leave, may_leave
from maillage.actions.services.schedules import check_hour, set_hour
from maillage.actions.services.settling import overtake_request, settle_request
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of

REASON_MOST = 280


def ask_launch(
    *, action_id: UUID, version: int, expected: int, by: User, now: datetime, launch_at: datetime | None = None
) -> LaunchRequest:
    """Ask the other organisers of the whole territory for the launch of a version, to the number of mails that was shown.

    It leaves with the yes, or at `launch_at`; of an action that is scheduled, at its hour. One is asked at a time: asking again
    overtakes what was asked before. Each of them is told.
    Facts: launch.asked.
    Raises: NotFound, Invalid (`launch_at`), Conflict (`already_launched`, `window_over`, `version_conflict`, `number_differs`,
    `not_needed`, `nobody_else`).
    """
    with transaction.atomic():
        action = locked(action_id)
        waiting = Schedule.objects.filter(action=action, status=ScheduleStatus.WAITING).first()
        launch_at = waiting.launch_at if waiting else launch_at
        may_leave(action, now=now, leaves_at=launch_at)
        check_version(action, version)
        if launch_at is not None:
            check_hour(action, launch_at, now=now)
        run = dry_run(action)
        check_number(expected, run.messages)
        if not needs_second_person(run.reached):
            raise Conflict(_("So few people need no second person: launch it yourself."), code="not_needed")
        others = second_persons(action, but=by, now=now)
        if not others:
            raise Conflict(
                _("Nobody else organises the whole territory. An administrator appoints a second person first."), code="nobody_else"
            )
        overtake_request(action, by=by, now=now)
        request = LaunchRequest.objects.create(
            action=action, version=version, expected=run.messages, by_hand=run.by_hand, launch_at=launch_at, by=by, asked_at=now
        )
        messaging.queue_messages("actions.launch_asked", [recipient_of(user, about_id=request.pk) for user in others], now=now)
        journal.record(
            "launch.asked",
            subject=request,
            at=now,
            actor_id=by.pk,
            action_id=action.pk,
            version=version,
            messages=run.messages,
            by_hand=run.by_hand,
            launch_at=launch_at,
        )
    return request


def agree_to_launch(*, action_id: UUID, request_id: UUID, expected: int, by: User, now: datetime) -> Action:
    """Say yes to a launch that somebody else asked for: it leaves at once, or at the hour that was asked for.

    `expected` is the number of mails that one was shown.
    Facts: launch.agreed, action.launched or action.scheduled.
    Raises: NotFound, Forbidden (`own_request`), Invalid (`launch_at`: the hour has passed), Conflict (`request_over`,
    `already_launched`, `window_over`, `number_differs`).
    """
    with transaction.atomic():
        action, request = _open(action_id, request_id)
        if request.by == by:
            raise Forbidden(_("You asked for this launch yourself: somebody else says yes."), code="own_request")
        may_leave(action, now=now, leaves_at=request.launch_at)
        if request.by is None or not accounts.is_reached(request.by, roles=[Role.ORGANISER], area_id=action.network.country_id, now=now):
            raise Conflict(_("Who asked for this launch organises the territory no more. Ask for it anew."), code="request_over")
        settle_request(request, RequestStatus.AGREED, by=by, now=now)
        if request.launch_at is None:
            leave(action, by=by, expected=expected, has_second_person=True, now=now)
            return action
        check_number(expected, dry_run(action).messages)
        check_hour(action, request.launch_at, now=now)
        if action.status != ActionStatus.SCHEDULED:
            set_hour(action, request.launch_at, expected=expected, by=request.by, now=now)
    return action


def refuse_launch(*, action_id: UUID, request_id: UUID, reason: str, by: User, now: datetime) -> LaunchRequest:
    """Say no to a launch that somebody else asked for, and why: they are told, and nothing leaves.

    Facts: launch.refused.  Raises: NotFound, Invalid (`reason`), Forbidden (`own_request`), Conflict (`request_over`).
    """
    words = reason.strip()
    if not words:
        raise Invalid(fields={"reason": [_("Say in a few words why: whoever asked reads it.")]})
    if len(words) > REASON_MOST:
        raise Invalid(fields={"reason": [_("At most 280 letters fit here.")]})
    with transaction.atomic():
        _action, request = _open(action_id, request_id)
        if request.by == by:
            raise Forbidden(_("You asked for this launch yourself: take it back instead."), code="own_request")
        settle_request(request, RequestStatus.REFUSED, by=by, now=now, reason=words)
    return request


def withdraw_launch(*, action_id: UUID, request_id: UUID, by: User, now: datetime) -> LaunchRequest:
    """Take back what one asked a second person. Safe to repeat.

    Facts: launch.withdrawn.  Raises: NotFound, Forbidden (`not_yours`), Conflict (`request_over`).
    """
    with transaction.atomic():
        _action, request = _locked(action_id, request_id)
        if request.by != by:
            raise Forbidden(_("Only who asked for this launch takes it back; you can say no."), code="not_yours")
        if request.status != RequestStatus.WITHDRAWN:
            _check_open(request)
            settle_request(request, RequestStatus.WITHDRAWN, by=by, now=now)
    return request


def _open(action_id: UUID, request_id: UUID) -> tuple[Action, LaunchRequest]:
    action, request = _locked(action_id, request_id)
    _check_open(request)
    return action, request


def _locked(action_id: UUID, request_id: UUID) -> tuple[Action, LaunchRequest]:
    """Return an action and what is asked about it, the action locked: whatever ends a request locks it first."""
    action = locked(action_id)
    request = LaunchRequest.objects.select_related("by__person").filter(pk=request_id, action=action).first()
    if request is None:
        raise NotFound(code="launch_request_unknown")
    return action, request


def _check_open(request: LaunchRequest) -> None:
    if request.status != RequestStatus.ASKED:
        raise Conflict(_("This is asked no more: it was settled meanwhile. Look again."), code="request_over", status=request.status)
