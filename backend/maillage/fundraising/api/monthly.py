"""Monthly donations to the recipients that somebody keeps the books of: a list, and a stop that a donor asked for."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain.words import Method, MonthlyState, StepBy
from maillage.fundraising.models import MonthlyDonation
from maillage.fundraising.selectors.monthly import monthly_page, monthly_row
from maillage.fundraising.selectors.treasury import as_treasurer, recipient_kept, recipients_kept
from maillage.fundraising.services.monthly_changes import Hand
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.people.domain.reasons import LONGEST_REASON

READING = "fundraising.monthly"


class MonthlyRowOut(serializers.Serializer[Any]):
    """A monthly donation in a list."""

    id = serializers.UUIDField()
    given_name = serializers.CharField(allow_blank=True, help_text="as the giver declared it")
    family_name = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    amount = serializers.IntegerField(help_text="cents, each month")
    currency = serializers.CharField()
    day = serializers.IntegerField(help_text="of the month")
    method = serializers.ChoiceField(choices=Method.choices, allow_blank=True)
    state = serializers.ChoiceField(choices=MonthlyState.choices)
    next_on = serializers.DateField(allow_null=True)
    retry_on = serializers.DateField(allow_null=True, help_text="when what was refused is tried again")
    paused_until = serializers.DateField(allow_null=True)
    created_at = serializers.DateTimeField()
    stopped_at = serializers.DateTimeField(allow_null=True)


class MonthlyRowsOut(serializers.Serializer[Any]):
    """A page of them."""

    items = MonthlyRowOut(many=True)
    next = serializers.CharField(allow_null=True)


class StopMonthlyIn(serializers.Serializer[Any]):
    """Why it is stopped."""

    reason = serializers.CharField(max_length=LONGEST_REASON, help_text="how its donor asked for it")


class MonthlyListView(APIView):
    """The monthly donations to one recipient."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_monthly_list",
        parameters=[OpenApiParameter("state", enum=MonthlyState.values), OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses=MonthlyRowsOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them, the latest first; whoever gives sees who read it."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        page, people_ids = monthly_page(
            fund,
            state=request.query_params.get("state", ""),
            after=request.query_params.get("after"),
            limit=read_limit(request.query_params.get("limit")),
        )
        _note(request, people_ids, at)
        return Response(page)


class StopMonthlyView(APIView):
    """The end of one of them."""

    policy = "treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_stop_monthly", request=StopMonthlyIn, responses=MonthlyRowOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Stop it because its donor asked for it; they are told, and can undo it. Stopped already, it stays so."""
        at = now()
        user = as_treasurer(request.user, now=at)
        kept = MonthlyDonation.objects.select_related("donor").filter(pk=id, fund__in=recipients_kept(user, now=at))
        monthly = kept.first()
        if monthly is None:
            raise NotFound
        asked = StopMonthlyIn(data=request.data)
        asked.is_valid(raise_exception=True)
        hand = Hand(StepBy.TREASURER, user, asked.validated_data["reason"].strip())
        services.stop_monthly(monthly_id=monthly.pk, hand=hand, now=at)
        _note(request, [monthly.donor.person_id] if monthly.donor.person_id else [], at)
        return Response(monthly_row(kept.get()))


def _note(request: Request, person_ids: list[UUID], at: datetime) -> None:
    people.note_access(reader=request.user, role=Role.TREASURER, reading=READING, person_ids=person_ids, now=at)
