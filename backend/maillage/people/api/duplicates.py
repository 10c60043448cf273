"""Pairs of records that may be of one person, for the organisers of both places."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.rest.counts import CountOut
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import selectors, services
from maillage.people.api.persons import PersonOut
from maillage.people.domain.merging import Alike
from maillage.people.selectors import PeoplePage
from maillage.people.services import note_access


class AlikeOut(serializers.Serializer[Any]):
    """Why two records may be of one person."""

    code = serializers.ChoiceField(choices=Alike.choices)
    told = serializers.CharField()


class DuplicateOut(serializers.Serializer[Any]):
    """Two records that may be of one person, and why, the strongest reason first."""

    id = serializers.UUIDField()
    reasons = AlikeOut(many=True)
    people = PersonOut(many=True)


class DuplicatesOut(serializers.Serializer[Any]):
    """A page of pairs, the strongest first."""

    items = DuplicateOut(many=True)
    next = serializers.CharField(allow_null=True)


class TellApartIn(serializers.Serializer[Any]):
    """Two records of two people."""

    person = serializers.UUIDField()
    other = serializers.UUIDField()


class ToldApartOut(serializers.Serializer[Any]):
    """That they are two; its id takes it back."""

    id = serializers.UUIDField()


class DuplicatesView(APIView):
    """Pairs that may be one person."""

    policy = "people.organised"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="people_duplicates",
        parameters=[OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses=DuplicatesOut,
    )
    def get(self, request: Request) -> Response:
        """List those whose both people I organise; who organises nobody gets an empty page."""
        instant, query = now(), request.query_params
        page, cards = selectors.likenesses_page(request.user, after=query.get("after"), limit=read_limit(query.get("limit")), now=instant)
        note_cards(request, cards, reading="people.duplicates", at=instant)
        return Response(page)


class DuplicatesCountView(APIView):
    """How many such pairs there are."""

    policy = "people.organised"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_duplicates_count", responses=CountOut)
    def get(self, request: Request) -> Response:
        """Count them, up to a thousand; it names nobody."""
        count, is_more = selectors.likenesses_count(request.user, now=now())
        return Response({"count": count, "is_more": is_more})


class ToldApartView(APIView):
    """These are two people."""

    policy = "people.organised"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_tell_apart", request=TellApartIn, responses={201: ToldApartOut})
    def post(self, request: Request) -> Response:
        """Keep that two records are of two people: the pair is proposed no more. Safe to repeat."""
        asked = TellApartIn(data=request.data)
        asked.is_valid(raise_exception=True)
        pair = asked.validated_data
        told = services.tell_apart(one_id=pair["person"], other_id=pair["other"], by=organiser(request), now=now())
        return Response({"id": told.pk}, status=201)


class ProposeAgainView(APIView):
    """Perhaps they are one after all."""

    policy = "people.organised"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_propose_again", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Undo that two records are of two people."""
        services.propose_again(told_apart_id=id, by=organiser(request), now=now())
        return Response(status=204)


def organiser(request: Request) -> User:
    """Return who asks; whether they organise anybody is asked of each person."""
    if not isinstance(request.user, User):
        raise TypeError("SignedIn lets nobody else through")
    return request.user


def note_cards(request: Request, cards: PeoplePage, *, reading: str, at: datetime) -> None:
    """Write into the access log whose cards are shown."""
    for role, person_ids in cards.read_as.items():
        note_access(reader=request.user, role=role, reading=reading, person_ids=person_ids, now=at)
