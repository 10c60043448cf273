"""The pages behind the mails about another address: GET shows, POST acts, no login."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.accounts import services as accounts
from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal
from maillage.kernel.links import read_link
from maillage.messaging.services.new_address import FORMER_ADDRESS_LINK, NEW_ADDRESS_LINK, confirm_new_address


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_address(request: HttpRequest, token: str) -> HttpResponse:
    """Ask the new mailbox whether it was them; confirm, or give it up."""
    done = ""
    try:
        (change_id,) = read_link(NEW_ADDRESS_LINK, token, now=now())
        said = request.POST.get("was") if request.method == "POST" else None
        if said == "me":
            confirm_new_address(change_id=change_id, now=now())
            done = "me"
        elif said == "not-me":  # of anything else nothing follows: the question is asked again
            if not accounts.stop_address_change(change_id=change_id, is_strangers=False, now=now()):
                raise accounts.change_gone()  # perhaps it was confirmed: then something was changed
            done = "not-me"
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    return render(request, "messaging/new_address.html", {"done": done})


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def former_address(request: HttpRequest, token: str) -> HttpResponse:
    """Let the mailbox that signs in stop what was asked; its sessions end then."""
    done = ""
    try:
        (change_id,) = read_link(FORMER_ADDRESS_LINK, token, now=now())
        if request.method == "POST" and request.POST.get("stop") == "yes":
            done = "stopped" if accounts.stop_address_change(change_id=change_id, is_strangers=True, now=now()) else "gone"
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    return render(request, "messaging/former_address.html", {"done": done})
