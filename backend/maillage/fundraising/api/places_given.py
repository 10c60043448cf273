"""What was given by place: now for treasurers, months that are over for organisers."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.accounts.selectors.grants import areas_reached
from maillage.fundraising import services
from maillage.fundraising.api.dashboard import PERIOD, CurveToldOut, fund_asked, name_of
from maillage.fundraising.domain import findings
from maillage.fundraising.domain.editions import read_steps, small_told
from maillage.fundraising.domain.longtail import Bin, lorenz
from maillage.fundraising.models import Edition, Fund
from maillage.fundraising.selectors import dashboard
from maillage.fundraising.selectors.treasury import as_treasurer
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.rest.reasons import FileReasonIn, typed_reason
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.territories.models import Area

MONTH = OpenApiParameter("month", str, description="a month that is told; the latest where absent")


class PlaceTotalOut(serializers.Serializer[Any]):
    """What the people of a place gave: each is counted where they last gave from. Null where it is not told."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.CharField()
    is_constituency = serializers.BooleanField(
        help_text="false: a commune of several, of which nobody can tell; or what holds constituencies"
    )
    people = serializers.IntegerField(allow_null=True)
    donations = serializers.IntegerField(allow_null=True)
    cents = serializers.IntegerField(allow_null=True)
    per_thousand = serializers.IntegerField(allow_null=True, help_text="cents for 1,000 inhabitants")
    small = serializers.IntegerField(allow_null=True, help_text="donations under the threshold")


class PlaceTotalsOut(serializers.Serializer[Any]):
    """Places from which somebody gave in a period, and what came from nobody knows where."""

    items = PlaceTotalOut(many=True)
    unplaced_donations = serializers.IntegerField()
    unplaced_cents = serializers.IntegerField()


class MonthSumOut(serializers.Serializer[Any]):
    """What everybody gave in a month that is over. Null where too few gave."""

    month = serializers.CharField()
    people = serializers.IntegerField(allow_null=True)
    donations = serializers.IntegerField(allow_null=True)
    cents = serializers.IntegerField(allow_null=True)


class MonthToldOut(serializers.Serializer[Any]):
    """A month that is over, of one recipient: everybody, and the places of the reader. Null where too few gave."""

    code = serializers.CharField()
    name = serializers.CharField()
    currency = serializers.CharField()
    month = serializers.CharField(allow_null=True, help_text="null: no month is told yet")
    months = MonthSumOut(many=True, help_text="all that are told, the newest first")
    curve = CurveToldOut(allow_null=True, help_text="how small donations and large ones part the sum; null where nothing tells it")
    people = serializers.IntegerField(allow_null=True)
    donations = serializers.IntegerField(allow_null=True)
    cents = serializers.IntegerField(allow_null=True)
    items = PlaceTotalOut(many=True)


class PlacesView(APIView):
    """What was given by place."""

    policy = "fundraising.treasurer"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_places", parameters=[PERIOD], responses=PlaceTotalsOut)
    def get(self, request: Request, code: str) -> Response:
        """Return the places of a period, the most money first."""
        fund, period = fund_asked(request, code)
        found = dashboard.places(fund, period)
        whole = dashboard.amounts(fund, period)
        return Response(
            {
                "items": [_place(place) for place in found],
                "unplaced_donations": sum(each.number for each in whole) - sum(place.donations for place in found),
                "unplaced_cents": sum(each.cents for each in whole) - sum(place.cents for place in found),
            }
        )


class PlacesExportView(APIView):
    """What was given by place, as a table to take away."""

    policy = "fundraising.treasurer"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_places_export",
        parameters=[PERIOD],
        request=FileReasonIn,
        responses={(200, "text/csv"): OpenApiTypes.STR},
    )
    def post(self, request: Request, code: str) -> HttpResponse:
        """Download the places of a period as CSV, for a reason that is kept; amounts in units of the currency."""
        at = now()
        fund, period = fund_asked(request, code)
        services.take_figures(fund=fund, period=period, words=typed_reason(request), by=as_treasurer(request.user, now=at), now=at)
        head: list[object] = [
            _("Code"),
            _("Place"),
            _("Donations"),
            _("People"),
            _("Amount"),
            _("For 1,000 inhabitants"),
            _("Donations under the threshold"),
        ]
        lines: list[list[object]] = [
            [
                place.code,
                place.name,
                place.donations,
                place.people,
                _units(place.cents),
                "" if place.per_thousand is None else _units(place.per_thousand),
                place.small,
            ]
            for place in dashboard.places(fund, period)
        ]
        answer = HttpResponse(BYTE_ORDER_MARK + b"".join(csv_line(line) for line in [head, *lines]), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="donations-{fund.code}-{period or "all"}.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer


class MonthsToldView(APIView):
    """A month that is over, by place: sums, of five people at least."""

    policy = "fundraising.figures"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_months_told", parameters=[MONTH], responses=MonthToldOut)
    def get(self, request: Request, code: str) -> Response:
        """Return it of the places that the reader organises."""
        user, at = request.user, now()
        if not isinstance(user, User) or not accounts.holds_role(user, roles=[Role.ORGANISER, Role.TREASURER], now=at):
            raise Forbidden(_("Organisers and treasurers see this."), code="organisers_only")
        fund = Fund.objects.filter(parent__isnull=True, published_at__isnull=False, code=code).prefetch_related("texts").first()
        if fund is None:
            raise NotFound
        told = dashboard.editions(fund)
        asked = request.query_params.get("month", "")
        edition = next((each for each in told if asked in ("", each.month)), None)
        if asked and edition is None:
            raise NotFound(code="no_such_period")
        reached = areas_reached(user, roles=[Role.ORGANISER, Role.TREASURER], now=at)
        rows = dashboard.editions_of_places(fund, edition.month, reached) if edition else []
        return Response(
            {
                "code": fund.code,
                "name": name_of(fund),
                "currency": fund.currency,
                "month": edition.month if edition else None,
                "months": [{"month": each.month, "people": each.people, "donations": each.donations, "cents": each.cents} for each in told],
                "curve": _curve_told(edition, fund.currency) if edition else None,
                "people": edition.people if edition else None,
                "donations": edition.donations if edition else None,
                "cents": edition.cents if edition else None,
                "items": [_place_told(row, row.area) for row in rows if row.area],
            }
        )


def _place(place: dashboard.Place) -> dict[str, Any]:
    return {
        "id": place.id,
        "code": place.code,
        "name": place.name,
        "kind": place.kind,
        "is_constituency": place.is_constituency,
        "people": place.people,
        "donations": place.donations,
        "cents": place.cents,
        "per_thousand": place.per_thousand,
        "small": place.small,
    }


def _curve_told(edition: Edition, currency: str) -> dict[str, Any] | None:
    under = edition.small_under
    small = small_told(edition.steps, small_under=under)
    if small is None:
        return None
    return {
        "number": edition.donations,
        "cents": edition.cents,
        "small_number": small.number,
        "small_cents": small.cents,
        "points": lorenz([Bin(*step) for step in edition.steps], through=under),
        "tiers": [vars(step) for step in read_steps(edition.steps, small_under=under)],
        "title": findings.small_ones_said(small, under=under, currency=currency),
        "said": findings.bar_said(small, under=under, currency=currency),
    }


def _place_told(row: Edition, area: Area) -> dict[str, Any]:
    inhabitants = area.population
    return {
        "id": area.pk,
        "code": area.code,
        "name": area.called,
        "kind": area.kind.code,
        "is_constituency": area.kind.bears_seats,
        "people": row.people,
        "donations": row.donations,
        "cents": row.cents,
        "per_thousand": round(1000 * row.cents / inhabitants) if inhabitants and row.cents is not None else None,
        "small": None,
    }


def _units(cents: int) -> str:
    return f"{cents // 100}.{cents % 100:02}"
