"""The pages behind the links of an applicant's mails: GET shows and changes nothing, POST acts, no login."""

from collections.abc import Sequence
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal
from maillage.kernel.links import read_link
from maillage.kernel.rest.throttles import network_mark
from maillage.relays import services
from maillage.relays.domain import (
    CONFIRM_LINK,
    NETWORK,
    WAITING_APPLICATION,
    WHY_WITHDRAWN,
    WITHDRAW_LINK,
    ApplicationStatus,
    published_record,
)
from maillage.relays.models import Application
from maillage.relays.pages.missed import ways_on
from maillage.relays.selectors import caller_at, kept_out, seat
from maillage.relays.selectors.mailboxes import check_mailbox, check_mailbox_asked
from maillage.relays.selectors.owed import is_missed
from maillage.relays.selectors.sights import sights_at
from maillage.relays.selectors.waiting import while_you_wait


@csrf_exempt  # the signed token proves the right; no cookie is read
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether it was them; once confirmed, the same address says who calls by when."""
    try:
        application_id, contact_point_id, *mailbox = read_link(CONFIRM_LINK, token, now=now())
        check_mailbox_asked(application_id, contact_point_id=contact_point_id, mailbox=mailbox)
        if request.method == "POST":
            said = request.POST.get("was")
            if said == "me":
                mark = network_mark(NETWORK, request)
                services.confirm_application(application_id=application_id, contact_point_id=contact_point_id, network=mark, now=now())
            elif said == "not-me":  # of anything else nothing follows: the question is asked again
                services.deny_application(application_id=application_id, now=now())
            return redirect("apply-confirm", token=token)
        return _shown(request, application_id, mailbox=mailbox)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)


@csrf_exempt  # as above
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, token: str) -> HttpResponse:
    """Take an application back: one button; why is said by who wants to."""
    try:
        application_id, *mailbox = read_link(WITHDRAW_LINK, token, now=now())
        check_mailbox(application_id, mailbox=mailbox)
        if request.method == "POST":
            services.withdraw_application(application_id=application_id, words=request.POST.get("words", ""), now=now())
            return redirect("apply-withdraw", token=token)
        application = _application(application_id)
    except Refusal as refusal:
        return render(request, "errors/link.html", {"refusal": refusal}, status=refusal.status)
    context = {
        "application": application,
        "is_withdrawn": application is None or application.status == ApplicationStatus.WITHDRAWN,
        "is_open": application is not None and application.status in (ApplicationStatus.UNCONFIRMED, *WAITING_APPLICATION),
    }
    return render(request, "relays/withdraw.html", {**context, "longest": WHY_WITHDRAWN})


def _application(application_id: UUID) -> Application | None:
    related = Application.objects.select_related("seat__area__parent", "seat__area__kind", "person", "promise", "paper")
    return related.filter(pk=application_id).first()


def _shown(request: HttpRequest, application_id: UUID, *, mailbox: Sequence[UUID]) -> HttpResponse:
    application = _application(application_id)
    if application is None or application.status == ApplicationStatus.WITHDRAWN:
        return render(request, "relays/forgotten.html", {"application": application})
    if application.status == ApplicationStatus.UNCONFIRMED:
        return render(request, "relays/confirm.html", {"area": application.seat.area})
    if is_missed(application, now=now()):
        return render(request, "relays/missed.html", ways_on(application, mailbox=mailbox))
    area = application.seat.area
    context = {
        "application": application,
        "caller": caller_at(area, now=now(), without=kept_out(application)),
        "record": published_record(application.seat.network_id, area.pk),
        "meanwhile": while_you_wait(area, person_id=application.person_id, now=now()),
        "sights": sights_at(seat(application.seat_id), now=now(), is_proved=True),
    }
    return render(request, "relays/confirmed.html", context)
