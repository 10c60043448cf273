"""The page behind a question to a neighbour: would they take over next door? No login, and GET changes nothing."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.actions import services
from maillage.actions.domain import ActionStatus, Answer, TakeOverStatus
from maillage.actions.models import TakeOver
from maillage.actions.selectors import answer_token, linked_take_over, text_of
from maillage.advocacy import selectors as advocacy
from maillage.kernel.clock import now as read_clock
from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.text import typed


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, token: str) -> HttpResponse:
    """Say what is asked and where, and take a yes or a no; a yes leads to the brief, which is answered like one's own."""
    now = read_clock()
    try:
        question = linked_take_over(token, now=now)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    if request.method != "POST":
        return _page(request, question, now=now)
    try:
        _take(request, question, now=now)
    except Refusal as refusal:
        return _page(request, linked_take_over(token, now=now), now=now, refusal=refusal)
    return redirect("take-over", token=token)


def _take(request: HttpRequest, question: TakeOver, *, now: datetime) -> None:
    person_id = question.person_id
    if person_id is None:
        raise TypeError("linked_take_over finds what was put to somebody")
    match request.POST.get("do"):
        case "accept":
            services.accept_take_over(take_over_id=question.pk, person_id=person_id, now=now)
        case "decline":
            reason = typed(request.POST.get("reason", ""))
            services.decline_take_over(take_over_id=question.pk, person_id=person_id, reason=reason, now=now)
        case _:
            raise Invalid(_("Choose one of the buttons."), code="unknown_answer")


def _page(request: HttpRequest, question: TakeOver, *, now: datetime, refusal: Refusal | None = None) -> HttpResponse:
    assignment = question.assignment
    action, area = assignment.action, assignment.seat.area
    text, is_fallback = text_of(action, language=get_language() or "fr")
    is_over = action.status != ActionStatus.LAUNCHED or action.ends_at <= now or assignment.answer == Answer.REPORTED
    context = {
        "question": question,
        "action": action,
        "area": area,
        "text": text,
        "is_fallback": is_fallback,
        "official": advocacy.sitting_for(area.pk),
        "is_asked": question.status == TakeOverStatus.ASKED and not is_over,
        "is_accepted": question.status == TakeOverStatus.ACCEPTED,
        "is_declined": question.status == TakeOverStatus.DECLINED,
        "brief": answer_token(assignment, author_id=question.person_id)
        if question.status == TakeOverStatus.ACCEPTED and question.person_id
        else "",
        "reason": request.POST.get("reason", ""),
        "refusal": refusal,
        "errors": {name: " ".join(sentences) for name, sentences in refusal.fields.items()} if refusal else {},
    }
    return render(request, "actions/take_over.html", context, status=refusal.status if refusal else 200)
