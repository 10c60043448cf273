"""What somebody said in person or by telephone: that they want no more."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.permissions import SignedIn
from maillage.messaging.services.preferences import stop_as_said


class SaidStopIn(serializers.Serializer[Any]):
    """Who said it, and of what."""

    person = serializers.UUIDField()
    purpose = serializers.CharField(max_length=64, allow_blank=True, default="", help_text="empty: of everything")
    reason = serializers.UUIDField(allow_null=True, default=None, help_text="of the data-protection officer, about that person")


class SaidStopOut(serializers.Serializer[Any]):
    """What came of it."""

    changed = serializers.IntegerField(help_text="how many agreements and kinds of mail stood, and ended; 0: none did")


class StopsView(APIView):
    """What people said they want no more of."""

    policy = "messaging.stops"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="messaging_stop_as_said", request=SaidStopIn, responses=SaidStopOut)
    def post(self, request: Request) -> Response:
        """Write down that somebody whom I reach takes it back. Only they can give it again."""
        if not isinstance(request.user, User):
            raise Forbidden
        asked = SaidStopIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        changed = stop_as_said(person_id=said["person"], purpose=said["purpose"], by=request.user, reason_id=said["reason"], now=now())
        return Response({"changed": changed})
