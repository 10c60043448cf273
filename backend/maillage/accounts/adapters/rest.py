"""Who asks the API, and whether their session may ask at all: the one place where a second factor is enforced."""

from drf_spectacular.authentication import SessionScheme
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request

from maillage.accounts import selectors
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden


class ProvedSession(SessionAuthentication):
    """A session's user, refused with `second_factor_required` where a role of theirs asks for a factor not yet proved.

    The default of every endpoint. What anyone may read, such a session reads as anyone does. The endpoints by which one
    proves, signs out or sees where one stands name SessionAuthentication.
    """

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """Return the user, None for nobody. Raises: Forbidden."""
        found = super().authenticate(request)
        if found is None or not isinstance(found[0], User):
            return None
        try:
            selectors.require_second_factor(request._request, user=found[0], now=now())
        except Forbidden:
            if getattr((request.parser_context or {}).get("view"), "policy", "") == "anyone":
                return None
            raise
        return found[0], None


class ProvedSessionScheme(SessionScheme):  # type: ignore[no-untyped-call]
    """The cookie of a proved session, in the description of the API."""

    target_class = ProvedSession  # type: ignore[assignment]
    name = "provedSession"
    priority = 0
