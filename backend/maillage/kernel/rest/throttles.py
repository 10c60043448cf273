"""How often one network may write to a public endpoint (decision 16)."""

import ipaddress
from typing import cast

from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle
from rest_framework.views import APIView

from maillage.kernel.errors import Refusal


class PublicWrites(SimpleRateThrottle):
    """Limit unsafe requests by network: an IPv4 address, or an IPv6 /64. Only a keyed hash of it is kept, for an hour."""

    scope = "public_writes"

    def get_rate(self) -> str:
        return f"{settings.PUBLIC_WRITES_AN_HOUR}/hour"

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        if request.method in ("GET", "HEAD", "OPTIONS"):
            return None
        return f"throttle:{type(view).__name__}:{network_mark('public_writes', request)}"


class TooMany(Refusal):
    """This network wrote too often in an hour."""

    status = 429
    code = "throttled"


def limit_page(request: HttpRequest, *, name: str) -> None:
    """Count a form that was posted to a page, by network, as `PublicWrites` counts those of the API. Raises: TooMany."""
    if not _PageWrites(name).allow_request(cast("Request", request), cast("APIView", None)):
        raise TooMany(_("Too many forms came from your network in the last hour. Nothing was lost: try again later."))


class _PageWrites(PublicWrites):
    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name

    def get_cache_key(self, request: Request, view: APIView) -> str | None:
        return f"throttle:{self.name}:{network_mark('public_writes', request)}"


def network_mark(purpose: str, request: HttpRequest | Request) -> str:
    """Mark a request's network for one purpose: 24 letters of a keyed hash, from which no address can be read (ADR 14)."""
    ident = BaseThrottle().get_ident(cast("Request", request))  # it reads META, which both have
    return salted_hmac(purpose, network_of(ident)).hexdigest()[:24]


def browser_mark(purpose: str, request: HttpRequest | Request) -> str:
    """Mark a request's network together with what its browser says of itself, for one purpose: 24 letters of a keyed hash."""
    said = ":".join(request.headers.get(name, "") for name in ("User-Agent", "Accept-Language", "Sec-CH-UA"))
    return salted_hmac(purpose, f"{network_mark(purpose, request)}:{said}").hexdigest()[:24]


def network_of(ident: str) -> str:
    """Name the network of a client: its IPv4 address, also where it is written as an IPv6 one, or the /64 of its IPv6 address."""
    try:
        address = ipaddress.ip_address(ident)
    except ValueError:
        return ident
    if isinstance(address, ipaddress.IPv6Address):
        return str(address.ipv4_mapped or ipaddress.ip_network(f"{address}/64", strict=False))
    return str(address)
