"""The page behind the friendly mail: three answers, one press each. GET changes nothing, and names nobody: links are passed on.

Who would like to hand over may say their last day there too, and take it back: it is the hand-over of their own page.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.links import read_link
from maillage.relays import services
from maillage.relays.domain import LONGEST_PAUSE, STILL_HERE_LINK, StillHere, TermKind
from maillage.relays.domain.handing_over import LONGEST_AHEAD
from maillage.relays.models import QuietAnswer, Term
from maillage.relays.selectors.hand_overs import under_way_of

HAND_OVER_ON, HAND_OVER_BACK = "hand_over_on", "hand_over_back"
ANSWERED_NOW = timedelta(hours=1)
"""For how long the page thanks for an answer instead of asking again."""


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def still_here(request: HttpRequest, token: str) -> HttpResponse:
    """Ask a quiet holder how they are; posted, keep what they answer, which is a sign of life."""
    wrong: Mapping[str, Sequence[str]] = {}
    try:
        (term_id,) = read_link(STILL_HERE_LINK, token, now=now())
        if request.method == "POST" and request.POST.get("answer"):
            try:
                _keep(term_id, request.POST["answer"], day=_day(request.POST.get("until", "")))
                return redirect("still-here", token=token)
            except Invalid as invalid:
                wrong = invalid.fields
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    term = Term.objects.select_related("seat__area", "person").filter(pk=term_id).first()
    last = QuietAnswer.objects.filter(term=term_id, at__gte=now() - ANSWERED_NOW).order_by("-at").first()
    asks_again = request.GET.get("again") == "1" or "until" in wrong
    today = day_in(now(), term.seat.area.time_zone if term else settings.TIME_ZONE)
    context = {
        "term": term,
        "stands_in": term is not None and term.kind == TermKind.STAND_IN,
        "answered": last.answer if last and not asks_again else "",
        "hand_over": under_way_of(term_id),
        "wrong": wrong.get("until", ()),
        "wrong_last_day": wrong.get("ends_on", ()),
        "token": token,
        "first_day": today + timedelta(days=1),
        "last_day": today + LONGEST_PAUSE,
        "hand_over_first": today,
        "hand_over_last": today + LONGEST_AHEAD,
        "until": request.POST.get("until", ""),
    }
    return render(request, "relays/still_here.html", context, status=400 if wrong else 200)


def _keep(term_id: UUID, answer: str, *, day: date | None) -> None:
    """Keep one of the answers, or the last day of who hands over; what is none of them changes nothing. Raises: Invalid."""
    if answer in StillHere.values:
        services.answer_still_here(term_id=term_id, answer=StillHere(answer), until=day, now=now())
    elif answer == HAND_OVER_ON:
        if day is None:
            raise Invalid(fields={"ends_on": [_("Choose a day.")]})
        services.begin_hand_over(term_id=term_id, ends_on=day, by=_holder(term_id), by_link=True, now=now())
    elif answer == HAND_OVER_BACK and (found := under_way_of(term_id)):
        services.take_back_hand_over(hand_over_id=found.pk, by=_holder(term_id), now=now())


def _holder(term_id: UUID) -> User | None:
    """Who presses: the link is theirs alone, with an account or without."""
    term = Term.objects.select_related("person__user").filter(pk=term_id).first()
    return term.person.user if term else None


def _day(raw: str) -> date | None:
    try:
        return date.fromisoformat(raw)
    except ValueError:
        return None
