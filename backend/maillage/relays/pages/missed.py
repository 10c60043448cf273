"""The page behind an apology: who owes the call now, and the four ways on. GET shows and changes nothing."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.forms import boxes_ticked
from maillage.kernel.links import read_link, sign_link
from maillage.people.selectors import climbs_on, is_guarded_by_account, record_of_row
from maillage.relays import services
from maillage.relays.domain import MISSED_LINK, WITHDRAW_WITHIN, ApplicationStatus, SeatState
from maillage.relays.domain.joining import JOIN_WORDINGS
from maillage.relays.models import Application
from maillage.relays.pages.join import joined_context
from maillage.relays.selectors import neighbours, seat
from maillage.relays.selectors.joining import agreed_already, join_boxes, joined_of
from maillage.relays.selectors.mailboxes import check_mailbox
from maillage.relays.selectors.owed import is_missed, owed_call

NEXT_DOOR = 3
NEEDS_SOMEBODY = (SeatState.VACANT, SeatState.DORMANT, SeatState.STAND_IN)


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def missed(request: HttpRequest, token: str) -> HttpResponse:
    """Say who owes the call now; posted, stay and take part around the place, or take everything back and be erased."""
    try:
        application_id, *mailbox = read_link(MISSED_LINK, token, now=now())
        check_mailbox(application_id, mailbox=mailbox)
        if request.method == "POST":
            _go(request, application_id)
            return redirect("apply-missed", token=token)
    except Invalid as refusal:
        return _shown(request, application_id, mailbox=mailbox, refusal=refusal)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    return _shown(request, application_id, mailbox=mailbox)


def _shown(request: HttpRequest, application_id: UUID, *, mailbox: Sequence[UUID], refusal: Invalid | None = None) -> HttpResponse:
    related = Application.objects.select_related("seat__area__parent", "seat__area__kind", "person", "promise")
    application = related.filter(pk=application_id).first()
    if application is not None and application.status == ApplicationStatus.WITHDRAWN and (stays := joined_of(application)):
        return render(request, "relays/joined.html", {**joined_context(stays), "stays": True})
    if application is None or application.status == ApplicationStatus.WITHDRAWN:
        return render(request, "relays/forgotten.html", {"application": application})
    if not is_missed(application, now=now()):
        return render(request, "relays/confirmed.html", {"application": application})
    context = {**ways_on(application, mailbox=mailbox), "refusal": refusal}
    return render(request, "relays/missed.html", context, status=refusal.status if refusal else 200)


def ways_on(application: Application, *, mailbox: Sequence[UUID]) -> dict[str, Any]:
    """What the page of a missed promise says; its form goes to the apology's own address, wherever it is shown.

    `mailbox`: the mark of the link that showed it.
    """
    standing = seat(application.seat_id)
    agreed, boxes = agreed_already(application.person_id), join_boxes()
    near = [each for each in neighbours(standing) if each["state"] in NEEDS_SOMEBODY]
    return {
        "application": application,
        "owed": owed_call(application, now=now()),
        "climbs_on": application.promise is not None and climbs_on(application.promise, now=now()),
        "near": near[:NEXT_DOOR],
        "is_guarded": is_guarded_by_account(record_of_row(application, "person_id"), now=now()),
        "boxes": [(name, wording) for name, wording in boxes.items() if name not in agreed],
        "agreed": [wording.text for name, wording in boxes.items() if name in agreed],
        "token": sign_link(MISSED_LINK, ids=[application.pk, *mailbox], ends_at=now() + WITHDRAW_WITHIN),
    }


def _go(request: HttpRequest, application_id: UUID) -> None:
    way = request.POST.get("way")
    if way == "stay":
        services.stay_as_volunteer(application_id=application_id, agrees_to=boxes_ticked(request, JOIN_WORDINGS), now=now())
    elif way == "erase":
        services.withdraw_and_be_erased(application_id=application_id, now=now())
    else:
        services.withdraw_application(application_id=application_id, now=now())
