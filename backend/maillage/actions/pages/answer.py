"""The page behind the link of a brief: read it, say yes or no, report; no login. A GET is written down, and changes nothing."""

from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.accounts.models import User
from maillage.actions import services
from maillage.actions.domain import REPORTS_TAKEN, TEXT_MOST, ActionStatus, Answer, Met, Way
from maillage.actions.models import Assignment, Report
from maillage.actions.selectors import Linked, brief_of, linked_assignment, paper_token, reader_name, reader_named, rehearsed_by_link
from maillage.advocacy import selectors as advocacy
from maillage.advocacy.domain import Stance
from maillage.kernel import dates
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import Conflict, Invalid, Refusal
from maillage.kernel.text import typed
from maillage.people.models import Person


class Whose(TypedDict):
    """Which assignment somebody answers for, and who they are."""

    assignment_id: UUID
    author_id: UUID


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show one seat's assignment to whoever acts on it, and take their answer."""
    now = read_clock()
    try:
        linked = linked_assignment(token, now=now)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    if request.method != "POST":
        return _page(request, linked, now=now)
    try:
        done = _take(request, linked, now=now)
    except Refusal as refusal:
        return _page(request, linked_assignment(token, now=now), now=now, refusal=refusal)
    response = redirect("answer", token=token)
    response["Location"] += f"#{done}"
    return response


@csrf_exempt  # nothing is answered, whoever asks
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def rehearsal(request: HttpRequest, token: str) -> HttpResponse:
    """Show the page that a holder would open, to who got the rehearsal of a brief: it takes no answer, and says so."""
    now = read_clock()
    try:
        assignment, reader = rehearsed_by_link(token, now=now)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    pressed = Conflict(_("This is a rehearsal: it takes no answer."), code="is_rehearsal") if request.method == "POST" else None
    if reader is not None and request.method == "GET":
        services.note_opening(action=assignment.action, seat_id=assignment.seat_id, reader=reader, way=Way.REHEARSAL, now=now)
    return _draw(request, assignment, now=now, reader=reader, is_theirs=True, is_rehearsal=True, refusal=pressed)


def _take(request: HttpRequest, linked: Linked, *, now: datetime) -> str:
    """Do what the pressed button says; return the part of the page that shows it."""
    posted = {name: typed(str(value)) for name, value in request.POST.items()}
    whose: Whose = {"assignment_id": linked.assignment.pk, "author_id": linked.author_id}
    match posted.get("do"):
        case "accept":
            services.accept_assignment(**whose, now=now)
        case "decline":
            services.decline_assignment(**whose, reason=posted.get("reason", ""), now=now)
        case "block":
            services.block_assignment(**whose, reason=posted.get("reason", ""), now=now)
        case "report":
            met, stance = posted.get("met", ""), posted.get("stance", "")
            if met not in Met.values:
                raise Invalid(_("Some fields need another look."), fields={"met": [_("Say whom you met.")]})
            # Who met nobody heard no position: a cell that was ticked before is not held against them.
            heard = Stance(int(stance)) if stance in {str(value) for value in Stance.values} and met != Met.NOBODY else None
            services.report_assignment(
                **whose,
                met=Met(met),
                stance=heard,
                quote=posted.get("quote", "") if met != Met.NOBODY else "",
                failed=posted.get("failed", ""),
                met_on=_day_of(posted.get("met_on", "")),
                read_version=_version_of(posted.get("read_version", "")),
                now=now,
            )
            return "report"
        case _:
            raise Invalid(_("Choose one of the buttons."), code="unknown_answer")
    return "answer"


def _day_of(typed_day: str) -> date | None:
    try:
        return date.fromisoformat(typed_day) if typed_day else None
    except ValueError:
        raise Invalid(_("Some fields need another look."), fields={"met_on": [_("This is no day.")]}) from None


def _version_of(typed_version: str) -> int | None:
    """Which report the page showed that was sent. Pages of before did not say it."""
    return int(typed_version) if typed_version.isascii() and typed_version.isdigit() and len(typed_version) < 7 else None


def _page(request: HttpRequest, linked: Linked, *, now: datetime, refusal: Refusal | None = None) -> HttpResponse:
    assignment = linked.assignment
    paper = paper_token(assignment, author_id=linked.author_id) if linked.is_theirs else ""
    reader = reader_named(assignment, linked.author_id)
    if reader is not None and request.method == "GET":
        services.note_opening(action=assignment.action, seat_id=assignment.seat_id, reader=reader, way=Way.PAGE, now=now)
    return _draw(
        request,
        assignment,
        now=now,
        reader=reader,
        is_theirs=linked.is_theirs,
        is_relieved=linked.is_relieved,
        paper=paper,
        refusal=refusal,
    )


def _draw(
    request: HttpRequest,
    assignment: Assignment,
    *,
    now: datetime,
    reader: Person | User | None,
    is_theirs: bool,
    is_relieved: bool = False,
    paper: str = "",
    is_rehearsal: bool = False,
    refusal: Refusal | None = None,
) -> HttpResponse:
    action = assignment.action
    brief = brief_of(assignment, language=get_language() or "fr", now=now, is_inside=(is_theirs or is_relieved) and not is_rehearsal)
    report: Report | None = getattr(assignment, "report", None) if is_theirs else None
    zone = assignment.seat.area.time_zone
    today = dates.day_in(now, zone)
    came_meanwhile = refusal is not None and refusal.code == "report_differs"
    is_asked = is_rehearsal or (is_theirs and action.status == ActionStatus.LAUNCHED)
    context: dict[str, Any] = {
        "assignment": assignment,
        "answer": assignment.acting_answer,
        "is_next_door": is_theirs and assignment.neighbour_id is not None,
        "is_relieved": is_relieved,
        "action": action,
        "area": assignment.seat.area,
        "text": brief.text,
        "is_fallback": brief.is_fallback,
        "brief": brief.html,
        "official": brief.official,
        "is_theirs": is_theirs,
        "is_rehearsal": is_rehearsal,
        "paper": paper,
        "reader": reader_name(reader),
        "is_stopped": action.status == ActionStatus.STOPPED,
        "takes_answers": is_asked and now < action.ends_at and assignment.answer != Answer.REPORTED,
        "takes_reports": is_asked and now < action.ends_at + REPORTS_TAKEN,
        "report": report,
        "came_meanwhile": report if came_meanwhile else None,
        # What was typed was typed over the report that the page showed then, until its writer has seen the other one.
        "read_version": (not came_meanwhile and request.POST.get("read_version")) or (report.version if report else 0),
        "typed": _typed(request, report, today=min(today, dates.day_in(action.ends_at, zone))),
        "first_day": dates.day_in(action.launched_at, zone) if action.launched_at else today,
        "last_day": today,
        "mets": Met.choices,
        "stances": Stance.choices,
        "subject": advocacy.subject_text(action.subject, language=get_language() or "fr").title if action.subject else "",
        "most": TEXT_MOST,
        "refusal": refusal,
        "errors": {name: " ".join(sentences) for name, sentences in refusal.fields.items()} if refusal else {},
    }
    return render(request, "actions/answer.html", context, status=refusal.status if refusal else 200)


def _typed(request: HttpRequest, report: Report | None, *, today: date) -> dict[str, str]:
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ("met", "met_on", "stance", "quote", "failed", "reason")}
    if report is None:
        return {"met_on": today.isoformat()}
    return {
        "met": report.met,
        "met_on": report.met_on.isoformat(),
        "stance": "" if report.stance is None else str(report.stance),
        "quote": report.quote,
        "failed": report.failed,
    }
