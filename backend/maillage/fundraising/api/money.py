"""How a recipient's money stands at the provider, read back on demand; new cards taken again."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising import services
from maillage.fundraising.api.treasury import reader
from maillage.fundraising.selectors import money
from maillage.fundraising.selectors.treasury import recipient_kept
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn


class RunOut(serializers.Serializer[Any]):
    """One reading back of the provider: under way while `ended_at` is empty."""

    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    is_whole = serializers.BooleanField(help_text="it ended, and was not given up")
    is_by_night = serializers.BooleanField()
    seen = serializers.IntegerField(help_text="payments and movements read so far")
    applied = serializers.IntegerField(help_text="what had happened and was not heard of")
    balance = serializers.IntegerField(allow_null=True, help_text="cents")


class NewCardsOut(serializers.Serializer[Any]):
    """Cards that nobody knows are not taken."""

    closed_at = serializers.DateTimeField()
    until = serializers.DateTimeField(help_text="when they are taken again, unless it goes on")
    tries = serializers.IntegerField()
    declined = serializers.IntegerField()


class MoneyOut(serializers.Serializer[Any]):
    """How a recipient's money stands at the provider, in cents, and what waits for its treasurer."""

    currency = serializers.CharField()
    books = serializers.IntegerField(help_text="at the provider, by the books")
    balance = serializers.IntegerField(allow_null=True, help_text="there, as it was read last; empty: never")
    opening = serializers.IntegerField(help_text="what was there before these books began")
    under_way = serializers.IntegerField(help_text="debits on their way, which the balance counts and the books do not yet")
    reconciliation = RunOut(allow_null=True)
    differences = serializers.IntegerField(help_text="to be explained")
    explained = serializers.IntegerField()
    held = serializers.IntegerField(help_text="cards that wait")
    disputes = serializers.IntegerField(help_text="that wait for an answer")
    new_cards_closed = NewCardsOut(allow_null=True)


class MoneyView(APIView):
    """How a recipient's money stands."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_money", responses=MoneyOut)
    def get(self, request: Request, code: str) -> Response:
        """Say it; no donor is named."""
        at = now()
        return Response(money.money_of(recipient_kept(request.user, code=code, now=at), now=at))


class ReconcileView(APIView):
    """Reading the provider back."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_reconcile", request=None, responses={202: RunOut})
    def post(self, request: Request, code: str) -> Response:
        """Begin now, as each night; the run that is under way is answered where there is one. How far it is, `money` says."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        return Response(money.run_shown(services.begin_reconciliation(fund=fund, by=reader(request), now=at)), status=202)


class NewCardsView(APIView):
    """Cards that nobody knows, closed while somebody tries stolen ones."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_new_cards_open", request=None, responses={204: None})
    def post(self, request: Request, code: str) -> Response:
        """Take them again; nothing happens where they are taken."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        services.open_new_cards(fund_id=fund.pk, by=reader(request), now=at)
        return Response(status=204)
