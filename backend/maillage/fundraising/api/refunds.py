"""What goes back of a donation, and the agent's word for it."""

from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising import services
from maillage.fundraising.api.treasury import reader
from maillage.fundraising.domain.words import (
    DisputeState,
    RefundState,
)
from maillage.fundraising.models import Donation, RefundRequest
from maillage.fundraising.selectors import money
from maillage.fundraising.services.refunds import is_authorisation_needed, is_by_hand, left_authorised, left_to_give_back
from maillage.journal.idempotency import HEADER, idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.kernel.rest.permissions import SignedIn


class RefundIn(serializers.Serializer[Any]):
    """What is to go back."""

    amount = serializers.IntegerField(help_text="cents")
    reason = serializers.CharField(max_length=300, help_text="for the books")
    given_on = serializers.DateField(required=False, help_text="of what came by hand: the day on which the bank account paid it back")


class RefundOut(serializers.Serializer[Any]):
    """A refund that was asked for."""

    id = serializers.UUIDField()
    amount = serializers.IntegerField(help_text="cents")
    reason = serializers.CharField()
    state = serializers.ChoiceField(choices=RefundState.choices)
    failure = serializers.CharField(help_text="the provider's code of why not")
    asked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class AuthorisationIn(serializers.Serializer[Any]):
    """That the agent agreed."""

    amount = serializers.IntegerField(help_text="cents at most")
    authorised_by = serializers.CharField(max_length=200)
    authorised_on = serializers.DateField()
    reference = serializers.CharField(max_length=200, help_text="letter, mail or minutes in which it is written")


class AuthorisationOut(AuthorisationIn):
    """That the agent agreed, as it was recorded."""

    id = serializers.UUIDField()
    recorded_at = serializers.DateTimeField()


class DisputeLineOut(serializers.Serializer[Any]):
    """A dispute, beside its donation."""

    id = serializers.CharField()
    amount = serializers.IntegerField(help_text="cents")
    state = serializers.ChoiceField(choices=DisputeState.choices)
    reason = serializers.CharField()
    opened_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)


class GivenBackOut(serializers.Serializer[Any]):
    """What went back of a donation, and what may."""

    amount = serializers.IntegerField(help_text="cents")
    refunded = serializers.IntegerField(help_text="cents, by refunds and by banks")
    left = serializers.IntegerField(help_text="cents that may still go back")
    needs_authorisation = serializers.BooleanField(help_text="the law lets it go back by the agent's word only")
    authorised = serializers.IntegerField(help_text="cents of that which are authorised; below zero where too much went back")
    requests = RefundOut(many=True)
    authorisations = AuthorisationOut(many=True)
    disputes = DisputeLineOut(many=True)


class GivenBackView(APIView):
    """What goes back of one donation; its card says what did."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_give_back",
        request=RefundIn,
        responses={201: RefundOut},
        parameters=[OpenApiParameter(HEADER, location=OpenApiParameter.HEADER, required=True, description="names this refund")],
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Give back, once for each key; `asked` in the answer where the provider does not answer, which is followed up."""
        at = now()
        donation = money.donation_kept(request.user, id=id, now=at)
        key = request.headers.get(HEADER, "")
        if not 16 <= len(key) <= 128:
            raise Invalid(_("A refund needs a key of 16 to 128 letters, so that it is never made twice."), code="bad_idempotency_key")
        said = RefundIn(data=request.data)
        said.is_valid(raise_exception=True)
        made = services.give_back(donation_id=donation.pk, **said.validated_data, by=reader(request), key=key, now=at)
        return Response(_refund(made), status=201)


class AuthorisationsView(APIView):
    """The agent's word."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_authorise_refund", request=AuthorisationIn, responses={201: AuthorisationOut})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Record it: who, when, where it is written, and up to how much."""
        at = now()
        donation = money.donation_kept(request.user, id=id, now=at)
        said = AuthorisationIn(data=request.data)
        said.is_valid(raise_exception=True)
        made = services.authorise_refund(donation_id=donation.pk, **said.validated_data, by=reader(request), now=at)
        return Response({**AuthorisationIn(made).data, "id": made.pk, "recorded_at": made.recorded_at}, status=201)


def given_back_said(donation: Donation) -> dict[str, Any]:
    """Say what went back of a donation that was received, and what may, as `GivenBackOut` has it."""
    return {
        "amount": donation.amount,
        "refunded": donation.refunded,
        "left": left_to_give_back(donation) if donation.charge or is_by_hand(donation) else 0,
        "needs_authorisation": is_authorisation_needed(donation, now=now()),
        "authorised": left_authorised(donation),
        **money.given_back_of(donation),
    }


def _refund(made: RefundRequest) -> dict[str, Any]:
    return {
        "id": made.pk,
        "amount": made.amount,
        "reason": made.reason,
        "state": made.state,
        "failure": made.failure,
        "asked_at": made.asked_at,
        "ended_at": made.ended_at,
    }
