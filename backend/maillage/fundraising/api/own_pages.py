"""My fundraising pages, in the app: what they raised, the way to look after each, and another one."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain.pages import LONGEST, PageKind, PageState
from maillage.fundraising.models import FundraisingPage
from maillage.fundraising.selectors.campaign_pages import own_page_token, pages_of, state_now, sums_for_owner
from maillage.fundraising.selectors.funds import public_fund
from maillage.fundraising.services.campaign_pages import Said
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, Invalid
from maillage.kernel.rest.permissions import SignedIn
from maillage.territories.models import Area


class OwnPageIn(serializers.Serializer[Any]):
    """A page as its owner asks for it."""

    fund = serializers.SlugField(max_length=48)
    kind = serializers.ChoiceField(choices=PageKind.choices)
    area = serializers.UUIDField(required=False, allow_null=True, default=None, help_text="of the page of a place that I hold or organise")
    title = serializers.CharField(max_length=LONGEST["title"])
    words = serializers.CharField(max_length=LONGEST["words"])
    first_name = serializers.CharField(max_length=LONGEST["first_name"])
    goal = serializers.CharField(max_length=LONGEST["goal"], allow_blank=True, default="", help_text="an amount, as it is typed: 500")
    ends_on = serializers.DateField(required=False, allow_null=True, default=None)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)


class OwnPageOut(serializers.Serializer[Any]):
    """One of my pages."""

    slug = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=PageKind.choices)
    state = serializers.ChoiceField(choices=PageState.choices)
    address = serializers.CharField(help_text="path of the page")
    manage = serializers.CharField(help_text="path where I look after it")
    people = serializers.IntegerField(help_text="who gave")
    cents = serializers.IntegerField(allow_null=True, help_text="what they gave; empty while so few did that it would tell what one gave")
    goal = serializers.IntegerField(allow_null=True, help_text="cents")
    currency = serializers.CharField()


class OwnPagesOut(serializers.Serializer[Any]):
    """All of them."""

    items = OwnPageOut(many=True)


class OwnPagesView(APIView):
    """My pages."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_own_pages", responses=OwnPagesOut)
    def get(self, request: Request) -> Response:
        """Return my pages, the latest first."""
        return Response({"items": [_shown(page) for page in pages_of(request.user)]})

    @extend_schema(operation_id="fundraising_open_page", request=OwnPageIn, responses={201: OwnPageOut})
    def post(self, request: Request) -> Response:
        """Open a page, at once."""
        if not isinstance(request.user, User):
            raise Forbidden
        asked = OwnPageIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        area = Area.objects.filter(pk=said["area"]).first() if said["area"] else None
        if said["area"] and area is None:
            raise Invalid(code="no_such_area", fields={"area": [_("Choose a place.")]})
        page = services.open_own_page(
            user=request.user,
            fund=public_fund(said["fund"]),
            kind=said["kind"],
            said=Said(
                title=said["title"],
                words=said["words"],
                first_name=said["first_name"],
                goal=said["goal"],
                ends_on=said["ends_on"].isoformat() if said["ends_on"] else "",
            ),
            area=area,
            language=said["language"],
            now=now(),
        )
        return Response(_shown(page), status=201)


def _shown(page: FundraisingPage) -> dict[str, object]:
    """Write a page as `OwnPageOut`."""
    sums = sums_for_owner(page)
    return {
        "slug": page.slug,
        "title": page.title,
        "kind": page.kind,
        "state": state_now(page, now()),
        "address": reverse("campaign", kwargs={"slug": page.slug}),
        "manage": reverse("campaign-mine", kwargs={"token": own_page_token(page, now=now())}),
        "people": sums.people,
        "cents": sums.cents,
        "goal": page.goal,
        "currency": page.fund.currency,
    }
