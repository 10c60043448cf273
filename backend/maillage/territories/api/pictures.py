"""The files of the pictures: cached for ever under the name of their set, so a view reads one row and leaves."""

import gzip

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.rest.problems import problem_response
from maillage.territories.selectors import pictures
from maillage.territories.selectors.pictures import Picture

FOR_EVER = "public, max-age=31536000, immutable"
TILE_TYPE = "application/vnd.mapbox-vector-tile"
MOST_DIGITS = 6


@require_safe
def national_svg(request: HttpRequest, set_hash: str, kind: str) -> HttpResponseBase:
    """Serve `/maps/{hash}/{kind}.svg`."""
    try:
        return _served(request, pictures.national_svg(set_hash=set_hash, kind=kind), "image/svg+xml")
    except Refusal as refusal:
        return _refused(refusal)


@require_safe
def tile(request: HttpRequest, set_hash: str, kind: str, z: str, x: str, y: str) -> HttpResponseBase:
    """Serve `/tiles/{hash}/{kind}/{z}/{x}/{y}.mvt`: 204 where nothing lies."""
    try:
        place = {name: _number(name, given) for name, given in (("z", z), ("x", x), ("y", y))}
        return _served(request, pictures.tile(set_hash=set_hash, kind=kind, **place), TILE_TYPE)
    except Refusal as refusal:
        return _refused(refusal)


def _number(name: str, given: str) -> int:
    if not (given.isascii() and given.isdigit() and len(given) <= MOST_DIGITS):
        raise Invalid(_("A tile is named by three whole numbers."), code="bad_tile", fields={name: [_("A whole number.")]})
    return int(given)


def _served(request: HttpRequest, picture: Picture, content_type: str) -> HttpResponse:
    zipped = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{picture.etag}{"-gz" if zipped else ""}"'
    if etag in request.headers.get("If-None-Match", "").split(", "):
        response = HttpResponse(status=304)
    elif not picture.body:
        response = HttpResponse(status=204)
    elif zipped:
        response = HttpResponse(picture.body, content_type=content_type, headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(picture.body), content_type=content_type)
    response.headers["Cache-Control"] = FOR_EVER
    response.headers["ETag"] = etag
    patch_vary_headers(response, ("Accept-Encoding",))
    return response


def _refused(refusal: Refusal) -> HttpResponse:
    return problem_response(status=refusal.status, code=refusal.code, detail=refusal.detail)
