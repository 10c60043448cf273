"""The page behind the mail that asks somebody whether to stay: one press. GET changes nothing, and names nobody."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.kernel import dates
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound, Refusal
from maillage.kernel.links import read_link
from maillage.people import services
from maillage.people.domain.staying import ASKED_BEFORE, STAY_LINK
from maillage.people.models import StayQuestion
from maillage.people.selectors import zone_of_person


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stay(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether they wish to stay; posted, keep that they do, which is a sign of life."""
    try:
        (question_id,) = read_link(STAY_LINK, token, now=now())
        if request.method == "POST":
            services.stay(question_id=question_id, now=now())
        question = StayQuestion.objects.filter(pk=question_id).first()
        if question is None:
            raise NotFound(code="stay_question_gone")
    except NotFound as refusal:
        if refusal.code == "stay_question_gone":
            return render(request, "messaging/stay.html", {"is_gone": True})
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    asked_at = question.asked_at or question.found_at
    context = {"stays": question.stayed_at is not None, "day": dates.day(asked_at + ASKED_BEFORE, zone_of_person(question.person_id))}
    return render(request, "messaging/stay.html", context)
