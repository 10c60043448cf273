"""What whoever acts answers: yes, no, that something prevents it, or what came of it. By session or from the mail, the same."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.actions.domain import PHOTO_SIDE, REPORTS_TAKEN, TURNED_DOWN, ActionStatus, Answer, Met, day_troubles, report_troubles
from maillage.actions.models import Assignment, Report, ReportPhoto
from maillage.actions.services.meetings import keep_meeting
from maillage.actions.services.photos import keep_photo
from maillage.actions.services.take_overs import give_up_taken_over, short_reason, withdraw_take_over
from maillage.advocacy.domain import Stance
from maillage.kernel import dates
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.images import drawn_within
from maillage.relays import services as relays


def accept_assignment(*, assignment_id: UUID, author_id: UUID, now: datetime) -> Assignment:
    """Say yes for one's seat; after a no as well. Safe to repeat, and a sign of life.

    Facts: assignment.accepted.  Raises: NotFound, Conflict (`not_yours`, `action_over`, `already_reported`).
    """
    return _answer(assignment_id, Answer.ACCEPTED, author_id=author_id, now=now)


def decline_assignment(*, assignment_id: UUID, author_id: UUID, now: datetime, reason: str = "") -> Assignment:
    """Say no for one's seat, with a reason or without; the seat joins the worklist. Safe to repeat, and a sign of life.

    Said by the neighbour who took it over, it falls back to what it was.
    Facts: assignment.declined, or take_over.declined.  Raises: as `accept_assignment`, Invalid (reason too long).
    """
    return _answer(assignment_id, Answer.DECLINED, author_id=author_id, now=now, reason=short_reason(reason))


def block_assignment(*, assignment_id: UUID, author_id: UUID, now: datetime, reason: str) -> Assignment:
    """Say that one would go and that something outside prevents it, and what; the seat joins the worklist. As `decline_assignment`.

    Facts: assignment.blocked, or take_over.declined.  Raises: as `decline_assignment`, Invalid (no reason).
    """
    if not reason.strip():
        raise Invalid(fields={"reason": [_("Say in a few words what prevents it: it helps whoever goes instead.")]})
    return _answer(assignment_id, Answer.BLOCKED, author_id=author_id, now=now, reason=short_reason(reason))


def report_assignment(
    *,
    assignment_id: UUID,
    author_id: UUID,
    met: Met,
    now: datetime,
    stance: Stance | None = None,
    quote: str = "",
    failed: str = "",
    met_on: date | None = None,
    photo: bytes | None = None,
    read_version: int | None = None,
) -> Report:
    """Say what came of it, and keep it as a contact with whoever sits there. A second report corrects the first; the same again
    changes nothing. A sign of life.

    `met_on`: the day of the meeting, at the place; None is today, at the latest the day on which the action ends, and of a correction
    the day that was said. `photo`: a picture as it was sent; what is kept is drawn from it, in place of the one before, and None leaves
    that one. `read_version`: the version of the report that its writer had read, 0 for none; a report that waited
    without network then overwrites nothing that was reported meanwhile. None overwrites whatever is there.

    A holder who went although a neighbour had taken it over is heard too (the report may have waited on a telephone without
    network), while the neighbour has not reported; the neighbour is then told that nothing is left to do.
    Facts: report.received, then report.corrected; those of `advocacy.write_meeting`.
    Raises: NotFound, Invalid by field, Conflict (`not_yours`, `action_over`, `taken_over`, `report_differs`).
    """
    if troubles := report_troubles(met=met, stance=stance, quote=quote, failed=failed):
        raise Invalid(_("Some fields need another look."), fields=troubles)
    jpeg = None if photo is None else drawn_within(photo, side=PHOTO_SIDE)
    heard = {"met": met, "stance": stance, "quote": quote.strip(), "failed": failed.strip()}
    with transaction.atomic():
        assignment = _locked(assignment_id, author_id=author_id, now=now)
        if assignment.acting_id != author_id and assignment.answer == Answer.REPORTED:
            raise Conflict(_("Somebody next door has reported for this place. Nothing was changed."), code="taken_over")
        earlier: Report | None = Report.objects.filter(assignment=assignment).first()
        said = {**heard, "met_on": _met_on(assignment, met_on, met=met, earlier=earlier, now=now)}
        is_known = jpeg is None or ReportPhoto.objects.filter(report=earlier, jpeg=jpeg).exists()
        if earlier is not None and is_known and all(getattr(earlier, name) == value for name, value in said.items()):
            return earlier
        if earlier is not None and read_version not in (None, earlier.version):
            raise Conflict(_("Something else was reported meanwhile. Nothing was changed."), code="report_differs")
        if assignment.answer != Answer.REPORTED:
            withdraw_take_over(assignment, now=now, but_of=author_id)
        if earlier is None:
            report = Report.objects.create(assignment=assignment, author_id=author_id, reported_at=now, **said)
        else:
            report = earlier
            for name, value in said.items():
                setattr(report, name, value)
            report.author_id = author_id
            report.version += 1
            report.save(update_fields=[*said, "author", "version"])
        if jpeg is not None:
            keep_photo(report, jpeg, now=now)
        keep_meeting(report, assignment, now=now)
        _change(assignment, Answer.REPORTED, now=now)
        fact = "report.received" if earlier is None else "report.corrected"
        journal.record(
            fact, subject=report, at=now, assignment_id=assignment.pk, action_id=assignment.action_id, met=str(met), stance=stance
        )
        relays.note_sign_of_life(person_id=author_id, now=now)
    return report


def _answer(assignment_id: UUID, answer: Answer, *, author_id: UUID, now: datetime, reason: str = "") -> Assignment:
    with transaction.atomic():
        assignment = _locked(assignment_id, author_id=author_id, now=now)
        if assignment.acting_id != author_id:
            raise Conflict(_("Somebody next door has taken this over. There is nothing left for you to do; thank you."), code="taken_over")
        if assignment.answer == Answer.REPORTED:
            raise Conflict(_("You have already reported. You can still correct the report."), code="already_reported")
        if assignment.acting_answer == answer and assignment.reason == reason:
            return assignment
        if assignment.action.ends_at <= now:
            raise Conflict(_("This action has ended. You can still say what came of it."), code="action_over")
        if assignment.neighbour_id is not None:
            if answer in TURNED_DOWN:
                give_up_taken_over(assignment, now=now, reason=reason)
        else:
            if answer == Answer.ACCEPTED:
                withdraw_take_over(assignment, now=now)
            assignment.reason = reason
            _change(assignment, answer, now=now)
            journal.record(f"assignment.{answer.value}", subject=assignment, at=now, action_id=assignment.action_id, person_id=author_id)
        relays.note_sign_of_life(person_id=author_id, now=now)
    return assignment


def _met_on(assignment: Assignment, said: date | None, *, met: Met, earlier: Report | None, now: datetime) -> date:
    """On which day of the place they met. Raises: Invalid (met_on)."""
    action, zone = assignment.action, assignment.seat.area.time_zone
    today = dates.day_in(now, zone)
    if said is None:
        if earlier is not None and (earlier.met != Met.NOBODY or met == Met.NOBODY):
            return earlier.met_on
        return min(today, dates.day_in(action.ends_at, zone))
    launched_on = dates.day_in(action.launched_at, zone) if action.launched_at else said
    if troubles := day_troubles(said, launched_on=launched_on, today=today):
        raise Invalid(_("Some fields need another look."), fields=troubles)
    return said


def _change(assignment: Assignment, answer: Answer, *, now: datetime) -> None:
    assignment.answer = answer
    assignment.answered_at = assignment.changed_at = now
    assignment.save(update_fields=["answer", "reason", "answered_at", "changed_at"])


def _locked(assignment_id: UUID, *, author_id: UUID, now: datetime) -> Assignment:
    """Return an assignment that its holder, or the neighbour who took it over, may still answer."""
    whole = Assignment.objects.select_related("action", "seat__area", "holder", "neighbour")
    found = whole.select_for_update(of=("self",)).filter(pk=assignment_id).first()
    if found is None:
        raise NotFound(code="assignment_unknown")
    author = next((one for one in (found.holder, found.neighbour) if one is not None and one.pk == author_id), None)
    if author is None or author.erased_at is not None:  # the link of an old mail outlives who is forgotten
        raise Conflict(_("This place has passed to somebody else meanwhile. Nothing was changed."), code="not_yours")
    if found.action.status != ActionStatus.LAUNCHED or found.action.ends_at + REPORTS_TAKEN <= now:
        raise Conflict(_("This action takes no more answers."), code="action_over")
    return found
