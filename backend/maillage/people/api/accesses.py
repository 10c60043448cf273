"""Who read something about me."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.selectors import accesses_page


class AccessOut(serializers.Serializer[Any]):
    """Somebody read something about me: who, as what, where, what, when."""

    id = serializers.IntegerField()
    at = serializers.DateTimeField()
    reader = serializers.CharField(help_text="empty where they are gone, or have not said what they are called")
    is_gone = serializers.BooleanField(help_text="the reader is no longer known here")
    role = serializers.ChoiceField(choices=Role.choices)
    place = serializers.CharField(help_text="where they held that role; empty when nobody knows any more")
    reading = serializers.CharField(help_text="what was read, by its name: people.list, relays.applications, actions.board …")
    reason = serializers.CharField(help_text="what they typed before they read, where a reason is asked for; empty otherwise")
    told = serializers.CharField(help_text="the same in the reader's language")


class AccessesOut(serializers.Serializer[Any]):
    """A page of the access log about me, the latest first; thirteen months of it are kept."""

    items = AccessOut(many=True)
    next = serializers.CharField(allow_null=True)


class MyAccessesView(APIView):
    """Who read something about the signed-in person."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="people_my_accesses", parameters=[OpenApiParameter("after"), OpenApiParameter("limit", int)], responses=AccessesOut
    )
    def get(self, request: Request) -> Response:
        """List them; a user whom nobody is behind gets an empty page."""
        if not isinstance(request.user, User):
            raise TypeError("SignedIn lets nobody else through")
        asked = request.query_params
        return Response(accesses_page(request.user, after=asked.get("after"), limit=read_limit(asked.get("limit"))))
