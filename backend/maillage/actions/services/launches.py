"""One brief to every seat, and the stop button."""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.actions.domain import BEFORE_LAUNCH, REPORTS_TAKEN, ActionStatus, Answer, TakeOverStatus, needs_second_person
from maillage.actions.models import Action, Assignment, Schedule, TakeOver
from maillage.actions.selectors import stoppable
from maillage.actions.services.calendar import check_silence
from maillage.actions.services.drafts import locked
from maillage.actions.services.settling import overtake_request
from maillage.actions.services.take_overs import let_rule_rest
from maillage.kernel.errors import Conflict
from maillage.kernel.ids import uuid7
from maillage.messaging import services as messaging
from maillage.messaging.domain import Recipient
from maillage.messaging.selectors.circumstances import reached_by_hand
from maillage.people.selectors import email_addresses
from maillage.relays import selectors as relays

_ONE_ASSIGNMENT_A_SEAT = """
INSERT INTO actions_assignment (id, action_id, seat_id, holder_id, answer, reason, asked_at, changed_at)
SELECT fresh.id, %(action)s, seat.seat_id, seat.holder_id, %(answer)s, '', %(now)s, %(now)s
FROM (
    SELECT
        standing.seat_id,
        CASE WHEN NOT standing.is_paused THEN standing.holder_id END AS holder_id,
        row_number() OVER (ORDER BY standing.seat_id) AS line
    FROM relays_seat_state standing WHERE standing.network_id = %(network)s
) seat
JOIN unnest(%(ids)s::uuid[]) WITH ORDINALITY AS fresh(id, line) USING (line)
RETURNING id, holder_id
"""


def launch_action(*, action_id: UUID, by: User | None, now: datetime, expected: int | None = None) -> Action:
    """Ask every seat of the network at once: one assignment a seat, one message to each holder whom a mail or a human reaches.

    A seat's relay is asked, else its stand-in; a paused or vacant seat gets an assignment without a holder: the
    worklist. `expected` is the number of mails that the organiser was shown; another number stops the launch. Who has no e-mail
    but another proved way is brought the brief by hand, unless they want no more briefs that way.
    Above a thousand people a second person launches (`launch_requests.agree_to_launch`). What a second person was asked is overtaken.
    Facts: action.launched.
    Raises: NotFound, Conflict (`already_launched`, `is_scheduled`, `window_over`, `number_differs`, `second_person_needed`,
    `election_silence`).
    """
    with transaction.atomic():
        action = locked(action_id)
        may_leave(action, now=now)
        if action.status == ActionStatus.SCHEDULED:
            raise Conflict(_("This action leaves by itself at its hour. To launch it now, take that back first."), code="is_scheduled")
        leave(action, by=by, expected=expected, has_second_person=False, now=now)
        overtake_request(action, by=by, now=now)
    return action


def may_leave(action: Action, *, now: datetime, leaves_at: datetime | None = None) -> None:
    """Stop where a locked action was launched, is over, or meets the silence before a vote, at its hour (`leaves_at`) or now.

    Raises: Conflict (`already_launched`, `window_over`, `election_silence`).
    """
    if action.status not in BEFORE_LAUNCH:
        raise Conflict(_("This action has already been launched. Nothing was sent twice."), code="already_launched")
    if action.ends_at <= now:
        raise Conflict(_("The window of this action is over. Choose another one first."), code="window_over")
    check_silence(action, now=leaves_at or now)


def leave(
    action: Action,
    *,
    by: User | None,
    has_second_person: bool,
    now: datetime,
    expected: int | None = None,
    schedule: Schedule | None = None,
) -> None:
    """Launch a locked action, by hand or at the hour of its `schedule`: the fact then says what was expected beside what left.

    Facts: action.launched.  Raises: Conflict (`number_differs`, `second_person_needed`).
    """
    asked = _ask_every_seat(action, now=now)
    holders = {holder_id for _assignment_id, holder_id in asked if holder_id}
    mailed = email_addresses(holders).keys()
    check_number(expected, sum(1 for _assignment_id, holder_id in asked if holder_id in mailed))
    reached = mailed | reached_by_hand(holders - mailed, purpose="actions.brief")
    recipients = [Recipient(person_id=holder_id, about_id=assignment_id) for assignment_id, holder_id in asked if holder_id in reached]
    if needs_second_person(len(recipients)) and not has_second_person:
        raise Conflict(
            _("This reaches %(number)s people: ask a second person who organises the whole territory for the launch.")
            % {"number": len(recipients)},
            code="second_person_needed",
            number=len(recipients),
        )
    messaging.queue_messages("actions.brief", recipients, now=now)
    action.status = ActionStatus.LAUNCHED
    action.launched_at = now
    action.save(update_fields=["status", "launched_at"])
    journal.record(
        "action.launched",
        subject=action,
        at=now,
        actor_id=by.pk if by else None,
        seats=len(asked),
        holders=sum(1 for _assignment_id, holder_id in asked if holder_id),
        messages=len(recipients),
        **({"schedule_id": schedule.pk, "expected": schedule.expected} if schedule else {}),
    )


def stop_action(*, action_id: UUID, expected: int, by: User, now: datetime) -> Action:
    """Stop a running action for good: it takes no more answers, and whoever had not reported yet is told by mail.

    It cannot be undone. `expected` is the number of holders to be told, which the organiser typed.
    Facts: action.stopped.  Raises: NotFound, Conflict (`not_running`, `number_differs`).
    """
    with transaction.atomic():
        action = locked(action_id)
        if action.status != ActionStatus.LAUNCHED:
            raise Conflict(_("Only an action that has been launched can be stopped."), code="not_running")
        told = [(one.pk, one.acting_id) for one in stoppable(action_id).order_by("pk")]
        check_number(expected, len(told))
        action.status = ActionStatus.STOPPED
        action.stopped_at = now
        action.save(update_fields=["status", "stopped_at"])
        messaging.queue_messages(
            "actions.stopped", [Recipient(person_id=person_id, about_id=assignment_id) for assignment_id, person_id in told], now=now
        )
        journal.record("action.stopped", subject=action, at=now, actor_id=by.pk, told=len(told))
    return action


def close_ended(*, now: datetime) -> int:
    """Close the actions that ended two weeks ago: they take no more answers, and what was neither answered nor reported expires.

    Say how many. Facts: action.closed, each.
    """
    with transaction.atomic():
        ended = Action.objects.filter(status=ActionStatus.LAUNCHED, ends_at__lt=now - REPORTS_TAKEN)
        actions = list(ended.select_for_update(of=("self",)).order_by("pk"))
        for action in actions:
            action.status = ActionStatus.CLOSED
            action.save(update_fields=["status"])
            journal.record("action.closed", subject=action, at=now, expired=_expire(action, now=now))
    return len(actions)


def _expire(action: Action, *, now: datetime) -> int:
    """Let what somebody still owes of an action expire, and say how much; what neighbours are asked of it is taken back."""
    assignments = Assignment.objects.filter(action=action)
    TakeOver.objects.filter(assignment__in=assignments, status=TakeOverStatus.ASKED).update(
        status=TakeOverStatus.WITHDRAWN, answered_at=now
    )
    owed = assignments.filter(Q(answer__in=[Answer.WAITING, Answer.ACCEPTED]) | Q(neighbour__isnull=False)).exclude(answer=Answer.REPORTED)
    return owed.update(answer=Answer.EXPIRED, changed_at=now)


def hand_over_seat(*, seat_id: UUID, now: datetime) -> int:
    """Give a seat's open assignments to whoever holds it now, and brief them; take them from who left. Say how many moved.

    What was reported stays with who reported it, and what a neighbour took over with them: the new holder is briefed if it falls
    back. Reminders and an excuse of who left count for nobody else. Facts: assignment.moved, each.
    """
    with transaction.atomic():
        standing = relays.seat(seat_id)
        holder = None if standing.is_paused else standing.holder
        open_ones = Assignment.objects.filter(seat_id=seat_id, action__status=ActionStatus.LAUNCHED, action__ends_at__gt=now)
        moved = list(
            open_ones.exclude(answer=Answer.REPORTED)
            .exclude(**({"holder": holder} if holder else {"holder__isnull": True}))
            .select_for_update(of=("self",))
            .order_by("pk")
        )
        for assignment in moved:
            assignment.holder, assignment.answer, assignment.reason = holder, Answer.WAITING, ""
            assignment.answered_at, assignment.excused_until = None, None
            assignment.asked_at = assignment.changed_at = now
            assignment.save(update_fields=["holder", "answer", "reason", "answered_at", "excused_until", "asked_at", "changed_at"])
            assignment.reminders.filter(take_over__isnull=True).delete()
            if holder:
                let_rule_rest(assignment, now=now)
            if holder and assignment.neighbour_id is None:
                messaging.queue_message("actions.brief", person=holder, about_id=assignment.pk, now=now)
            journal.record("assignment.moved", subject=assignment, at=now, seat_id=seat_id, person_id=holder.pk if holder else None)
    return len(moved)


def check_version(action: Action, version: int) -> None:
    """Stop when an action has changed since it was read. Raises: Conflict (`version_conflict`)."""
    if action.version != version:
        raise Conflict(
            _("Somebody else has changed this action meanwhile. Look at it again before you go on."),
            code="version_conflict",
            version=action.version,
        )


def check_number(expected: int | None, found: int) -> None:
    """Stop when the number of people has changed since it was shown. Raises: Conflict (`number_differs`)."""
    if expected is not None and expected != found:
        raise Conflict(
            _("The number has changed: it is %(number)s now. Look again before you go on.") % {"number": found},
            code="number_differs",
            number=found,
        )


def _ask_every_seat(action: Action, *, now: datetime) -> list[tuple[UUID, UUID | None]]:
    """Insert the assignments in one statement; return each with its holder."""
    seats = relays.standings(action.network_id).count()
    with connection.cursor() as cursor:
        cursor.execute(
            _ONE_ASSIGNMENT_A_SEAT,
            {
                "action": action.pk,
                "network": action.network_id,
                "answer": Answer.WAITING.value,
                "now": now,
                "ids": [uuid7() for _seat in range(seats)],
            },
        )
        return list(cursor.fetchall())
