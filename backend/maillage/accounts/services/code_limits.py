"""How many codes an address may be sent, whoever asks, and how many of them one network may ask for (ADR 15)."""

from allauth.core import ratelimit
from allauth.core.internal.ratelimit import get_ip
from django.http import HttpRequest


def count_code(request: HttpRequest, email: str) -> bool:
    """Count a code against the limits of its address and of the network that asks; say whether it still may be sent.

    What one network asks for an address comes first: refused there, it takes nothing from what others may ask for.
    """
    address = email.lower()
    from_here = f"{address} {get_ip(request)}"
    return bool(
        ratelimit.consume(request, action="request_login_code_from_here", key=from_here)
        and ratelimit.consume(request, action="request_login_code", key=address)
    )
