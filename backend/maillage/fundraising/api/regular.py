"""What is given each month: who stays, cohorts, and what is foretold."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising.api.dashboard import MONTHS_SHOWN
from maillage.fundraising.domain import findings
from maillage.fundraising.domain.counting import month_of
from maillage.fundraising.domain.regular import following, foretell, months_kept, retention
from maillage.fundraising.selectors import dashboard
from maillage.fundraising.selectors.treasury import fund_kept
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.rest.permissions import SignedIn


class KeptOut(serializers.Serializer[Any]):
    """A month that is over: monthly donations that paid for it, and what part of those of the month before is missing."""

    month = serializers.CharField()
    paid = serializers.IntegerField()
    cents = serializers.IntegerField()
    began = serializers.IntegerField()
    churn = serializers.FloatField(allow_null=True, help_text="0 to 1")


class CohortOut(serializers.Serializer[Any]):
    """Monthly donations that began in a month: how many, and how many paid for each month from that one on."""

    began = serializers.CharField()
    number = serializers.IntegerField()
    paid = serializers.ListField(child=serializers.IntegerField())


class ForetoldOut(serializers.Serializer[Any]):
    """What a month to come brings of those who give now, and the range of 8 of 10 past months."""

    month = serializers.CharField()
    cents = serializers.IntegerField()
    low = serializers.IntegerField()
    high = serializers.IntegerField()


class RegularOut(serializers.Serializer[Any]):
    """Monthly donations: who goes on, by when they began, and what comes."""

    number = serializers.IntegerField()
    cents = serializers.IntegerField()
    title = serializers.CharField()
    said = serializers.CharField()
    method = serializers.CharField(help_text="how it is foretold")
    months = KeptOut(many=True)
    cohorts = CohortOut(many=True)
    foretold = ForetoldOut(many=True)


class RegularView(APIView):
    """Monthly donations: who goes on, and what comes."""

    policy = "fundraising.treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_regular", responses=RegularOut)
    def get(self, request: Request, code: str) -> Response:
        """Return months, cohorts and the forecast."""
        fund = fund_kept(request.user, code=code, now=now())
        month = month_of(day_in(now(), fund.recipient.time_zone))
        cohorts, standing = dashboard.cohorts(fund), dashboard.standing(fund)
        past = months_kept(cohorts, before=month)
        foretold = foretell(past, promised=standing.cents, month=following(month))
        return Response(
            {
                "number": standing.number,
                "cents": standing.cents,
                "title": findings.kept_said(past[-1] if past else None),
                "said": findings.foretold_said(foretold, currency=fund.currency),
                "method": findings.method_said(),
                "months": [
                    {"month": each.month, "paid": each.paid, "cents": each.cents, "began": each.began, "churn": each.churn}
                    for each in past[-MONTHS_SHOWN:]
                ],
                "cohorts": [
                    {"began": began, "number": number, "paid": paid}
                    for began, number, paid in retention(cohorts, until=following(month, -1), most=MONTHS_SHOWN)
                ],
                "foretold": [vars(each) for each in foretold],
            }
        )
