"""The middleware that tells a browser to wipe what it keeps, whatever it asks for and whoever it is (ADR 18)."""

import re
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase, HttpResponseRedirect

from maillage.accounts import services
from maillage.accounts.models import User
from maillage.kernel.clock import now

NAME_COOKIE = "maillage_vault"
"""Set by the app when it makes a vault: 64 hexadecimal digits at random. It opens nothing."""
UNSENT_COOKIE = "maillage_unsent"
"""Set by the app while something in the vault waits to be sent: that is shown before it goes (decision 16)."""
ORDER = "Maillage-Vault"
WORKER = "Maillage-Worker"
"""Sent by the app's worker with each page that it asks for. An answer that clears the storage ends the worker too, in the middle of
handing that answer on, and the browser shows an error: the app that opens is ordered by the API instead."""

_NAME = re.compile(r"[0-9a-f]{64}")
Answer = Callable[[HttpRequest], HttpResponseBase]


def wipe_vaults(answer: Answer) -> Answer:
    """Look at each request that names a vault, after it was answered: what it did may have ended the vault.

    An answer of the API carries the order, which the app obeys. A page clears the browser's storage itself, without any
    script; where something waits unsent, or a worker asks for the page, it leads to the app, which shows it first and wipes.
    """

    def looking(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        name = request.COOKIES.get(NAME_COOKIE, "")
        if not _NAME.fullmatch(name) or not _is_over(request, name):
            return response
        if request.path.startswith("/api/"):
            response[ORDER] = "wipe"
        elif not request.COOKIES.get(UNSENT_COOKIE) and WORKER not in request.headers:
            response["Clear-Site-Data"] = '"storage"'
            response.delete_cookie(NAME_COOKIE, samesite="Lax")
        elif request.method == "GET" and not request.path.startswith("/app/"):
            response = HttpResponseRedirect("/app/")
        response["Cache-Control"] = "no-store"  # what one browser is told must reach no other through a cache
        for validator in ("ETag", "Last-Modified"):
            response.headers.pop(validator, None)
        return response

    return looking


def _is_over(request: HttpRequest, name: str) -> bool:
    user = request.user if isinstance(request.user, User) else None
    session_id = getattr(request.session, "public_id", None)
    return services.is_vault_over(name=name, user=user, session_id=session_id, now=now())
