"""Money that the provider sent to the bank account."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising.api.treasury import PAGED, page_asked
from maillage.fundraising.domain.words import (
    MovementState,
    PayoutState,
)
from maillage.fundraising.selectors import money
from maillage.fundraising.selectors.treasury import recipient_kept
from maillage.kernel.clock import now
from maillage.kernel.rest.pages import keyset_page
from maillage.kernel.rest.permissions import SignedIn


class PayoutOut(serializers.Serializer[Any]):
    """Money sent to the bank account."""

    id = serializers.CharField()
    amount = serializers.IntegerField(help_text="cents")
    state = serializers.ChoiceField(choices=PayoutState.choices)
    sent_at = serializers.DateTimeField()
    arrives_on = serializers.DateField()
    failure = serializers.CharField()
    is_automatic = serializers.BooleanField(help_text="only then it is known what it holds")


class PayoutsOut(serializers.Serializer[Any]):
    """A page of payouts, the newest first."""

    items = PayoutOut(many=True)
    next = serializers.CharField(allow_null=True)


class MovementOut(serializers.Serializer[Any]):
    """One line of the provider's books."""

    id = serializers.CharField()
    kind = serializers.CharField(help_text="as the provider names it")
    amount = serializers.IntegerField(help_text="cents")
    fee = serializers.IntegerField(help_text="cents")
    comes_from = serializers.CharField(help_text="charge, refund or dispute at the provider")
    happened_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=MovementState.choices)
    donation = serializers.UUIDField(allow_null=True)


class PayoutLinesOut(PayoutOut):
    """A payout and a page of what it holds."""

    items = MovementOut(many=True)
    next = serializers.CharField(allow_null=True)


class PayoutsView(APIView):
    """Money sent to the bank account."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_payouts", parameters=PAGED, responses=PayoutsOut)
    def get(self, request: Request, code: str) -> Response:
        """List it; no donor is named."""
        fund = recipient_kept(request.user, code=code, now=now())
        return Response(keyset_page(money.payouts_of(fund), keys=["-sent_at", "-id"], **page_asked(request)))


class PayoutView(APIView):
    """One payout."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_payout", parameters=PAGED, responses=PayoutLinesOut)
    def get(self, request: Request, id: str) -> Response:
        """Say what it holds, line by line; no donor is named."""
        payout = money.payout_kept(request.user, id=id, now=now())
        page = keyset_page(money.movements_of(payout), keys=["-happened_at", "-id"], **page_asked(request))
        items = [row | {"donation": row["entry__donation_id"], "comes_from": row["source"]} for row in page["items"]]
        return Response({**money.payouts_of(payout.fund).get(pk=payout.pk), **page, "items": items})
