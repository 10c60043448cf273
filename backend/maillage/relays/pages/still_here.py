"""The page behind the friendly mail: three answers, one press each. GET changes nothing, and names nobody: links are passed on."""

from collections.abc import Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.links import read_link
from maillage.relays import services
from maillage.relays.domain import LONGEST_PAUSE, STILL_HERE_LINK, StillHere
from maillage.relays.models import QuietAnswer, Term

ANSWERED_NOW = timedelta(hours=1)
"""For how long the page thanks for an answer instead of asking again."""


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_here(request: HttpRequest, token: str) -> HttpResponse:
    """Ask a quiet relay how they are; posted, keep what they answer, which is a sign of life."""
    wrong: Sequence[str] = ()
    try:
        (term_id,) = read_link(STILL_HERE_LINK, token, now=now())
        if request.method == "POST" and request.POST.get("answer") in StillHere.values:
            try:
                answer = StillHere(request.POST["answer"])
                services.answer_still_here(term_id=term_id, answer=answer, until=_day(request.POST.get("until", "")), now=now())
                return redirect("still-here", token=token)
            except Invalid as invalid:
                wrong = invalid.fields.get("until", ())
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    term = Term.objects.select_related("seat__area").filter(pk=term_id).first()
    last = QuietAnswer.objects.filter(term=term_id, at__gte=now() - ANSWERED_NOW).order_by("-at").first()
    asks_again = request.GET.get("again") == "1" or bool(wrong)
    today = now().astimezone(ZoneInfo(term.seat.area.time_zone)).date() if term else now().date()
    context = {
        "term": term,
        "answered": last.answer if last and not asks_again else "",
        "wrong": wrong,
        "token": token,
        "first_day": today + timedelta(days=1),
        "last_day": today + LONGEST_PAUSE,
        "until": request.POST.get("until", ""),
    }
    return render(request, "relays/still_here.html", context, status=400 if wrong else 200)


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None
