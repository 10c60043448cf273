"""The photo of a relay, to anybody, for as long as they show it."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_safe

from maillage.kernel.errors import NotFound
from maillage.kernel.http import not_found
from maillage.relays.selectors.photos import photo_bytes


@require_safe
def photo(request: HttpRequest, id: UUID) -> HttpResponse:
    """Answer with the picture. A browser or a proxy may keep it, and asks each time whether it is still shown."""
    try:
        body = photo_bytes(id)
    except NotFound:
        response = not_found(request)
        response["Cache-Control"] = "no-store"
        return response
    tag = f'"{id}"'  # another photo has another address
    answer = HttpResponseNotModified() if request.headers.get("If-None-Match") == tag else HttpResponse(body, content_type="image/jpeg")
    answer["ETag"] = tag
    answer["Cache-Control"] = "public, no-cache"
    answer["X-Robots-Tag"] = "noindex, noimageindex"
    return answer
