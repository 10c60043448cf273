"""The page behind the question whether an office holder answered: two presses. GET changes nothing."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.advocacy import selectors, services
from maillage.advocacy.domain.answering import ANSWERED_LINK
from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal
from maillage.kernel.links import read_link

YES, NO = "yes", "no"


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answered(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether they answered; posted, keep what is said."""
    try:
        (question_id,) = read_link(ANSWERED_LINK, token, now=now())
        question = services.linked_question(question_id, now=now())
        if request.method == "POST" and request.POST.get("answer") in (YES, NO):
            services.say_if_answered(question_id=question_id, was_answered=request.POST["answer"] == YES, now=now())
            return redirect("answered", token=token)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    contact = question.contact
    context = {
        "question": question,
        "contact": contact,
        "about": selectors.about(contact),
        "asked_on": selectors.asked_on(contact.steps.all()),
        "asks": question.said_at is None or request.GET.get("again") == "1",
    }
    return render(request, "advocacy/answered.html", context)
