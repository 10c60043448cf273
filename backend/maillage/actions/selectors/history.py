"""What was done in a seat, and what it is asked now: told to the one page of the place."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.actions.domain import ActionStatus, Answer, Met
from maillage.actions.models import Assignment, Report
from maillage.actions.selectors.actions import text_of
from maillage.advocacy.domain import Stance
from maillage.advocacy.selectors import is_undone_at
from maillage.relays.domain.history import PastMeeting, Waiting


def meetings_in(seat_id: UUID) -> list[PastMeeting]:
    """What came of each assignment of a seat, the latest first, whoever reported it: they are not named. Two queries."""
    told = Report.objects.filter(assignment__seat_id=seat_id).select_related("assignment__action").order_by("-reported_at")
    told = told.annotate(is_undone=is_undone_at("contact_id"))
    return [
        PastMeeting(
            at=report.reported_at,
            asked=_title(report.assignment),
            came_of=_came_of(report, is_undone=report.is_undone),
            said=report.quote,
            hard=report.failed,
        )
        for report in told.prefetch_related("assignment__action__texts")
    ]


def asked_of(seat_id: UUID, now: datetime) -> list[Waiting]:
    """The running actions that wait for an answer or a report of this seat, the nearest end first. Two queries."""
    open_ones = Assignment.objects.filter(
        seat_id=seat_id, action__status=ActionStatus.LAUNCHED, answer__in=[Answer.WAITING, Answer.ACCEPTED]
    )
    asked = open_ones.select_related("action").prefetch_related("action__texts").order_by("action__ends_at", "pk")
    return [
        Waiting(
            title=_title(one),
            starts_at=one.action.starts_at,
            ends_at=one.action.ends_at,
            state=str(Answer(one.answer).label),
            path=f"/assignments/{one.pk}",
        )
        for one in asked
    ]


def _title(assignment: Assignment) -> str:
    text, _is_fallback = text_of(assignment.action, language=get_language() or "")
    return text.title


def _came_of(report: Report, *, is_undone: bool) -> str:
    met = str(Met(report.met).label)
    if report.stance is None:
        return met
    stance = str(Stance(report.stance).label)
    if is_undone:
        stance = _("%(stance)s (undone since)") % {"stance": stance}
    return f"{met}, {stance}"
