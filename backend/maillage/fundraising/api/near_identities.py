"""Who may be one person, for the treasurer to say."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain.identity import Near
from maillage.fundraising.domain.words import NearState
from maillage.fundraising.selectors.excesses import near_one_kept, near_page
from maillage.fundraising.selectors.treasury import as_treasurer
from maillage.kernel.clock import now
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.services import note_access


class NearSideOut(serializers.Serializer[Any]):
    """One of the two, as they declared themself last."""

    identity = serializers.UUIDField()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    born_on = serializers.DateField(allow_null=True)
    email = serializers.CharField()
    postcode = serializers.CharField()
    city = serializers.CharField()
    is_proved = serializers.BooleanField(help_text="the owner of the address showed that it is theirs")
    given = serializers.IntegerField(help_text="cents that they gave to the recipients that the reader keeps, less what went back")


class NearIdentityOut(serializers.Serializer[Any]):
    """Two who may be one, and why."""

    id = serializers.UUIDField()
    why = serializers.ChoiceField(choices=[(near.value, near.value) for near in Near])
    said = serializers.CharField(help_text="why, in the reader's language")
    state = serializers.ChoiceField(choices=NearState.choices)
    found_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    sides = NearSideOut(many=True, help_text="the older one first")


class NearIdentitiesOut(serializers.Serializer[Any]):
    """A page of them, the latest first."""

    items = NearIdentityOut(many=True)
    next = serializers.CharField(allow_null=True)


class DecideNearIn(serializers.Serializer[Any]):
    """What they are; `open` takes back what was said."""

    state = serializers.ChoiceField(choices=NearState.choices)


class NearIdentitiesView(APIView):
    """Who may be one person."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_near_identities",
        parameters=[OpenApiParameter("state", enum=NearState.values), OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses=NearIdentitiesOut,
    )
    def get(self, request: Request) -> Response:
        """List pairs of which both gave to recipients that I keep, by state (to be decided, where none is named)."""
        at, query = now(), request.query_params
        page, people = near_page(
            request.user,
            state=NearState(query["state"]) if query.get("state") in NearState.values else NearState.OPEN,
            after=query.get("after"),
            limit=read_limit(query.get("limit")),
            now=at,
        )
        note_access(reader=request.user, role=Role.TREASURER, reading="fundraising.near_identities", person_ids=people, now=at)
        return Response(page)


class DecideNearView(APIView):
    """They are one, or two."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_decide_near", request=DecideNearIn, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Keep what they are: one person is counted as one, and what is too much then is found. Safe to repeat, and undone the same way."""
        at = now()
        pair, by = near_one_kept(request.user, id, now=at), as_treasurer(request.user, now=at)
        asked = DecideNearIn(data=request.data)
        asked.is_valid(raise_exception=True)
        services.decide_near(near_id=pair.pk, state=NearState(asked.validated_data["state"]), by=by, now=at)
        return Response(status=204)
