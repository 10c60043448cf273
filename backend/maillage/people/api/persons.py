"""People reached: a list and a card, each as much as its reader may see (decision 9)."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.counts import CountOut
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.domain import Channel
from maillage.people.domain.listing import Agreed, Sort
from maillage.people.selectors import PeoplePage, people_count, people_page, person_card, qualifications_of, read_asked
from maillage.people.services import note_access


class PlaceOut(serializers.Serializer[Any]):
    """A commune, a country abroad or a constituency."""

    code = serializers.CharField()
    name = serializers.CharField()


class ContactOut(serializers.Serializer[Any]):
    """A way to reach the person."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    value = serializers.CharField()
    is_verified = serializers.BooleanField()
    is_chosen = serializers.BooleanField(help_text="they agreed that their relay contacts them on this channel")


class PersonOut(serializers.Serializer[Any]):
    """A person as the reader may see them: `family_name` is null for a relay, who sees the initial and agreed contacts."""

    id = serializers.UUIDField()
    given_name = serializers.CharField()
    initial = serializers.CharField()
    family_name = serializers.CharField(allow_null=True)
    locality = PlaceOut(allow_null=True)
    area = PlaceOut(allow_null=True)
    joined_on = serializers.DateField(allow_null=True, help_text="for organisers")
    contacts = ContactOut(many=True)


class LearntOut(serializers.Serializer[Any]):
    """What a person has learnt, until a day or for good."""

    code = serializers.CharField()
    name = serializers.CharField()
    obtained_on = serializers.DateField()
    ends_on = serializers.DateField(allow_null=True)


class PersonCardOut(PersonOut):
    """One person, with what else an organiser sees of them."""

    qualifications = LearntOut(many=True, help_text="for organisers, the latest first")


class PeopleOut(serializers.Serializer[Any]):
    """A page of people in the order of their names."""

    items = PersonOut(many=True)
    next = serializers.CharField(allow_null=True)
    is_near = serializers.BooleanField(help_text="nobody bears the names as typed; these are near them, the nearest first")


FILTERS = [
    OpenApiParameter("q", str, description="the beginning of a first or family name, at least two letters"),
    OpenApiParameter("area", str, description="id of an area: who lives at or below it"),
    OpenApiParameter("role", enum=Role.values, description="who holds it now"),
    OpenApiParameter("agreed", enum=[*Agreed], description="to be contacted by their relay: on a channel, on any, on none"),
    OpenApiParameter("joined_since", date),
    OpenApiParameter("is_new", enum=["1"], description="who joined in the last 30 days"),
    OpenApiParameter("seat_state", str, description="of the seat of their constituency"),
]
"""By which the list is narrowed."""


class PeopleView(APIView):
    """The people whom the reader reaches."""

    policy = "people.reached"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="people_list",
        parameters=[
            *FILTERS,
            OpenApiParameter("sort", enum=[*Sort]),
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
        ],
        responses=PeopleOut,
    )
    def get(self, request: Request) -> Response:
        """List them; who reaches nobody gets an empty page."""
        instant = now()
        page = people_page(
            request.user,
            asked=read_asked(request.query_params),
            after=request.query_params.get("after"),
            limit=read_limit(request.query_params.get("limit")),
            now=instant,
        )
        _note(request, page, reading="people.list", at=instant)
        return Response({"items": page.items, "next": page.next, "is_near": page.is_near})


class PeopleCountView(APIView):
    """How many people the reader reaches."""

    policy = "people.reached"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_count", parameters=FILTERS, responses=CountOut)
    def get(self, request: Request) -> Response:
        """Count them as asked; it names nobody."""
        count, is_more = people_count(request.user, asked=read_asked(request.query_params), now=now())
        return Response({"count": count, "is_more": is_more})


class PersonView(APIView):
    """One of them."""

    policy = "people.reached"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_read", responses=PersonCardOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return the person's card; one whom the reader does not reach is not there."""
        instant = now()
        card = person_card(request.user, person_id=id, now=instant)
        if not card.items:
            raise NotFound
        _note(request, card, reading="people.card", at=instant)
        is_organised = Role.ORGANISER in card.read_as
        learnt = qualifications_of(id, language=get_language() or "") if is_organised else []
        return Response({**card.items[0], "qualifications": learnt})


def _note(request: Request, page: PeoplePage, *, reading: str, at: datetime) -> None:
    for role, person_ids in page.read_as.items():
        note_access(reader=request.user, role=role, reading=reading, person_ids=person_ids, now=at)
