"""Who works for an office holder, by who serves the place."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.advocacy import selectors, services
from maillage.advocacy.api.shapes import actor
from maillage.advocacy.domain.staff import NAME_MOST, ROLE_MOST
from maillage.advocacy.models import StaffMember
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn


class StaffIn(serializers.Serializer[Any]):
    """Somebody who works there: what the office says of them, nothing private."""

    name = serializers.CharField(max_length=NAME_MOST)
    role = serializers.CharField(max_length=ROLE_MOST)
    office_email = serializers.EmailField(allow_blank=True, default="")


class StaffOut(StaffIn):
    """The same, with its id."""

    id = serializers.UUIDField()


class StaffListOut(serializers.Serializer[Any]):
    """Everybody noted, by name."""

    items = StaffOut(many=True)


class StaffView(APIView):
    """All of one office holder; a new one."""

    policy = "advocacy.staff"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_staff", responses=StaffListOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List who works for somebody who sits: relay and stand-in of the place, organisers above."""
        selectors.holder_seen(request.user, id, now=now())
        return Response({"items": [_shape(member) for member in selectors.staff_of(id)]})

    @extend_schema(operation_id="advocacy_staff_note", request=StaffIn, responses={201: StaffOut})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Note somebody, until the mandate ends."""
        selectors.holder_seen(request.user, id, now=now())
        wanted = StaffIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        member = services.note_staff(holder_id=id, by=actor(request), now=now(), **wanted.validated_data)
        return Response(_shape(member), status=201)


class StaffMemberView(APIView):
    """One of them."""

    policy = "advocacy.staff"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_staff_remove", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Take them away: they left, or asked for it."""
        member = selectors.staff_seen(request.user, id, now=now())
        services.remove_staff(member=member, by=actor(request), now=now())
        return Response(status=204)


def _shape(member: StaffMember) -> dict[str, Any]:
    return {"id": member.pk, "name": member.name, "role": member.role, "office_email": member.office_email}
