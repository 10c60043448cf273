"""A launch set for an hour: it leaves by itself, is moved or taken back before, or held back when its hour comes."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import selectors as accounts
from maillage.accounts.models import User
from maillage.actions.domain import OVERDUE_AFTER, ActionStatus, HeldBack, RequestStatus, ScheduleStatus, needs_second_person
from maillage.actions.models import Action, LaunchRequest, Schedule
from maillage.actions.selectors import dry_run
from maillage.actions.services.calendar import check_silence
from maillage.actions.services.drafts import locked
from maillage.actions.services.launches import check_number, check_version, leave, may_leave
from maillage.actions.services.settling import overtake_request
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of

LAUNCH = "actions.launch_scheduled"


def schedule_action(*, action_id: UUID, version: int, launch_at: datetime, expected: int, by: User, now: datetime) -> Schedule:
    """Set the hour at which an action is launched by itself, or move it; `expected` is the number of mails that was shown.

    Above a thousand people a second person is asked, hour included (`ask_launch`); to move such a launch it is taken back first.
    Facts: action.scheduled.
    Raises: NotFound, Invalid (`launch_at`), Conflict (`already_launched`, `window_over`, `version_conflict`, `number_differs`,
    `second_person_needed`, `election_silence`).
    """
    with transaction.atomic():
        action = locked(action_id)
        may_leave(action, now=now, leaves_at=launch_at)
        check_version(action, version)
        check_hour(action, launch_at, now=now)
        run = dry_run(action)
        check_number(expected, run.messages)
        if needs_second_person(run.reached):
            raise Conflict(
                _("This reaches %(number)s people: ask a second person who organises the whole territory for the launch at this hour.")
                % {"number": run.reached},
                code="second_person_needed",
                number=run.reached,
            )
        overtake_request(action, by=by, now=now)
        return set_hour(action, launch_at, expected=run.messages, by=by, now=now)


def check_hour(action: Action, launch_at: datetime, *, now: datetime) -> None:
    """Stop where an hour has passed, or comes after the end. Raises: Invalid (`launch_at`)."""
    if launch_at <= now:
        raise Invalid(fields={"launch_at": [_("This hour has passed. Choose a later one.")]})
    if launch_at >= action.ends_at:
        raise Invalid(fields={"launch_at": [_("The action is over by then. Choose an earlier hour.")]})


def set_hour(action: Action, launch_at: datetime, *, expected: int, by: User | None, now: datetime) -> Schedule:
    """Let a locked action leave at an hour; the one that was set before counts no more. Facts: action.scheduled."""
    _settle(action, ScheduleStatus.MOVED, now=now)
    schedule = Schedule.objects.create(action=action, version=action.version, launch_at=launch_at, expected=expected, by=by, set_at=now)
    action.status = ActionStatus.SCHEDULED
    action.save(update_fields=["status"])
    journal.jobs.enqueue(LAUNCH, run_at=launch_at, schedule_id=schedule.pk)
    journal.record(
        "action.scheduled",
        subject=action,
        at=now,
        actor_id=by.pk if by else None,
        schedule_id=schedule.pk,
        launch_at=launch_at,
        version=action.version,
        expected=expected,
    )
    return schedule


def take_back_schedule(*, action_id: UUID, by: User, now: datetime) -> Action:
    """Let an action not leave by itself: it is a draft again. Safe to repeat. What a second person is asked of it ends.

    Facts: action.unscheduled.  Raises: NotFound, Conflict (`already_launched`).
    """
    with transaction.atomic():
        action = locked(action_id)
        if action.status == ActionStatus.SCHEDULED:
            overtake_request(action, by=by, now=now)
            schedule = _settle(action, ScheduleStatus.TAKEN_BACK, now=now)
            _back_to_draft(action)
            journal.record("action.unscheduled", subject=action, at=now, actor_id=by.pk, schedule_id=schedule.pk if schedule else None)
        elif action.status != ActionStatus.DRAFT:
            raise Conflict(_("This action has already been launched. Nothing was sent twice."), code="already_launched")
    return action


def launch_scheduled(*, schedule_id: UUID, now: datetime) -> bool:
    """Launch an action whose hour has come, to whom it reaches by now; say whether it left. Safe to run twice.

    Held back, and everybody who organises the whole territory told, where the window is over (this ran very late), where who set the
    hour organises it no more, where a vote is near, or where it reaches more than a thousand people and no second person said yes to
    this text at this hour, or one of the two organises it no more.
    Facts: action.launched, or action.held.
    """
    with transaction.atomic():
        action_id = Schedule.objects.filter(pk=schedule_id).values_list("action_id", flat=True).first()
        action = locked(action_id) if action_id else None
        schedule = Schedule.objects.select_related("by").filter(pk=schedule_id, status=ScheduleStatus.WAITING).first()
        if action is None or schedule is None:
            return False
        if schedule.launch_at > now:  # a job is due by the clock of the database, which may go before that of its worker
            journal.jobs.enqueue(LAUNCH, run_at=schedule.launch_at, schedule_id=schedule.pk)
            return False
        if action.ends_at <= now:
            _hold_back(action, schedule, HeldBack.WINDOW_OVER, now=now)
            return False
        organisers = set(accounts.organisers_above(action.network.country, now=now).values_list("pk", flat=True))
        if schedule.by_id not in organisers:
            _hold_back(action, schedule, HeldBack.ORGANISER_GONE, now=now)
            return False
        agreed = _agreed(action, schedule)
        has_second_person = any({one.by_id, one.settled_by_id} <= organisers for one in agreed)
        try:
            with transaction.atomic():
                check_silence(action, now=now)
                leave(action, by=schedule.by, has_second_person=has_second_person, schedule=schedule, now=now)
        except Conflict as refused:
            unagreed = HeldBack.ORGANISER_GONE if agreed else HeldBack.SECOND_PERSON
            why = HeldBack.SILENCE if refused.code == "election_silence" else unagreed
            _hold_back(action, schedule, why, now=now)
            return False
        _settle(action, ScheduleStatus.LEFT, now=now)
        overtake_request(action, by=None, now=now)
    return True


def launch_overdue(*, now: datetime) -> int:
    """Ask once more for each launch that still waits ten minutes after its hour; say how many were held back. Safe to run twice.

    Held back, and everybody who organises the whole territory told, is what was tried so often that it is given up.
    Facts: action.held, each.
    """
    overdue = Schedule.objects.filter(status=ScheduleStatus.WAITING, launch_at__lte=now - OVERDUE_AFTER).order_by("pk")
    return sum(_launch_overdue(schedule_id, action_id, now=now) for schedule_id, action_id in overdue.values_list("pk", "action_id"))


def _launch_overdue(schedule_id: UUID, action_id: UUID, *, now: datetime) -> bool:
    with transaction.atomic():
        action = locked(action_id)
        schedule = Schedule.objects.filter(pk=schedule_id, status=ScheduleStatus.WAITING).first()
        if schedule is None:
            return False
        if not journal.jobs.is_given_up(LAUNCH, schedule_id=schedule_id):
            journal.jobs.enqueue(LAUNCH, unique_key=f"overdue {schedule_id}", schedule_id=schedule_id)
            return False
        _hold_back(action, schedule, HeldBack.FAILED, now=now)
    return True


def _agreed(action: Action, schedule: Schedule) -> list[LaunchRequest]:
    """What a second person said yes to of this text at this hour."""
    agreed = LaunchRequest.objects.filter(action=action, status=RequestStatus.AGREED)
    return list(agreed.filter(version=action.version, launch_at=schedule.launch_at))


def _hold_back(action: Action, schedule: Schedule, why: HeldBack, *, now: datetime) -> None:
    overtake_request(action, by=None, now=now, is_told=False)
    _settle(action, ScheduleStatus.HELD_BACK, now=now, why=why)
    _back_to_draft(action)
    told = accounts.organisers_above(action.network.country, now=now).select_related("person")
    messaging.queue_messages("actions.held_back", [recipient_of(user, about_id=schedule.pk) for user in told], now=now)
    journal.record("action.held", subject=action, at=now, schedule_id=schedule.pk, why=str(why), expected=schedule.expected)


def _back_to_draft(action: Action) -> None:
    action.status = ActionStatus.DRAFT
    action.save(update_fields=["status"])


def _settle(action: Action, status: ScheduleStatus, *, now: datetime, why: str = "") -> Schedule | None:
    schedule = Schedule.objects.filter(action=action, status=ScheduleStatus.WAITING).first()
    if schedule is not None:
        schedule.status, schedule.settled_at, schedule.held_back = status, now, why
        schedule.save(update_fields=["status", "settled_at", "held_back"])
    return schedule
