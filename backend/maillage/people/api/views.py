"""Saved views of the list of people."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services
from maillage.people.selectors import views_of


class SharedWithOut(serializers.Serializer[Any]):
    """The area whose organisers see it."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class ViewOut(serializers.Serializer[Any]):
    """Filters and order under a name."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    filters = serializers.DictField(child=serializers.CharField())
    shared_with = SharedWithOut(allow_null=True)
    is_mine = serializers.BooleanField()


class ViewsOut(serializers.Serializer[Any]):
    """All of them."""

    items = ViewOut(many=True)


class ViewIn(serializers.Serializer[Any]):
    """A view to keep."""

    name = serializers.CharField(max_length=200, allow_blank=True)
    filters = serializers.DictField(child=serializers.CharField(max_length=64, allow_blank=True))
    shared_with = serializers.UUIDField(allow_null=True, default=None, help_text="an area where the reader organises")


class OwnViewsView(APIView):
    """What these views share."""

    policy = "people.reached"
    permission_classes = [SignedIn]

    def reader(self, request: Request) -> User:
        """Return who asks."""
        if not isinstance(request.user, User):
            raise TypeError("SignedIn lets nobody else through")
        return request.user


class SavedViewsView(OwnViewsView):
    """Saved views."""

    @extend_schema(operation_id="people_views", responses=ViewsOut)
    def get(self, request: Request) -> Response:
        """List mine and those that organisers of my areas share."""
        return Response({"items": views_of(self.reader(request), now=now())})

    @extend_schema(operation_id="people_save_view", request=ViewIn, responses={201: ViewsOut})
    def post(self, request: Request) -> Response:
        """Keep filters and order under a name; what was searched is not kept."""
        asked = ViewIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said, reader = asked.validated_data, self.reader(request)
        services.save_view(owner=reader, name=said["name"], filters=said["filters"], area_id=said["shared_with"], now=now())
        return Response({"items": views_of(reader, now=now())}, status=201)


class SavedViewView(OwnViewsView):
    """One of mine."""

    @extend_schema(operation_id="people_delete_view", responses=ViewsOut)
    def delete(self, request: Request, id: UUID) -> Response:
        """Delete it; for a day that can be undone."""
        reader = self.reader(request)
        services.delete_view(view_id=id, owner=reader, now=now())
        return Response({"items": views_of(reader, now=now())})


class RestoreViewView(OwnViewsView):
    """One that I deleted."""

    @extend_schema(operation_id="people_restore_view", request=None, responses=ViewsOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Undo it."""
        reader = self.reader(request)
        services.restore_view(view_id=id, owner=reader, now=now())
        return Response({"items": views_of(reader, now=now())})
