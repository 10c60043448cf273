"""The page on which one person reads the charter and agrees to it: GET shows and changes nothing, POST agrees, no login."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Refusal
from maillage.kernel.ids import read_uuid
from maillage.kernel.links import read_link
from maillage.kernel.markdown import safe_html
from maillage.people import selectors as people
from maillage.people.models import Person
from maillage.relays import services
from maillage.relays.domain import CHARTER_LINK


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_charter(request: HttpRequest, token: str) -> HttpResponse:
    """Show the charter in force with a button that agrees; once agreed, the same address says so and when."""
    changed = False
    try:
        person_id = people.standing_id(*read_link(CHARTER_LINK, token, now=now()))
        version_id = read_uuid(request.POST.get("version", ""))
        if request.method == "POST" and version_id:
            try:
                services.agree_by_link(person_id=person_id, version_id=version_id, language=_language(), now=now())
                return redirect("own-charter", token=token)
            except Conflict:
                changed = True  # another version came into force while they read: they read that one
        return _shown(request, person_id, changed=changed)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)


def _shown(request: HttpRequest, person_id: UUID, *, changed: bool) -> HttpResponse:
    person = Person.objects.filter(pk=person_id, erased_at__isnull=True).first()
    version = people.version_in_force() if person else None
    if person is None or version is None:
        return render(request, "relays/charter_gone.html", status=404)
    words, is_fallback = people.text_in(version, _language())
    context = {
        "version": version,
        "words": words,
        "html": safe_html(words.body),
        "is_fallback": is_fallback,
        "changed": changed,
        "agreement": people.agreement_of(person_id, version.pk),
        "signs_in": person.user_id is not None,
        "zone": people.zone_of_house(),
    }
    return render(request, "relays/charter.html", context, status=409 if changed else 200)


def _language() -> str:
    return get_language() or ""
