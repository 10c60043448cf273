"""Donations that banks take back, and what is answered to them."""

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising import services
from maillage.fundraising.api.treasury import PAGED, WhoseOut, is_asked, note_read, page_asked, reader, whose
from maillage.fundraising.domain.words import (
    DisputeState,
    Method,
)
from maillage.fundraising.selectors import money
from maillage.fundraising.selectors.treasury import recipient_kept
from maillage.kernel.clock import now
from maillage.kernel.rest.pages import keyset_page
from maillage.kernel.rest.permissions import SignedIn


class DisputeOut(WhoseOut):
    """A donation that a bank takes back, or asks about."""

    id = serializers.CharField()
    amount = serializers.IntegerField(help_text="cents")
    state = serializers.ChoiceField(choices=DisputeState.choices)
    reason = serializers.CharField(help_text="the bank's code")
    is_inquiry = serializers.BooleanField(help_text="nothing was taken yet")
    opened_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="until when it may be answered")
    evidence = serializers.CharField(help_text="what was answered")
    answered_at = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True, help_text="when it was given")
    method = serializers.ChoiceField(choices=[*Method.choices, ("", "")])


class DisputesOut(serializers.Serializer[Any]):
    """A page of disputes, the newest first."""

    items = DisputeOut(many=True)
    next = serializers.CharField(allow_null=True)


class EvidenceIn(serializers.Serializer[Any]):
    """What speaks for us."""

    evidence = serializers.CharField(max_length=10_000)


class DisputesView(APIView):
    """Donations that banks take back."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_disputes",
        parameters=[OpenApiParameter("decided", bool, description="true: those that are decided"), *PAGED],
        responses=DisputesOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them."""
        fund = recipient_kept(request.user, code=code, now=now())
        rows = money.disputes_of(fund, is_open=not is_asked(request, "decided"))
        page = keyset_page(rows, keys=["-opened_at", "-id"], **page_asked(request))
        note_read(request, page["items"], "fundraising.disputes")
        return Response({**page, "items": [whose(row) for row in page["items"]]})


class DisputeView(APIView):
    """One dispute."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_dispute_answer", request=EvidenceIn, responses={204: None})
    def post(self, request: Request, id: str) -> Response:
        """Answer the bank, once and for good."""
        at = now()
        dispute = money.dispute_kept(request.user, id=id, now=at)
        said = EvidenceIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.answer_dispute(dispute_id=dispute.pk, evidence=said.validated_data["evidence"], by=reader(request), now=at)
        return Response(status=204)
