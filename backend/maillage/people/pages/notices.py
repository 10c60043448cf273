"""Privacy notice and legal notice, printed from the register of processing and the organisation's settings."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from maillage.accounts.domain import Role
from maillage.people.domain import REGISTER, who_sees_what

LEGAL_KINDS = {
    "party": _("political party"),
    "candidate": _("candidate to an election"),
    "association": _("association"),
    "union": _("trade union"),
    "coalition": _("coalition of organisations"),
}


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Say who uses which data why, by which right, who sees it, how long, and what one may ask."""
    context = {"register": list(REGISTER.values()), "sights": who_sees_what(Role), **organisation_said()}
    return render(request, "people/privacy.html", context)


@require_safe
def legal(request: HttpRequest) -> HttpResponse:
    """Say who publishes these pages and who hosts them."""
    return render(request, "people/legal.html", organisation_said())


def organisation_said() -> dict[str, object]:
    """Say who answers in law for the data, as the pages print it."""
    return {
        "controller": settings.ORGANISATION_NAME,
        "controller_kind": LEGAL_KINDS.get(settings.ORGANISATION_LEGAL_KIND, settings.ORGANISATION_LEGAL_KIND),
        "controller_address": settings.ORGANISATION_ADDRESS,
        "controller_email": settings.ORGANISATION_EMAIL,
        "publisher": settings.ORGANISATION_PUBLISHER,
        "host": settings.HOSTING_PROVIDER,
    }
