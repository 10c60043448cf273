"""Nothing is public before a legal notice."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _

from maillage.kernel.rest.problems import problem_response
from maillage.people.selectors.organisation import organisation

Answer = Callable[[HttpRequest], HttpResponseBase]

ALWAYS_OPEN = (
    "/healthz",
    "/readyz",
    "/app/",
    "/api/v1/accounts/",
    "/api/v1/schema/",
    # geography is no publication of the organisation
    "/api/v1/territories/",
    "/maps/",
    "/tiles/",
    # machines tell what happened, whoever may read the site
    "/webhooks/",
)
OPEN_IN_ANY_LANGUAGE = (
    "sign-in/",
    "mail/",
    "a/",
    "relays/apply/confirm/",
    "relays/apply/withdraw/",
    "relays/apply/missed/",
    "relays/asked/",
    "relays/charter/",
    "relays/conversation/",
    "relays/join/confirm/",
    "relays/still-here/",
    "relays/write/confirm/",
)
"""Signing in, and the links of mails: who was written to can always answer it and stop it."""

RETRY_AFTER_SECONDS = 3600


class ClosedUntilOpen:
    """Until the organisation opened its site, show who is not signed in that it is not open yet; and only in its languages."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.path.startswith(ALWAYS_OPEN):
            return self.get_response(request)
        house = organisation()
        language, _slash, rest = request.path.removeprefix("/").partition("/")
        is_page = language in dict(settings.LANGUAGES)
        if is_page and language not in house.languages and request.method in ("GET", "HEAD"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponseRedirect(f"/{house.languages[0]}/{rest}" + (f"?{query}" if query else ""))
        if house.is_open or not settings.CLOSED_UNTIL_OPENED or request.user.is_authenticated:
            return self.get_response(request)
        if is_page and rest.startswith(OPEN_IN_ANY_LANGUAGE):
            return self.get_response(request)
        return _closed(request)


def _closed(request: HttpRequest) -> HttpResponseBase:
    if request.path.startswith("/api/"):
        response = problem_response(status=503, code="not_open", detail=_("This site is not open to the public yet. Nothing was kept."))
    else:
        response = render(request, "people/closed.html", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response
