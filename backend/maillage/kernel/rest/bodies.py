"""Bodies of requests that are read as they come."""

from collections.abc import Mapping
from typing import Any

from rest_framework.parsers import BaseParser


class Untouched(BaseParser):
    """Leave a body to be read as it comes; without it, looking for a CSRF token in a form already refuses the file."""

    media_type = "*/*"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """Read nothing."""
        return {}
