"""The page behind the mail that asks an address written on paper, or in a file, whether it is theirs: GET shows, POST acts, no login."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal
from maillage.kernel.links import read_link
from maillage.messaging.services.questions import ENTERED_LINK, confirm_address, deny_address
from maillage.people import services


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def entered(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it was them; confirm the address, or forget it."""
    done = ""
    try:
        (contact_point_id,) = read_link(ENTERED_LINK, token, now=now())
        is_from_file = services.is_from_file(contact_point_id=contact_point_id)
        said = request.POST.get("was") if request.method == "POST" else None
        if said == "me":
            confirm_address(contact_point_id=contact_point_id, now=now())
            done = "me"
        elif said == "not-me":  # of anything else nothing follows: the question is asked again
            deny_address(contact_point_id=contact_point_id, now=now())
            done = "not-me"
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    says_no = request.GET.get("was") == "not-me"  # which of the mail's two links was opened: its button comes first
    context = {"done": done, "is_from_file": is_from_file, "says_no": says_no}
    return render(request, "messaging/entered.html", context)
