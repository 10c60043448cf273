"""What is known of a person, by a link that only their own mailbox receives: read, taken away, erased.

For whom an account guards better than a mail, which may be passed on, the link leads to their own page in the app.
"""

from uuid import UUID

import orjson
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, NotFound, Refusal
from maillage.kernel.links import LinkEnded, read_link
from maillage.messaging.domain.preferences import OWN_DATA_LINK
from maillage.messaging.selectors.own import is_data_link_alive
from maillage.people import selectors, services
from maillage.people.models import Person

READINGS_SHOWN = 20
"""How many readings one page tells of; who read earlier stands behind a link."""


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own_data(request: HttpRequest, token: str) -> HttpResponse:
    """Show it; POST erases it once the box says that one is sure."""
    is_unsure = request.method == "POST" and request.POST.get("sure") != "yes"
    try:
        record_id = _record(token)
        if request.method == "POST" and not is_unsure:
            services.erase_own(record_id=record_id, now=now())
            return render(request, "messaging/own_data.html", {"is_erased": True})
        own = services.show_own_data(record_id=record_id, now=now())
        read = selectors.accesses_of(record_id, after=request.GET.get("after"), limit=READINGS_SHOWN)
    except Refusal as refusal:
        return _refused(request, refusal)
    context = {
        "is_unsettled": bool(selectors.side_of(record_id).unsettled),
        "own": own,
        "accesses": [access | {"role_name": Role(access["role"]).label} for access in read["items"]],
        "earlier": read["next"],
        "is_unsure": is_unsure,
        "token": token,
        "zone": selectors.zone_of_person(record_id),
    }
    return render(request, "messaging/own_data.html", context, status=400 if is_unsure else 200)


@never_cache
@require_safe
def own_file(request: HttpRequest, token: str) -> HttpResponse:
    """All of it as a file (GDPR, articles 15 and 20)."""
    try:
        copy = services.copy_own_data(record_id=_record(token), now=now())
    except Refusal as refusal:
        return _refused(request, refusal)
    headers = {"Content-Disposition": 'attachment; filename="maillage.json"'}
    return HttpResponse(orjson.dumps(copy, option=orjson.OPT_INDENT_2, default=str), content_type="application/json", headers=headers)


def _refused(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    page = "messaging/own_data_guarded.html" if isinstance(refusal, Forbidden) else "messaging/preferences_link.html"
    return render(request, page, {"refusal": refusal}, status=refusal.status)


def _record(token: str) -> UUID:
    """The record whose mailbox received the link.  Raises: NotFound, LinkEnded (also before its time, once their
    address changed), Forbidden (`account_open`)."""
    record_id, *letter = read_link(OWN_DATA_LINK, token, now=now())
    if not Person.objects.filter(pk=selectors.standing_id(record_id), erased_at__isnull=True).exists():
        raise NotFound(code="person_gone")
    if not is_data_link_alive(record_id, letter_ids=letter):
        raise LinkEnded
    if selectors.is_guarded_by_account(record_id, now=now()):
        raise Forbidden(code="account_open")
    return record_id
