"""What was given beyond a cap: the treasurer's list of what goes back."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain.words import ExcessState, Method
from maillage.fundraising.selectors.excesses import excess_kept, excesses_page
from maillage.fundraising.selectors.treasury import as_treasurer
from maillage.kernel.clock import now
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.services import note_access


class ExcessOut(serializers.Serializer[Any]):
    """Cents of one donation that are beyond a cap, and who gave them."""

    id = serializers.UUIDField()
    fund = serializers.CharField(help_text="code of the recipient")
    cap = serializers.CharField()
    period = serializers.CharField(help_text="a year, or the id of an election")
    cents = serializers.IntegerField(help_text="what goes back")
    currency = serializers.CharField()
    said = serializers.CharField(help_text="which cap, in the reader's language")
    state = serializers.ChoiceField(choices=ExcessState.choices)
    reason = serializers.CharField(help_text="why it stays; empty: nothing was decided so")
    found_at = serializers.DateTimeField()
    decided_at = serializers.DateTimeField(allow_null=True)
    donation = serializers.UUIDField()
    amount = serializers.IntegerField(help_text="cents of the whole donation")
    refunded = serializers.IntegerField(help_text="cents")
    method = serializers.ChoiceField(choices=[*Method.choices, ("", "")])
    settled_at = serializers.DateTimeField()
    given_name = serializers.CharField(help_text="as declared")
    family_name = serializers.CharField()
    born_on = serializers.DateField(allow_null=True)
    email = serializers.CharField()
    is_proved = serializers.BooleanField(help_text="the owner of the address showed that it is theirs")


class ExcessesOut(serializers.Serializer[Any]):
    """A page of them, the latest first."""

    items = ExcessOut(many=True)
    next = serializers.CharField(allow_null=True)


class AuthoriseExcessIn(serializers.Serializer[Any]):
    """The agent's word that it goes back."""

    authorised_by = serializers.CharField(max_length=200, allow_blank=True)
    authorised_on = serializers.DateField()
    reference = serializers.CharField(max_length=200, allow_blank=True, help_text="letter, mail or minutes in which it is written")


class DismissExcessIn(serializers.Serializer[Any]):
    """Why it stays."""

    reason = serializers.CharField(max_length=2000, allow_blank=True)


class ExcessesView(APIView):
    """What is beyond a cap."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_excesses",
        parameters=[
            OpenApiParameter("state", enum=ExcessState.values),
            OpenApiParameter("fund", str, description="code of a recipient; empty: all that I keep"),
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
        ],
        responses=ExcessesOut,
    )
    def get(self, request: Request) -> Response:
        """List it, of the recipients that I keep, by state (to be decided, where none is named)."""
        at, query = now(), request.query_params
        page, people = excesses_page(
            request.user,
            state=ExcessState(query["state"]) if query.get("state") in ExcessState.values else ExcessState.FOUND,
            fund=query.get("fund", ""),
            after=query.get("after"),
            limit=read_limit(query.get("limit")),
            now=at,
        )
        note_access(reader=request.user, role=Role.TREASURER, reading="fundraising.excesses", person_ids=people, now=at)
        return Response(page)


class AuthoriseExcessView(APIView):
    """It goes back."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_authorise_excess", request=AuthoriseExcessIn, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Record the agent's authorisation; the donation is then given back as any other."""
        at = now()
        excess, by = excess_kept(request.user, id, now=at), as_treasurer(request.user, now=at)
        asked = AuthoriseExcessIn(data=request.data)
        asked.is_valid(raise_exception=True)
        services.authorise_excess(excess_id=excess.pk, by=by, now=at, **asked.validated_data)
        return Response(status=204)


class DismissExcessView(APIView):
    """It stays."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_dismiss_excess", request=DismissExcessIn, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Keep why it stays."""
        at = now()
        excess, by = excess_kept(request.user, id, now=at), as_treasurer(request.user, now=at)
        asked = DismissExcessIn(data=request.data)
        asked.is_valid(raise_exception=True)
        services.dismiss_excess(excess_id=excess.pk, reason=asked.validated_data["reason"], by=by, now=at)
        return Response(status=204)


class UndoExcessView(APIView):
    """Not decided after all."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_undo_excess", request=None, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Take back what was decided; it is counted anew, and stands in the list again under another id."""
        at = now()
        excess, by = excess_kept(request.user, id, now=at), as_treasurer(request.user, now=at)
        services.undo_excess(excess_id=excess.pk, by=by, now=at)
        return Response(status=204)
