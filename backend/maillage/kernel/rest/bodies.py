"""Bodies of requests that are read as they come, files among them."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from maillage.kernel.errors import Invalid

_PIECE = 64 * 1024


class Untouched(BaseParser):
    """Leave a body to be read as it comes; without it, looking for a CSRF token in a form already refuses the file."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Read nothing."""
        return {}


class TooLarge(Invalid):
    """A file is larger than any of its kind is."""

    status = 413
    code = "too_large"


def body_of(request: Request, *, most: int) -> bytes:
    """Read the body of a request piece by piece, up to so many bytes. Raises: TooLarge, Invalid (`empty_file`)."""
    pieces, length = [], 0
    while piece := request._request.read(_PIECE):
        length += len(piece)
        if length > most:
            raise TooLarge(_("This is too large to send."))
        pieces.append(piece)
    if not length:
        raise Invalid(_("This file is empty."), code="empty_file")
    return b"".join(pieces)
