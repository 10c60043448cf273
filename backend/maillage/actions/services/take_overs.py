"""A neighbour takes an assignment over: asked, they say yes or no, and it can fall back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.actions.domain import OPEN_TAKE_OVER, TURNED_DOWN, ActionStatus, Answer, TakeOverStatus, excused_until
from maillage.actions.models import Assignment, TakeOver
from maillage.actions.selectors.next_steps import standing_excuses
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.relays import services as relays
from maillage.relays.models import Term
from maillage.relays.selectors import standings

REASON_MOST = 280


def send_question(question: TakeOver, assignment: Assignment, *, now: datetime) -> int:
    """Hand the question to messaging, if the assignment still waits for somebody; else it goes as if it had never been. Say how many left.

    Facts: take_over.asked.
    """
    is_over = assignment.action.status != ActionStatus.LAUNCHED or assignment.action.ends_at <= now
    if is_over or assignment.answer == Answer.REPORTED or question.person is None or _is_needless(question, assignment):
        question.delete()
        return 0
    question.sent_at = now
    question.save(update_fields=["sent_at"])
    messaging.queue_message("actions.take_over", person=question.person, about_id=question.pk, now=now)
    journal.record("take_over.asked", subject=question, at=now, assignment_id=assignment.pk, person_id=question.person_id)
    _show(assignment, now=now)
    return 1


def _is_needless(question: TakeOver, assignment: Assignment) -> bool:
    """Whether a question of the rule for vacant seats waited, by night, until somebody acts there, or until who is asked pauses."""
    if question.step is None or not question.step.is_by_rule:
        return False
    acts = assignment.holder_id is not None and assignment.answer not in TURNED_DOWN
    return acts or not standings(assignment.seat.network_id).filter(holder_id=question.person_id, is_paused=False).exists()


def let_rule_rest(assignment: Assignment, *, now: datetime) -> None:
    """Take back what the rule for vacant seats asks somebody next door about a locked assignment, since somebody was seated there.

    Not sent yet, it goes as if it had never been. What they took over stays with them. Facts: take_over.withdrawn.
    """
    asked = TakeOver.objects.filter(assignment=assignment, step__is_by_rule=True, status=TakeOverStatus.ASKED)
    question = asked.select_related("person").first()
    if question is not None and question.sent_at is None:
        question.delete()
    elif question is not None:
        close_take_over(question, assignment, status=TakeOverStatus.WITHDRAWN, now=now)


def accept_take_over(*, take_over_id: UUID, person_id: UUID, now: datetime) -> TakeOver:
    """Say yes next door: from now on they act on that assignment, and its holder is told that somebody relieves them.

    A no stands: the assignment has gone on since. Safe to repeat, and a sign of life.
    Facts: assignment.handed.  Raises: NotFound, Conflict (`action_over`, `said_no`, `no_longer_asked`).
    """
    with transaction.atomic():
        question, assignment = _locked(take_over_id, person_id=person_id)
        if question.status == TakeOverStatus.ACCEPTED:
            return question
        _check_open(question, assignment, now=now)
        question.status, question.answered_at, question.reason = TakeOverStatus.ACCEPTED, now, ""
        question.save(update_fields=["status", "answered_at", "reason"])
        assignment.neighbour_id, assignment.neighbour_since, assignment.excused_until = person_id, now, None
        _save(assignment, now=now)
        messaging.queue_message("actions.taken_over", person=question.person, about_id=question.pk, now=now)
        if assignment.holder:
            messaging.queue_message("actions.relieved", person=assignment.holder, about_id=question.pk, now=now)
        journal.record("assignment.handed", subject=assignment, at=now, action_id=assignment.action_id, person_id=person_id)
        relays.note_sign_of_life(person_id=person_id, now=now)
    return question


def decline_take_over(*, take_over_id: UUID, person_id: UUID, now: datetime, reason: str = "") -> TakeOver:
    """Say no next door, after a yes as well: the assignment is again what it was. Safe to repeat, and a sign of life.

    Facts: take_over.declined.  Raises: NotFound, Invalid (reason too long), Conflict (`action_over`, `no_longer_asked`).
    """
    words = short_reason(reason)
    with transaction.atomic():
        question, assignment = _locked(take_over_id, person_id=person_id)
        if question.status == TakeOverStatus.DECLINED:
            return question
        _check_open(question, assignment, now=now)
        close_take_over(question, assignment, status=TakeOverStatus.DECLINED, now=now, reason=words)
        relays.note_sign_of_life(person_id=person_id, now=now)
    return question


def give_up_taken_over(assignment: Assignment, *, now: datetime, reason: str) -> None:
    """Let the neighbour who acts on a locked assignment say no after their yes. Facts: take_over.declined."""
    question = TakeOver.objects.select_related("person").get(assignment=assignment, status=TakeOverStatus.ACCEPTED)
    close_take_over(question, assignment, status=TakeOverStatus.DECLINED, now=now, reason=reason)


def withdraw_take_over(assignment: Assignment, *, now: datetime, but_of: UUID | None = None) -> None:
    """Take back what a neighbour is asked about, or has taken over of, a locked assignment, since somebody else goes after all.

    `but_of`: the person who goes, whose own yes stands. Facts: take_over.withdrawn.
    """
    question = TakeOver.objects.filter(assignment=assignment, status__in=OPEN_TAKE_OVER).select_related("person").first()
    if question is not None and (but_of is None or question.person_id != but_of):
        close_take_over(question, assignment, status=TakeOverStatus.WITHDRAWN, now=now, tells_holder=False)


def close_take_over(
    question: TakeOver,
    assignment: Assignment,
    *,
    status: TakeOverStatus,
    now: datetime,
    reason: str = "",
    tells_holder: bool = True,
) -> None:
    """Close a question about a locked assignment, which is then what it was before.

    Where a neighbour had taken it over, its holder is asked anew: they read that it is theirs again, or the brief if it never came to
    them. The neighbour reads that they are relieved, unless they said so themself. Facts: take_over.declined, or take_over.withdrawn.
    """
    had_taken_over = question.status == TakeOverStatus.ACCEPTED
    question.status, question.answered_at, question.reason = status, now, reason
    question.save(update_fields=["status", "answered_at", "reason"])
    if had_taken_over:
        assignment.excused_until = _excuse_of_holder(assignment)
        assignment.neighbour = assignment.neighbour_since = None
        if tells_holder:
            _ask_anew(question, assignment, now=now)
        if status == TakeOverStatus.WITHDRAWN and question.person and question.person.erased_at is None:
            messaging.queue_message("actions.relieved", person=question.person, about_id=question.pk, now=now)
    _save(assignment, now=now)
    fact = "take_over.declined" if status == TakeOverStatus.DECLINED else "take_over.withdrawn"
    journal.record(fact, subject=question, at=now, assignment_id=assignment.pk, person_id=question.person_id)


def _excuse_of_holder(assignment: Assignment) -> datetime | None:
    """Until when a holder had been excused before a neighbour took a locked assignment over; what excused somebody else is not theirs."""
    theirs = standing_excuses(assignment.pk).filter(at__gte=assignment.asked_at, at__lt=assignment.neighbour_since)
    step = theirs.order_by("-at").first()
    return excused_until(now=step.at, zone=assignment.seat.area.time_zone) if step else None


def _ask_anew(question: TakeOver, assignment: Assignment, *, now: datetime) -> None:
    holder = assignment.holder
    if holder is None or assignment.answer not in (Answer.WAITING, Answer.ACCEPTED):
        return
    assignment.asked_at = now
    # Who was seated while a neighbour had it got no brief; anybody else did, and one message about one thing is sent once.
    if messaging.queue_message("actions.brief", person=holder, about_id=assignment.pk, now=now) is None:
        messaging.queue_message("actions.given_back", person=holder, about_id=question.pk, now=now)


def release_neighbour(*, person_id: UUID, now: datetime) -> int:
    """Take back what somebody next door is asked or has taken over and not reported, once they hold no seat any more. Say how many.

    Until the end: afterwards whoever went is the one who can report. Facts: take_over.withdrawn, each.
    """
    with transaction.atomic():
        if Term.objects.filter(person_id=person_id, ends_at__isnull=True).exists():
            return 0
        open_ones = TakeOver.objects.filter(
            person_id=person_id,
            status__in=OPEN_TAKE_OVER,
            assignment__action__status=ActionStatus.LAUNCHED,
            assignment__action__ends_at__gt=now,
        ).exclude(assignment__answer=Answer.REPORTED)
        ids = list(open_ones.values_list("assignment_id", flat=True))
        found = Assignment.objects.filter(pk__in=ids).select_related("action", "holder", "seat__area").order_by("pk")
        for assignment in found.select_for_update(of=("self",)):
            question = open_ones.filter(assignment=assignment).select_related("person").first()
            if question is not None:
                close_take_over(question, assignment, status=TakeOverStatus.WITHDRAWN, now=now)
    return len(ids)


def short_reason(reason: str) -> str:
    """Say the words of a no without what surrounds them. Raises: Invalid (too long)."""
    if len(reason.strip()) > REASON_MOST:
        raise Invalid(fields={"reason": [_("At most 280 letters fit here.")]})
    return reason.strip()


def _locked(take_over_id: UUID, *, person_id: UUID) -> tuple[TakeOver, Assignment]:
    """Return a question that left to this person with its assignment, locked: the assignment first, as everywhere."""
    assignment_id = TakeOver.objects.filter(pk=take_over_id, person_id=person_id, sent_at__isnull=False).values("assignment_id")
    assignment = (
        Assignment.objects.select_for_update(of=("self",))
        .select_related("action", "holder", "neighbour", "seat__area")
        .filter(pk__in=assignment_id)
        .first()
    )
    if assignment is None:
        raise NotFound(code="take_over_unknown")
    return TakeOver.objects.select_for_update(of=("self",)).select_related("person").get(pk=take_over_id), assignment


def _check_open(question: TakeOver, assignment: Assignment, *, now: datetime) -> None:
    if assignment.action.status != ActionStatus.LAUNCHED or assignment.action.ends_at <= now:
        raise Conflict(_("This action takes no more answers."), code="action_over")
    if question.status == TakeOverStatus.DECLINED:
        raise Conflict(_("You said no to this one. If you can go after all, write to the organiser."), code="said_no")
    if question.status not in OPEN_TAKE_OVER or assignment.answer == Answer.REPORTED:
        raise Conflict(_("This is no longer needed: it has been settled meanwhile. Thank you."), code="no_longer_asked")


def _save(assignment: Assignment, *, now: datetime) -> None:
    assignment.changed_at = now
    assignment.save(update_fields=["neighbour", "neighbour_since", "excused_until", "asked_at", "changed_at"])


def _show(assignment: Assignment, *, now: datetime) -> None:
    Assignment.objects.filter(pk=assignment.pk).update(changed_at=now)
