"""Answers that say which version they are, so that a screen that asks again hears "304, the same" (decision 6)."""

import hashlib
from typing import Any

from django.http import HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from rest_framework.request import Request

from maillage.kernel.rest.renderers import OrjsonRenderer


def same(request: Request, etag: str) -> HttpResponse | None:
    """Return a 304 when the client already holds this version, else None: ask before the costly query."""
    answer = get_conditional_response(request._request, etag=etag)
    return _told(answer, etag) if answer is not None and answer.status_code == 304 else None


def tagged(request: Request, data: Any, *, etag: str = "") -> HttpResponse:
    """Answer with data and its version, or with 304; without `etag` the version is the content's own hash."""
    body = OrjsonRenderer().render(data)
    etag = etag or etag_of(body)
    return same(request, etag) or _told(HttpResponse(body, content_type="application/json"), etag)


def etag_of(*parts: object) -> str:
    """Make a version from whatever determines an answer."""
    digest = hashlib.blake2b(digest_size=12)
    for part in parts:
        digest.update(part if isinstance(part, bytes) else str(part).encode())
        digest.update(b"\0")
    return f'"{digest.hexdigest()}"'


def _told(answer: HttpResponse, etag: str) -> HttpResponse:
    answer["ETag"] = etag
    answer["Cache-Control"] = "private, no-cache"
    patch_vary_headers(answer, ["Cookie", "Accept-Language"])
    return answer
