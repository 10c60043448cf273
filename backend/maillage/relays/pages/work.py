"""What a relay does: a page that anyone may read before and after asking for a seat."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from maillage.accounts.domain import Role
from maillage.people.domain import who_sees_what
from maillage.relays.domain import SIGN_OF_LIFE


@require_safe
def work(request: HttpRequest) -> HttpResponse:
    """Say what is asked of a relay, who sees what, and how one leaves."""
    context = {"sights": who_sees_what((Role.RELAY, Role.ORGANISER)), "days": SIGN_OF_LIFE.days}
    response = render(request, "relays/work.html", context)
    patch_cache_control(response, public=True, max_age=300)
    return response
