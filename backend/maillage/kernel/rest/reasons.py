"""Why a table that names people is taken away: asked before each, whichever app it is of."""

from typing import Any

from rest_framework import serializers
from rest_framework.request import Request


class FileReasonIn(serializers.Serializer[Any]):
    """Why a table of people is taken away: the people concerned read it."""

    reason = serializers.CharField(max_length=500, allow_blank=True)


def typed_reason(request: Request) -> str:
    """Read the reason that somebody typed. Raises: ValidationError (reason)."""
    typed = FileReasonIn(data=request.data)
    typed.is_valid(raise_exception=True)
    return str(typed.validated_data["reason"])
