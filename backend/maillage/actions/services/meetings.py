"""What a report says of a meeting, kept with the office holder in the same transaction (ADR 36)."""

from datetime import datetime

from maillage.actions.domain import Met
from maillage.actions.models import Assignment, Report
from maillage.actions.selectors import text_of
from maillage.advocacy import selectors as sitting
from maillage.advocacy import services as advocacy
from maillage.advocacy.domain import KnownBy, Stance

_KNOWN_BY = {Met.HOLDER: KnownBy.MEETING, Met.STAFF: KnownBy.STAFF}


def keep_meeting(report: Report, assignment: Assignment, *, now: datetime) -> None:
    """Write a contact with whoever sat for the place, and where they stand on the action's subject; a correction corrects both.

    Whoever sat on the day that the report says was met, and a correction stays with them. Where nobody sat, nothing is written. What
    did not work is said to the organisers alone: it is no part of the contact.
    """
    if report.author_id is None:
        return
    action, area = assignment.action, assignment.seat.area
    holder_id = report.contact.holder_id if report.contact else sitting.holder_on(area.pk, report.met_on)
    if holder_id is None:
        return
    text, _is_fallback = text_of(action, language=action.default_language)
    contact_id = advocacy.write_meeting(
        contact_id=report.contact_id,
        holder_id=holder_id,
        area=area,
        known_by=_KNOWN_BY.get(Met(report.met)),
        stance=None if report.stance is None else Stance(report.stance),
        quote=report.quote,
        subject_id=action.subject_id,
        decision=text.title,
        author_id=report.author_id,
        held_on=report.met_on,
        now=now,
    )
    if contact_id != report.contact_id:
        report.contact_id = contact_id
        report.save(update_fields=["contact"])
