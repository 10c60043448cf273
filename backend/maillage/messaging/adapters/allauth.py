"""allauth's mails leave as messages like all others (decision 12)."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import get_language

from maillage.kernel.clock import now
from maillage.kernel.rest.throttles import network_of
from maillage.kernel.sealing import keyed_hash
from maillage.messaging import services
from maillage.messaging.services.sign_in import SIGN_IN_CODE

LONGEST_ADDRESS = 254
"""Letters of an address that a mail server takes (RFC 5321, 4.5.3.1.3, less its brackets)."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """What allauth asks of the house: no sign-up (people are invited), codes sent as messages in the quick lane."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Refuse: a user is made by invitation, when a person is given something to do."""
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        """Name a client for the limits by a keyed hash of their network: no address is kept, not even in the cache."""
        return keyed_hash(network_of(super().get_client_ip(request)), purpose="limits")[:32]

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Return who signs in with this address and password; a closed account is like one that never was."""
        user = super().authenticate(request, **credentials)
        return user if user is not None and user.is_active else None

    def add_message(self, request: HttpRequest, level: int, *args: Any, **kwargs: Any) -> None:
        """Keep what went wrong for the next page; what went right, the page itself shows."""
        if level >= messages.WARNING:
            super().add_message(request, level, *args, **kwargs)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Write down the mail that allauth asks for; one that we do not know is a change of allauth that must be seen."""
        if len(email) > LONGEST_ADDRESS:
            return  # no mailbox has such an address; the browser is answered as always
        language = get_language() or ""
        if template_prefix != "account/email/login_code":
            raise NotImplementedError(f"no message is written for {template_prefix}")
        services.queue_message(SIGN_IN_CODE.name, now=now(), address=email, language=language, secret=context["code"])
