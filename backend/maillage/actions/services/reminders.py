"""Whoever owes something is reminded: by the clock, or by an organiser."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.actions.domain import REPORTS_TAKEN, ActionStatus, Answer, may_be_reminded, reminder_due
from maillage.actions.models import Assignment, Reminder
from maillage.actions.selectors.next_steps import paused_of, reached, reminders_of, with_places
from maillage.messaging import services as messaging
from maillage.messaging.domain import Recipient


def remind_by_clock(*, now: datetime) -> int:
    """Remind whoever owes something and is due by the ladder (`domain.reminder_due`); say how many. Safe to run twice.

    Chosen without a lock; then one transaction for each action, so that nobody who answers waits for the others.
    Who pauses is left alone, and who cannot be reached, by a mail or by a human, is left to the organisers.
    Facts: assignment.reminded, each.
    """
    waiting = Assignment.objects.filter(action__status=ActionStatus.LAUNCHED, action__ends_at__gt=now - REPORTS_TAKEN)
    held = waiting.exclude(answer__in=[Answer.REPORTED, Answer.EXPIRED]).exclude(holder__isnull=True, neighbour__isnull=True)
    due = sorted(_due(list(with_places(held)), now=now), key=_of_action)
    return sum(_remind([one.pk for one in ones], now=now) for _action, ones in groupby(due, key=_of_action))


def _of_action(one: Assignment) -> str:
    return str(one.action_id)


def _remind(assignment_ids: Collection[UUID], *, now: datetime) -> int:
    """Remind of those of one action what is due still once they are locked. Who is answering in this moment waits for the next run."""
    with transaction.atomic():
        chosen = with_places(Assignment.objects.filter(pk__in=assignment_ids))
        due = _due(list(chosen.select_for_update(of=("self",), skip_locked=True)), now=now)
        mailed, by_hand = reached([one.acting_id for one in due if one.acting_id], purpose="actions.reminder")
        made = Reminder.objects.bulk_create(
            Reminder(assignment=one, take_over_id=take_over_id, number=number, leaves_at=now)
            for one, (number, take_over_id) in due.items()
            if one.acting_id in mailed | by_hand
        )
        return send_reminders(made, list(due), now=now)


def _due(assignments: Sequence[Assignment], *, now: datetime) -> dict[Assignment, tuple[int, UUID | None]]:
    """Say of which of these a reminder leaves now: which one, and of which take-over. Four queries."""
    sent, under_way, taken_over = reminders_of(assignments)
    pausing = paused_of(assignments)
    last = dict(
        Reminder.objects.filter(assignment__in=assignments, sent_at__isnull=False)
        .order_by("sent_at")
        .values_list("assignment_id", "sent_at")
    )
    return {
        one: (number, taken_over.get(one.pk))
        for one in assignments
        if one.pk not in under_way
        and one.pk not in pausing
        and (
            number := reminder_due(
                owed=one.owes,
                asked_at=max(one.asked_at, one.action.reminds_from or one.asked_at),
                starts_at=one.action.starts_at,
                ends_at=one.action.ends_at,
                sent=sent.get(one.pk, 0),
                last_at=last.get(one.pk),
                excused_until=one.excused_until,
                now=now,
                zone=one.seat.area.time_zone,
            )
        )
    }


def send_reminders(reminders: Iterable[Reminder], assignments: Sequence[Assignment], *, now: datetime) -> int:
    """Hand reminders of locked assignments to messaging, and say how many left.

    One that is owed no more, or whose reader pauses by now, goes as if it had never been.
    Facts: assignment.reminded, each.
    """
    by_id = {one.pk: one for one in assignments}
    _sent, _under_way, taken_over = reminders_of(assignments)
    pausing = paused_of(assignments)
    leaving: list[Reminder] = []
    needless: list[Reminder] = []
    for reminder in reminders:
        one = by_id[reminder.assignment_id]
        is_theirs = reminder.take_over_id == taken_over.get(one.pk) and one.action.status == ActionStatus.LAUNCHED
        owed = may_be_reminded(owed=one.owes, ends_at=one.action.ends_at, excused_until=one.excused_until, now=now)
        (leaving if is_theirs and owed and one.pk not in pausing else needless).append(reminder)
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in needless]).delete()
    Reminder.objects.filter(pk__in=[reminder.pk for reminder in leaving]).update(sent_at=now)
    recipients = [Recipient(person_id=by_id[reminder.assignment_id].acting_id, about_id=reminder.pk) for reminder in leaving]
    messaging.queue_messages("actions.reminder", recipients, now=now)
    Assignment.objects.filter(pk__in=[reminder.assignment_id for reminder in [*leaving, *needless]]).update(changed_at=now)
    for reminder in leaving:
        one = by_id[reminder.assignment_id]
        journal.record(
            "assignment.reminded", subject=one, at=now, action_id=one.action_id, number=reminder.number, step_id=reminder.step_id
        )
    return len(leaving)
