"""What every public page's shell needs."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """Name the organisation in each page's header and footer."""
    return {"organisation": settings.ORGANISATION_NAME}
