"""What a relay does: a page that anyone may read before and after asking for a seat."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.people.domain import who_sees_what
from maillage.relays.domain import SIGN_OF_LIFE
from maillage.relays.selectors.networks import current_network, office_of


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Say what is asked of a relay, who sees what, and how one leaves."""
    network = current_network(now=now())
    context = {
        "sights": who_sees_what((Role.RELAY, Role.ORGANISER)),
        "days": SIGN_OF_LIFE.days,
        "office": office_of(network, language=get_language() or "fr") if network else _("member of parliament"),
    }
    response = render(request, "relays/work.html", context)
    patch_cache_control(response, public=True, max_age=300)
    return response
