"""My giving, in the app: what I gave, what goes on each month, what the law still lets me give."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.translation import get_language
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain.links import DONATION_LINK_LASTS
from maillage.fundraising.domain.receipts import ReceiptStep
from maillage.fundraising.domain.words import DonationState, Method, MonthlyState
from maillage.fundraising.models import Donation, MonthlyDonation, Receipt
from maillage.fundraising.selectors.donations import token_of
from maillage.fundraising.selectors.funds import name_of
from maillage.fundraising.selectors.own_giving import (
    OwnAllowance,
    donor_asked,
    own_allowances,
    own_donations,
    own_donations_of,
    own_monthly,
    own_statements,
    typed_with_address,
)
from maillage.fundraising.selectors.receipts import Step, papers_of, receipt_token, steps_of
from maillage.fundraising.selectors.yearly import year_token
from maillage.fundraising.services.allowance import left_said
from maillage.fundraising.services.monthly_letters import own_page
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn

_KEYS: tuple[str, ...] = ("id", "started_at")


class ReceiptStepOut(serializers.Serializer[Any]):
    """How far a receipt is."""

    code = serializers.ChoiceField(choices=ReceiptStep.choices)
    said = serializers.CharField()
    at = serializers.DateTimeField(allow_null=True, help_text="null: to come")


class OwnDonationOut(serializers.Serializer[Any]):
    """One donation of mine."""

    id = serializers.UUIDField()
    to = serializers.CharField(help_text="the recipient")
    on = serializers.DateField()
    amount = serializers.IntegerField(help_text="cents")
    refunded = serializers.IntegerField(help_text="cents that went back")
    currency = serializers.CharField()
    state = serializers.ChoiceField(choices=DonationState.choices)
    method = serializers.ChoiceField(choices=[*Method.choices, ("", "")])
    is_monthly = serializers.BooleanField()
    page = serializers.CharField(allow_null=True, help_text="path where it is followed")
    steps = ReceiptStepOut(many=True)
    receipt = serializers.CharField(allow_null=True, help_text="path of the PDF")


class OwnDonationsOut(serializers.Serializer[Any]):
    """A page of them, the latest first."""

    items = OwnDonationOut(many=True)
    next = serializers.CharField(allow_null=True)


class OwnMonthlyOut(serializers.Serializer[Any]):
    """A monthly donation of mine that runs."""

    to = serializers.CharField(help_text="the recipient")
    amount = serializers.IntegerField(help_text="cents, each month")
    currency = serializers.CharField()
    state = serializers.ChoiceField(choices=MonthlyState.choices)
    next_on = serializers.DateField(allow_null=True)
    paused_until = serializers.DateField(allow_null=True)
    page = serializers.CharField(help_text="address where I change, pause or stop it")


class OwnAllowanceOut(serializers.Serializer[Any]):
    """What the law lets me give still."""

    name = serializers.CharField(help_text="who gave")
    said = serializers.CharField(help_text="in my language, with why")
    cap = serializers.IntegerField(help_text="cents")
    counted = serializers.IntegerField(help_text="cents: given, under way, and instalments still to come")
    remaining = serializers.IntegerField(help_text="cents")
    currency = serializers.CharField()
    give = serializers.CharField(help_text="path of the page of a fund")


class OwnStatementOut(serializers.Serializer[Any]):
    """What I gave in a year, as it was told me."""

    year = serializers.IntegerField()
    page = serializers.CharField(help_text="path to see and print it")


class AskedDonationOut(serializers.Serializer[Any]):
    """A donation with which somebody typed my address."""

    donor = serializers.UUIDField()
    name = serializers.CharField(help_text="as it was typed")
    to = serializers.CharField()
    on = serializers.DateField()
    amount = serializers.IntegerField(help_text="cents")
    currency = serializers.CharField()


class OwnGivingOut(serializers.Serializer[Any]):
    """My giving, apart from the list of donations."""

    monthly = OwnMonthlyOut(many=True)
    allowances = OwnAllowanceOut(many=True)
    statements = OwnStatementOut(many=True)
    asked = AskedDonationOut(many=True, help_text="was it me?")


class WasItMeIn(serializers.Serializer[Any]):
    """Whether it was me."""

    was = serializers.ChoiceField(choices=["me", "not_me"])


class OwnGivingView(APIView):
    """My giving."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_own_giving", responses=OwnGivingOut)
    def get(self, request: Request) -> Response:
        """Say what runs each month, what the law still lets me give, what was told me of each year, and what I am asked about."""
        user, at = _me(request), now()
        return Response(
            {
                "monthly": [_monthly(each, at) for each in own_monthly(user)],
                "allowances": [_allowance(each) for each in own_allowances(user, now=at)],
                "statements": [
                    {"year": each.year, "page": reverse("year-given", kwargs={"token": year_token(each)})} for each in own_statements(user)
                ],
                "asked": [_asked(each) for each in typed_with_address(user)],
            }
        )


class OwnDonationsView(APIView):
    """My donations."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_own_donations",
        parameters=[OpenApiParameter("after", str), OpenApiParameter("limit", int)],
        responses=OwnDonationsOut,
    )
    def get(self, request: Request) -> Response:
        """List them, the latest first."""
        user, at, asked = _me(request), now(), request.query_params
        rows = own_donations(user).values(*_KEYS)
        page = keyset_page(rows, keys=["-started_at", "-id"], after=asked.get("after"), limit=read_limit(asked.get("limit")))
        donations = own_donations_of(user, [row["id"] for row in page["items"]])
        steps, papers = steps_of(donations), papers_of(donations)
        page["items"] = [_donation(each, steps[each.pk], papers.get(each.pk), at) for each in donations]
        return Response(page)


class WasItMeView(APIView):
    """Whether a donation with which somebody typed my address was mine."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_was_it_me", request=WasItMeIn, responses={204: None})
    def post(self, request: Request, donor: UUID) -> Response:
        """Say that it was me: it counts as mine; or that it was not: my address is forgotten there. Safe to repeat for the same answer."""
        user, at = _me(request), now()
        asked = WasItMeIn(data=request.data)
        asked.is_valid(raise_exception=True)
        found = donor_asked(user, donor)
        if asked.validated_data["was"] == "me":
            services.prove_donor(donor_id=found.pk, now=at)
        else:
            services.forget_address(donor_id=found.pk, now=at)
        return Response(status=204)


def _me(request: Request) -> User:
    """Return who asks. Raises: Forbidden."""
    if not isinstance(request.user, User):
        raise Forbidden
    return request.user


def _donation(donation: Donation, steps: list[Step], paper: Receipt | None, at: datetime) -> dict[str, object]:
    follows = donation.started_at + DONATION_LINK_LASTS > at
    return {
        "id": donation.pk,
        "to": name_of(donation.fund, get_language()),
        "on": donation.counted_on,
        "amount": donation.amount,
        "refunded": donation.refunded,
        "currency": donation.currency,
        "state": donation.state,
        "method": donation.method,
        "is_monthly": donation.monthly_id is not None,
        "page": reverse("thanks", kwargs={"token": token_of(donation)}) if follows else None,
        "steps": [{"code": step.code, "said": step.text, "at": step.at} for step in steps],
        "receipt": reverse("receipt", kwargs={"token": receipt_token(paper)}) if paper else None,
    }


def _monthly(monthly: MonthlyDonation, at: datetime) -> dict[str, object]:
    return {
        "to": name_of(monthly.fund, get_language()),
        "amount": monthly.amount,
        "currency": monthly.currency,
        "state": monthly.state,
        "next_on": monthly.next_on,
        "paused_until": monthly.paused_until,
        "page": own_page(monthly, language=get_language() or settings.LANGUAGE_CODE, at=at),
    }


def _allowance(own: OwnAllowance) -> dict[str, object]:
    cap, currency = own.allowance.cap, own.fund.currency
    return {
        "name": own.name,
        "said": left_said(cap, own.allowance.remaining, currency),
        "cap": cap.amount,
        "counted": own.allowance.counted,
        "remaining": own.allowance.remaining,
        "currency": currency,
        "give": reverse("give", kwargs={"code": own.fund.code}),
    }


def _asked(donation: Donation) -> dict[str, object]:
    return {
        "donor": donation.donor_id,
        "name": donation.donor.full_name,
        "to": name_of(donation.fund, get_language()),
        "on": donation.counted_on,
        "amount": donation.amount,
        "currency": donation.currency,
    }
