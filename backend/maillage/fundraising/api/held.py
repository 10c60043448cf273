"""Cards that wait for the treasurer."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising import services
from maillage.fundraising.api.treasury import PAGED, WhoseOut, WordsIn, is_asked, note_read, page_asked, reader, whose
from maillage.fundraising.domain.words import (
    DonationState,
    HeldFor,
    HeldOutcome,
)
from maillage.fundraising.selectors import money
from maillage.fundraising.selectors.treasury import recipient_kept
from maillage.kernel.clock import now
from maillage.kernel.rest.pages import keyset_page
from maillage.kernel.rest.permissions import SignedIn


class HeldOut(WhoseOut):
    """A card that waits for the treasurer, or about which it was decided."""

    amount = serializers.IntegerField(help_text="cents")
    country = serializers.CharField(help_text="of the donor's address")
    reason = serializers.ChoiceField(choices=HeldFor.choices)
    held_at = serializers.DateTimeField()
    given_up_at = serializers.DateTimeField(help_text="when it is given up unless somebody decides")
    outcome = serializers.ChoiceField(choices=HeldOutcome.choices)
    words = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class HeldsOut(serializers.Serializer[Any]):
    """A page of such cards: those that wait by who waits longest, the others the newest first."""

    items = HeldOut(many=True)
    next = serializers.CharField(allow_null=True)


class DecidedOut(serializers.Serializer[Any]):
    """What became of it; still `held` where the provider does not answer, which is followed up."""

    state = serializers.ChoiceField(choices=DonationState.choices)


class HeldView(APIView):
    """Cards that wait for the treasurer."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_held",
        parameters=[OpenApiParameter("decided", bool, description="true: those about which it was decided"), *PAGED],
        responses=HeldsOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them."""
        fund = recipient_kept(request.user, code=code, now=now())
        is_waiting = not is_asked(request, "decided")
        keys = ["given_up_at", "donation_id"] if is_waiting else ["-held_at", "-donation_id"]
        page = keyset_page(money.held_of(fund, is_waiting=is_waiting), keys=keys, **page_asked(request))
        note_read(request, page["items"], "fundraising.held")
        items = [whose(row) | {"amount": row["donation__amount"], "country": row["donation__donor__country"]} for row in page["items"]]
        return Response({**page, "items": items})


class TakeHeldView(APIView):
    """Taking a card that waited."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_held_take", request=None, responses=DecidedOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take what its bank granted."""
        at = now()
        donation = money.donation_kept(request.user, id=id, now=at)
        return Response({"state": services.take_held(donation_id=donation.pk, by=reader(request), now=at).state})


class RefuseHeldView(APIView):
    """Refusing a card that waited."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_held_refuse", request=WordsIn, responses=DecidedOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take nothing; the donor is told why, in these words."""
        at = now()
        donation = money.donation_kept(request.user, id=id, now=at)
        said = WordsIn(data=request.data)
        said.is_valid(raise_exception=True)
        done = services.refuse_held(donation_id=donation.pk, words=said.validated_data["words"], by=reader(request), now=at)
        return Response({"state": done.state})
