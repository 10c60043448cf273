"""Two records of one person: seen side by side, joined, taken apart."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.selectors import RecentlyProved
from maillage.kernel.clock import now
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import selectors, services
from maillage.people.api.duplicates import note_cards, organiser
from maillage.people.api.persons import PersonOut
from maillage.people.domain.merging import MERGED_FIELDS, Kept
from maillage.people.services import note_access


class MergedPairIn(serializers.Serializer[Any]):
    """The record that stays, and the one that is joined to it."""

    kept = serializers.UUIDField()
    absorbed = serializers.UUIDField()


class ComparedOut(serializers.Serializer[Any]):
    """What both hold of one thing, and whose is proposed."""

    name = serializers.ChoiceField(choices=[*MERGED_FIELDS])
    kept = serializers.CharField(allow_blank=True)
    absorbed = serializers.CharField(allow_blank=True)
    differs = serializers.BooleanField()
    chosen = serializers.ChoiceField(choices=[*Kept])


class MovesOut(serializers.Serializer[Any]):
    """How many rows of one kind go to the record that stays, and how many cannot: it has the same already."""

    told = serializers.CharField()
    moves = serializers.IntegerField()
    stays = serializers.IntegerField()


class MergePreviewOut(serializers.Serializer[Any]):
    """Two records side by side, and what joining them would do."""

    kept = PersonOut()
    absorbed = PersonOut()
    compared = ComparedOut(many=True)
    moves = MovesOut(many=True)
    withdrawn = serializers.IntegerField(help_text="agreements of one that end because the other took them back")
    two_users = serializers.BooleanField(help_text="both sign in: afterwards only the one that stays does")
    bars = serializers.ListField(child=serializers.CharField(), help_text="what has to be settled first")


class ValuesIn(serializers.Serializer[Any]):
    """Whose value is kept, where it is not that of the record that stays."""

    given_name = serializers.ChoiceField(choices=[*Kept], required=False)
    family_name = serializers.ChoiceField(choices=[*Kept], required=False)
    place = serializers.ChoiceField(choices=[*Kept], required=False)


class MergeIn(MergedPairIn):
    """Join them."""

    values = ValuesIn(default=dict)


class MergeOut(serializers.Serializer[Any]):
    """Two records were joined, and perhaps taken apart since."""

    id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    absorbed_id = serializers.UUIDField()
    person = serializers.CharField()
    absorbed = serializers.CharField()
    by = serializers.CharField(allow_blank=True)
    merged_at = serializers.DateTimeField()
    undone_at = serializers.DateTimeField(allow_null=True)


class MergesOut(serializers.Serializer[Any]):
    """A page of merges, the latest first."""

    items = MergeOut(many=True)
    next = serializers.CharField(allow_null=True)


class MergedOut(serializers.Serializer[Any]):
    """The merge; its id takes the two apart."""

    id = serializers.UUIDField()


class MergePreviewView(APIView):
    """What joining two records would do."""

    policy = "people.organised"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="people_merge_preview",
        parameters=[OpenApiParameter("kept", UUID, required=True), OpenApiParameter("absorbed", UUID, required=True)],
        responses=MergePreviewOut,
    )
    def get(self, request: Request) -> Response:
        """Show them side by side; nothing changes."""
        asked = MergedPairIn(data=request.query_params)
        asked.is_valid(raise_exception=True)
        pair, instant = asked.validated_data, now()
        preview, cards = selectors.merge_preview(organiser(request), kept_id=pair["kept"], absorbed_id=pair["absorbed"], now=instant)
        note_cards(request, cards, reading="people.side_by_side", at=instant)
        return Response(preview)


class MergesView(APIView):
    """Records that were joined."""

    policy = "people.organised"

    def get_permissions(self) -> list[Any]:
        """Joining asks for a recent proof: it opens two files at once."""
        return [SignedIn(), RecentlyProved()] if self.request.method == "POST" else [SignedIn()]

    @extend_schema(
        operation_id="people_merges",
        parameters=[OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses=MergesOut,
    )
    def get(self, request: Request) -> Response:
        """List those whose people I organise, the latest first; who organises nobody gets an empty page."""
        instant, query = now(), request.query_params
        page, named = selectors.merges_page(request.user, after=query.get("after"), limit=read_limit(query.get("limit")), now=instant)
        note_access(reader=request.user, role=Role.ORGANISER, reading="people.merges", person_ids=named, now=instant)
        return Response(page)

    @extend_schema(operation_id="people_merge", request=MergeIn, responses={201: MergedOut})
    def post(self, request: Request) -> Response:
        """Join two records of one person; it can be undone as long as both are known."""
        asked = MergeIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        merge = services.merge_people(
            kept_id=said["kept"],
            absorbed_id=said["absorbed"],
            values={name: Kept(value) for name, value in said["values"].items()},
            by=organiser(request),
            now=now(),
        )
        return Response({"id": merge.pk}, status=201)


class TakeApartView(APIView):
    """A merge undone."""

    policy = "people.organised"
    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="people_take_apart", request=None, responses=MergedOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take the two records apart: each gets back what was its own. Safe to repeat."""
        services.take_apart(merge_id=id, by=organiser(request), now=now())
        return Response({"id": id})
