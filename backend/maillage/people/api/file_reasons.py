"""Why a table that names people is taken away: asked before each, told to everyone in it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request

from maillage.accounts.models import User
from maillage.kernel.errors import Forbidden
from maillage.people import services
from maillage.people.domain import ReasonKind
from maillage.people.domain.reasons import LONGEST_REASON


class FileReasonIn(serializers.Serializer[Any]):
    """Why a table of people is taken away: the people concerned read it."""

    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True)


def typed_reason(request: Request, *, at: datetime) -> UUID:
    """Keep why a table of people is taken away. Raises: Invalid (reason)."""
    wanted = FileReasonIn(data=request.data)
    wanted.is_valid(raise_exception=True)
    if not isinstance(request.user, User):
        raise Forbidden(code="organisers_only")
    return services.give_reason(reader=request.user, kind=ReasonKind.EXPORT, words=wanted.validated_data["reason"], now=at).pk
