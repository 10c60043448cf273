"""The seats that I hold."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.relays import selectors
from maillage.relays.domain import TermKind
from maillage.relays.domain.handing_over import NEW_HOLDER


class OwnTermOut(serializers.Serializer[Any]):
    """A seat that I hold now; `is_new` in the first thirty days, when the one page of the place comes first."""

    id = serializers.UUIDField()
    seat = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=TermKind.choices)
    starts_at = serializers.DateTimeField()
    is_new = serializers.BooleanField()


class OwnTermsOut(serializers.Serializer[Any]):
    """All of them, the longest held first."""

    items = OwnTermOut(many=True)


class OwnTermsView(APIView):
    """The seats that I hold."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_terms_mine", responses=OwnTermsOut)
    def get(self, request: Request) -> Response:
        """List my running terms."""
        instant = now()
        items = [
            {
                "id": term.pk,
                "seat": term.seat_id,
                "code": term.seat.area.code,
                "name": term.seat.area.called,
                "kind": term.kind,
                "starts_at": term.starts_at,
                "is_new": instant - term.starts_at < NEW_HOLDER,
            }
            for term in selectors.running_terms_of(request.user)
        ]
        return Response({"items": items})
