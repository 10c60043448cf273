"""Who decides: a card each, for anyone to read."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.advocacy import selectors
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import Anyone


class OfficeAreaOut(serializers.Serializer[Any]):
    """The seat that they sit for."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()


class GroupOut(serializers.Serializer[Any]):
    """Their political group; `colour` is empty where none is published."""

    abbreviation = serializers.CharField()
    name = serializers.CharField()
    colour = serializers.CharField()


class OfficeHolderOut(serializers.Serializer[Any]):
    """A sitting office holder, by public-office facts only."""

    id = serializers.UUIDField()
    full_name = serializers.CharField()
    civility = serializers.CharField()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    office_email = serializers.CharField(help_text="empty where none is published")
    profile_url = serializers.CharField()
    body = serializers.CharField(help_text="the assembly: fr-assemblee")
    since = serializers.DateField(allow_null=True, help_text="first day of the mandate; null where no list says it")
    area = OfficeAreaOut()
    group = GroupOut(allow_null=True)
    offices = serializers.ListField(child=serializers.CharField(), help_text="in the assembly, in its words")


class OfficeHoldersOut(serializers.Serializer[Any]):
    """A page of them, by the code of their seat."""

    items = OfficeHolderOut(many=True)
    next = serializers.CharField(allow_null=True)


class OfficeHoldersView(APIView):
    """Who sits."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(
        operation_id="advocacy_office_holders",
        parameters=[
            OpenApiParameter("area", description="code of a seat, or id of an area that holds seats"),
            OpenApiParameter("after"),
            OpenApiParameter("limit", int),
        ],
        responses=OfficeHoldersOut,
    )
    def get(self, request: Request) -> Response:
        """List the sitting office holders, or those of an area."""
        asked = request.query_params
        page = keyset_page(
            selectors.card_rows(area=asked.get("area", "")),
            keys=["area__code", "id"],
            after=asked.get("after"),
            limit=read_limit(asked.get("limit")),
            shape=lambda row: shape(selectors.card_of(row)),
        )
        return Response(page)


class OfficeHolderView(APIView):
    """One of them."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="advocacy_office_holder", responses=OfficeHolderOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return a card."""
        return Response(shape(selectors.card(id)))


def shape(card: selectors.Card) -> dict[str, Any]:
    """Say a card in the shape of OfficeHolderOut."""
    return {
        "id": card.id,
        "full_name": card.full_name,
        "civility": card.civility,
        "given_name": card.given_name,
        "family_name": card.family_name,
        "office_email": card.office_email,
        "profile_url": card.profile_url,
        "body": card.body,
        "since": card.begins_on if card.is_begin_known else None,
        "offices": card.offices,
        "area": {"id": card.area_id, "code": card.area_code, "name": card.area_name},
        "group": {"abbreviation": card.group_abbreviation, "name": card.group_name, "colour": card.group_colour}
        if card.group_name
        else None,
    }
