"""Giving: a donation is begun, paid, and followed by its link. Nobody signs in for it (decision 16)."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.fundraising import services
from maillage.fundraising.domain.card_testing import TRIES, Origin
from maillage.fundraising.domain.declines import decline_said
from maillage.fundraising.domain.pages import MESSAGE, ShownAs
from maillage.fundraising.domain.payments import Payment
from maillage.fundraising.domain.words import DonationState, HeldFor, Method, Nature
from maillage.fundraising.gateways.stripe import ProviderAway, Refused
from maillage.fundraising.models import Donation
from maillage.fundraising.selectors.donations import donation_by_token, token_of
from maillage.fundraising.selectors.funds import public_fund
from maillage.fundraising.services.donors import Declared
from maillage.fundraising.services.giving import Asked, OnPage
from maillage.fundraising.services.payments import AWAY
from maillage.journal.idempotency import HEADER
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, Refusal, Unavailable
from maillage.kernel.rest.permissions import Anyone
from maillage.kernel.rest.throttles import PublicWrites, browser_mark, network_mark


class ShareIn(serializers.Serializer[Any]):
    """A part of the amount for one envelope."""

    fund = serializers.SlugField(max_length=48)
    amount = serializers.IntegerField(min_value=1, help_text="cents")


class DonorIn(serializers.Serializer[Any]):
    """Who gives. Beside names and address only what the rules of the fund ask is kept."""

    email = serializers.EmailField(max_length=254)
    given_name = serializers.CharField(max_length=100)
    family_name = serializers.CharField(max_length=100)
    honorific = serializers.CharField(max_length=16, allow_blank=True, default="")
    born_on = serializers.DateField(required=False, allow_null=True, default=None)
    nationality = serializers.CharField(max_length=2, allow_blank=True, default="", help_text="ISO 3166-1")
    address_lines = serializers.CharField(max_length=400, allow_blank=True, default="", help_text="tax address")
    postcode = serializers.CharField(max_length=16, allow_blank=True, default="")
    city = serializers.CharField(max_length=100, allow_blank=True, default="")
    country = serializers.CharField(max_length=2, allow_blank=True, default="", help_text="ISO 3166-1, of the tax address")
    elected = serializers.BooleanField(default=False, help_text="holds an elective office")
    news = serializers.CharField(
        max_length=64, allow_blank=True, default="", help_text="version of the words that were ticked, to be written to; empty: not"
    )


class OnPageIn(serializers.Serializer[Any]):
    """The supporter's page on which it is given, what the giver says there, and what its owner may know of them."""

    slug = serializers.SlugField(max_length=64)
    words = serializers.CharField(max_length=2000, allow_blank=True, default="", help_text=f"at most {MESSAGE} letters")
    shown_as = serializers.ChoiceField(choices=ShownAs.choices, default=ShownAs.NOT)
    tells_name = serializers.BooleanField(default=False)
    tells_amount = serializers.BooleanField(default=False, help_text="nothing without the name")


class DonationIn(serializers.Serializer[Any]):
    """A donation as its giver asks for it."""

    amount = serializers.IntegerField(help_text="cents, in the currency of the fund")
    currency = serializers.CharField(max_length=3, required=False, help_text="must be that of the fund")
    day = serializers.IntegerField(required=False, allow_null=True, default=None, help_text="1 to 28: each month on that day; empty: once")
    nature = serializers.ChoiceField(choices=Nature.choices, default=Nature.DONATION)
    shares = ShareIn(many=True, default=list, help_text="the rest stays with the recipient")
    donor = DonorIn()
    declaration = serializers.CharField(max_length=64, allow_blank=True, default="", help_text="version of the words that were ticked")
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)
    ref = serializers.CharField(max_length=64, allow_blank=True, default="", help_text="ref or utm_source of the link that led here")
    page = OnPageIn(required=False, allow_null=True, default=None)
    previous = serializers.CharField(max_length=200, allow_blank=True, default="", help_text="token of the last donation of this browser")
    proof = serializers.CharField(max_length=200, allow_blank=True, default="", help_text="token that proves the giver's address")
    again = serializers.BooleanField(default=False, help_text="they were asked, and do give again")


class PayIn(serializers.Serializer[Any]):
    """What the browser collected through the provider's own fields."""

    confirmation_token = serializers.RegexField(r"^[A-Za-z0-9_]{8,64}$")
    return_url = serializers.CharField(max_length=2000, help_text="path where the bank sends the giver back, where it has to")


class DonationOut(serializers.Serializer[Any]):
    """Where a donation stands. It names neither the giver nor their card."""

    token = serializers.CharField(help_text="of the link that follows it")
    state = serializers.ChoiceField(choices=DonationState.choices)
    amount = serializers.IntegerField(help_text="cents")
    refunded = serializers.IntegerField(help_text="cents")
    currency = serializers.CharField()
    method = serializers.ChoiceField(choices=[*Method.choices, ("", "")])
    is_monthly = serializers.BooleanField()
    held_for = serializers.ChoiceField(choices=[*HeldFor.choices, ("", "")])
    failure = serializers.CharField(help_text="the provider's code; empty: nothing failed")
    failure_said = serializers.CharField(help_text="why it was not paid, and what to do, in the reader's language")
    secret = serializers.CharField(help_text="with which the browser goes on with the bank; empty: nothing is left to do there")


class GivingWrites(PublicWrites):
    """Limit each step of giving by network, so that a whole meeting on one network can give."""

    def get_rate(self) -> str:
        return f"{settings.GIVING_WRITES_AN_HOUR}/hour"


class StartDonationView(APIView):
    """Begin a donation to one fund."""

    policy = "anyone"
    authentication_classes = []
    permission_classes = [Anyone]
    throttle_classes = [GivingWrites]

    @extend_schema(
        request=DonationIn,
        responses={201: DonationOut},
        parameters=[OpenApiParameter(HEADER, location=OpenApiParameter.HEADER, required=True, description="names the browser's attempt")],
    )
    def post(self, request: Request, code: str) -> Response:
        """Keep what the giver typed and reserve it; nothing is charged yet.

        The same key again answers with the same donation; with another amount or rhythm it is refused (422).
        """
        fund = public_fund(code)
        asked = DonationIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        key = request.headers.get(HEADER, "")
        if not 16 <= len(key) <= 128:
            raise Invalid(_("A donation needs a key of 16 to 128 letters, so that it is never taken twice."), code="bad_idempotency_key")
        if said.get("currency", fund.currency).lower() != fund.currency:
            raise Invalid(code="wrong_currency", fields={"currency": [_("This fund takes another currency.")]})
        envelopes = [share["fund"] for share in said["shares"]]
        if len(envelopes) != len(set(envelopes)):
            raise Invalid(fields={"shares": [_("Name each envelope once.")]})
        at = now()
        wanted = Asked(
            amount=said["amount"],
            nature=Nature(said["nature"]),
            monthly_day=said["day"],
            shares={share["fund"]: share["amount"] for share in said["shares"]},
            declaration=said["declaration"],
            source=said["ref"],
            on_page=OnPage(**said["page"]) if said["page"] else None,
        )
        if known := services.begun(fund=fund, key=key, asked=wanted):  # found though what proved the address may have ended since
            return Response(shown(known), status=201)
        donation = services.start_donation(
            fund=fund,
            asked=wanted,
            declared=Declared(language=said["language"], **said["donor"]),
            key=key,
            proved=services.proved_address(said["proof"], now=at) if said["proof"] else "",
            previous=_previous(said["previous"], at),
            again=said["again"],
            now=at,
        )
        return Response(shown(donation), status=201)


class PayDonationView(APIView):
    """Pay a donation that was begun."""

    policy = "by_link"
    authentication_classes = []
    permission_classes = [Anyone]
    throttle_classes = [GivingWrites]

    @extend_schema(request=PayIn, responses=DonationOut)
    def post(self, request: Request, token: str) -> Response:
        """Try to pay; the same confirmation token is tried once. A decline is an answer (200) with its reason in words."""
        at = now()
        donation = donation_by_token(token, now=at)
        asked = PayIn(data=request.data)
        asked.is_valid(raise_exception=True)
        donation, payment = services.pay_donation(
            origin=Origin(network=network_mark(TRIES, request), device=browser_mark(TRIES, request)),
            donation_id=donation.pk,
            token=asked.validated_data["confirmation_token"],
            return_url=f"{settings.PUBLIC_URL}/{asked.validated_data['return_url'].lstrip('/')}",
            now=at,
        )
        return Response(shown(donation, payment))


class DonationView(APIView):
    """One donation, by its link."""

    policy = "by_link"
    authentication_classes = []
    permission_classes = [Anyone]
    throttle_classes = [GivingWrites]

    @extend_schema(responses=DonationOut)
    def get(self, request: Request, token: str) -> Response:
        """Say where it stands."""
        return Response(shown(donation_by_token(token, now=now())))

    @extend_schema(request=None, responses=DonationOut)
    def post(self, request: Request, token: str) -> Response:
        """Look at the provider now, as after the bank's page, and say where it stands."""
        at = now()
        found = donation_by_token(token, now=at)
        try:
            donation = services.look_again(donation_id=found.pk, now=at)
        except ProviderAway:
            raise Unavailable(str(AWAY), code="provider_away") from None
        except Refused:  # its account has other keys since: it stands as we knew it
            donation = found
        return Response(shown(donation))


def shown(donation: Donation, payment: Payment | None = None) -> dict[str, object]:
    """Write a donation as `DonationOut`."""
    failed = donation.state == DonationState.FAILED
    return {
        "token": token_of(donation),
        "state": donation.state,
        "amount": donation.amount,
        "refunded": donation.refunded,
        "currency": donation.currency,
        "method": donation.method,
        "is_monthly": donation.monthly_id is not None,
        "held_for": donation.held_for,
        "failure": donation.failure if failed else "",
        "failure_said": decline_said(donation.failure) if failed else "",
        "secret": payment.secret if payment is not None and donation.state == DonationState.CONFIRMING else "",
    }


def _previous(token: str, at: datetime) -> Donation | None:
    try:
        return donation_by_token(token, now=at) if token else None
    except Refusal:
        return None
