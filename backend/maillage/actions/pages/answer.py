"""The page behind the link of a brief: read it, say yes or no, report; no login, and GET changes nothing."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.actions import services
from maillage.actions.domain import REPORTS_TAKEN, TEXT_MOST, ActionStatus, Answer, Met, Stance
from maillage.actions.models import Report
from maillage.actions.selectors import Linked, linked_assignment, paper_token, text_of
from maillage.advocacy import selectors as advocacy
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.markdown import safe_html
from maillage.kernel.text import typed


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Show one seat's assignment to whoever holds it, and take their answer."""
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


def _take(request: HttpRequest, linked: Linked, *, now: datetime) -> str:
    """Do what the pressed button says; return the part of the page that shows it."""
    posted = {name: typed(str(value)) for name, value in request.POST.items()}
    whose = {"assignment_id": linked.assignment.pk, "author_id": linked.author_id}
    match posted.get("do"):
        case "accept":
            services.accept_assignment(**whose, now=now)
        case "decline":
            services.decline_assignment(**whose, reason=posted.get("reason", ""), now=now)
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
                now=now,
            )
            return "report"
        case _:
            raise Invalid(_("Choose one of the buttons."), code="unknown_answer")
    return "answer"


def _page(request: HttpRequest, linked: Linked, *, now: datetime, refusal: Refusal | None = None) -> HttpResponse:
    assignment, is_theirs = linked.assignment, linked.is_theirs
    action = assignment.action
    text, is_fallback = text_of(action, language=get_language() or "fr")
    report: Report | None = getattr(assignment, "report", None) if is_theirs else None
    context: dict[str, Any] = {
        "assignment": assignment,
        "action": action,
        "area": assignment.seat.area,
        "text": text,
        "is_fallback": is_fallback,
        "brief": mark_safe(safe_html(text.brief)),  # noqa: S308 cleaned by an allow-list
        "official": advocacy.sitting_for(assignment.seat.area_id),
        "is_theirs": is_theirs,
        "paper": paper_token(assignment, author_id=linked.author_id) if is_theirs else "",
        "is_stopped": action.status == ActionStatus.STOPPED,
        "takes_answers": is_theirs
        and action.status == ActionStatus.LAUNCHED
        and now < action.ends_at
        and assignment.answer != Answer.REPORTED,
        "takes_reports": is_theirs and action.status == ActionStatus.LAUNCHED and now < action.ends_at + REPORTS_TAKEN,
        "report": report,
        "typed": _typed(request, report),
        "mets": Met.choices,
        "stances": Stance.choices,
        "most": TEXT_MOST,
        "refusal": refusal,
        "errors": {name: " ".join(sentences) for name, sentences in refusal.fields.items()} if refusal else {},
    }
    return render(request, "actions/answer.html", context, status=refusal.status if refusal else 200)


def _typed(request: HttpRequest, report: Report | None) -> dict[str, str]:
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ("met", "stance", "quote", "failed", "reason")}
    if report is None:
        return {}
    return {
        "met": report.met,
        "stance": "" if report.stance is None else str(report.stance),
        "quote": report.quote,
        "failed": report.failed,
    }
