"""The page of somebody's choices, by the signed link of their mails: no login, no script, and it names nobody."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods
from rest_framework.request import Request
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound, Refusal
from maillage.kernel.links import LinkEnded, read_link
from maillage.kernel.rest.throttles import PublicWrites
from maillage.kernel.text import typed
from maillage.messaging.domain.preferences import OWN_DATA_KEPT, PREFERENCES_LINK
from maillage.messaging.selectors.preferences import preferences_of
from maillage.messaging.services import preferences as services
from maillage.people import services as people
from maillage.people.models import Person
from maillage.people.selectors import is_still_theirs, standing_id, zone_of_person

MOST_ADDRESS = 254


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: HttpRequest, token: str) -> HttpResponse:
    """Show the choices (GET changes nothing: scanners open links); POST saves the boxes, stops everything, or mails a link."""
    try:
        record_id, *mailbox = read_link(PREFERENCES_LINK, token, now=now())
        if not is_still_theirs(record_id, mailbox=mailbox):
            return _former(request, record_id, token)
        if request.method != "POST":
            return _shown(request, record_id, done=request.GET.get("done", ""))
        try:
            done = _act(request, record_id)
        except (services.ChangedTooOften, Conflict) as refusal:
            if refusal.code == "people_busy":
                raise
            return _shown(request, record_id, refusal=refusal)
    except Person.DoesNotExist:
        return _asking(request, refusal=NotFound(code="person_gone"))
    except Refusal as refusal:
        return _asking(request, refusal=refusal)
    return _done(token, done)


def _done(token: str, done: str) -> HttpResponse:
    answer = redirect("preferences", token=token)
    answer["Location"] += f"?done={done}"
    return answer


def _former(request: HttpRequest, record_id: UUID, token: str) -> HttpResponse:
    """In the mailbox of before a change of address nothing is shown or given: all can be stopped, and the present one gets a link."""
    Person.objects.only("pk").get(pk=standing_id(record_id), erased_at__isnull=True)
    do = request.POST.get("do")
    if do == "everything":
        services.stop_everything(record_id=record_id, now=now())
        return _done(token, do)
    if do == "link":
        services.mail_link_to_present(record_id=record_id, now=now())
        return _done(token, do)
    return render(request, "messaging/preferences_former.html", {"done": request.GET.get("done", "")}, status=LinkEnded.status)


@csrf_exempt  # anyone may ask: no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def new_link(request: HttpRequest) -> HttpResponse:
    """Ask for a new link; the answer is the same whether the address is known or not."""
    if request.method != "POST":
        return _asking(request)
    email = typed(request.POST.get("email", ""))[: MOST_ADDRESS + 1]
    try:
        if not PublicWrites().allow_request(Request(request), _NewLink()):
            raise _TooOften
        services.mail_preferences_link(email=email, language=get_language() or settings.LANGUAGE_CODE, now=now())
    except Invalid as refusal:
        return _asking(request, email=email, mistake=refusal)
    except _TooOften:
        return _asking(request, email=email, is_too_often=True)
    return render(request, "messaging/preferences_sent.html", {"mailbox_url": settings.MAILBOX_URL})


class _NewLink(APIView):
    """The name under which a network's requests for links are counted."""


class _TooOften(Exception):
    """A network asked too often."""


def _act(request: HttpRequest, record_id: UUID) -> str:
    if request.POST.get("do") in ("everything", "not-me"):
        services.stop_everything(record_id=record_id, now=now())
    if request.POST.get("do") in ("data", "not-me"):
        services.mail_own_data_link(record_id=record_id, now=now())
        return "data" if request.POST["do"] == "data" else "not-me"
    if request.POST.get("do") == "everything":
        return "everything"
    # A box that looked so when the page was drawn and still does was not chosen: what changed meanwhile stays.
    was = dict(shown.rpartition("=")[::2] for shown in request.POST.getlist("was"))
    ticked = set(request.POST.getlist("box"))
    wanted = {key: key in ticked for key, state in was.items() if (key in ticked) != (state == "1")}
    read = dict(shown.rpartition("=")[::2] for shown in request.POST.getlist("read"))
    changed = services.save_choices(record_id=record_id, wanted=wanted, read=read, language=request.POST.get("language", ""), now=now())
    return "saved" if changed else "same"


def _shown(request: HttpRequest, record_id: UUID, *, done: str = "", refusal: Refusal | None = None) -> HttpResponse:
    context: dict[str, Any] = {
        "choices": people.read_as_own(record_id, preferences_of, now=now()),
        "languages": settings.LANGUAGES,
        "done": done,
        "refusal": refusal,
        "hours": int(OWN_DATA_KEPT.total_seconds() // 3600),
        "zone": zone_of_person(record_id),
    }
    return render(request, "messaging/preferences.html", context, status=refusal.status if refusal else 200)


def _asking(
    request: HttpRequest, *, email: str = "", refusal: Refusal | None = None, mistake: Invalid | None = None, is_too_often: bool = False
) -> HttpResponse:
    errors = [sentence for sentences in mistake.fields.values() for sentence in sentences] if mistake else []
    context = {"refusal": refusal, "email": email, "error": " ".join(errors), "is_too_often": is_too_often}
    status = 429 if is_too_often else 400 if mistake else refusal.status if refusal else 200
    return render(request, "messaging/preferences_link.html", context, status=status)
