"""How a network's coverage grew, and when its target is met: open to all, as each seat's state is."""

from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

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
from maillage.accounts.selectors.grants import Actor
from maillage.insights import policies, services
from maillage.insights.api.shapes import AreaChoiceOut, area_shape, csv_answer
from maillage.insights.domain.coverage import MEETINGS_TO_BEAT
from maillage.insights.domain.forecast import FUTURES, Outlook
from maillage.insights.selectors.progress import Progress, progress
from maillage.insights.selectors.reach import area_above, areas_above
from maillage.kernel.clock import now
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Forbidden, Invalid, NotFound
from maillage.kernel.ids import read_uuid
from maillage.kernel.rest.permissions import Anyone, SignedIn
from maillage.relays import selectors as relays
from maillage.relays.models import RelayNetwork
from maillage.territories.models import Area


class PointOut(serializers.Serializer[Any]):
    """Seats by state at the end of one day of the country; the last one is the day that runs."""

    day = serializers.DateField()
    total = serializers.IntegerField()
    filled = serializers.IntegerField()
    stand_in = serializers.IntegerField()
    applied = serializers.IntegerField()
    vacant = serializers.IntegerField()
    dormant = serializers.IntegerField()
    covered = serializers.IntegerField(help_text="filled + stand_in")
    is_rebuilt = serializers.BooleanField(help_text="worked out later from terms and applications")
    is_live = serializers.BooleanField(help_text="the day is not over")


class TargetOut(serializers.Serializer[Any]):
    """What the network aims at: a share of the seats, here so many, by a day where one was said."""

    percent = serializers.FloatField()
    seats = serializers.IntegerField()
    by_day = serializers.DateField(allow_null=True)
    is_default = serializers.BooleanField(help_text="nobody set one: a third of the seats")


class ForecastOut(serializers.Serializer[Any]):
    """When the target is met. Days are null unless the outlook is `expected`; `late_on` also when it is beyond five years."""

    outlook = serializers.ChoiceField(choices=[outlook.value for outlook in Outlook])
    missing = serializers.IntegerField()
    weeks = serializers.IntegerField(help_text="past weeks that were drawn from")
    a_week = serializers.FloatField(help_text="seats that these weeks brought, on average")
    futures = serializers.IntegerField(help_text="how many were drawn; 8 of 10 lie within the range")
    likely_on = serializers.DateField(allow_null=True)
    early_on = serializers.DateField(allow_null=True)
    late_on = serializers.DateField(allow_null=True)


class ProgressAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do here."""

    set_target = serializers.BooleanField()
    read_tables = serializers.BooleanField()


class ProgressOut(serializers.Serializer[Any]):
    """Coverage over time of a network within an area, its target and the forecast."""

    area = AreaChoiceOut()
    areas = AreaChoiceOut(many=True)
    points = PointOut(many=True)
    rebuilt_until = serializers.DateField(allow_null=True)
    target = TargetOut()
    forecast = ForecastOut()
    meetings_to_beat = serializers.IntegerField()
    abilities = ProgressAbilitiesOut()


class TargetIn(serializers.Serializer[Any]):
    """What to aim at."""

    percent = serializers.DecimalField(max_digits=5, decimal_places=2, min_value=Decimal("0.01"), max_value=Decimal(100))
    by_day = serializers.DateField(allow_null=True, default=None)


AREA = OpenApiParameter("area", UUID, description="an area above seats; the whole country when absent")


class ProgressView(APIView):
    """Coverage over time."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="insights_progress", parameters=[AREA], responses=ProgressOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return a point a day, the target and the forecast."""
        network = relays.network(id)
        found = progress(network, area=_asked_area(request, network), now=now())
        return Response(_shape(request.user, network, found))


class ProgressExportView(APIView):
    """Coverage over time as a table to take away."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="insights_progress_export", parameters=[AREA], responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Download the points as CSV."""
        network = relays.network(id)
        found = progress(network, area=_asked_area(request, network), now=now())
        head = [
            _("Day"),
            _("Seats"),
            _("Filled"),
            _("Stand-in"),
            _("Applied for"),
            _("Vacant"),
            _("Dormant"),
            _("Covered seats"),
            _("Rebuilt"),
        ]
        lines = [
            [p.day, c.total, c.filled, c.stand_in, c.applied, c.vacant, c.dormant, c.covered, int(p.is_rebuilt)]
            for p in found.points
            for c in [p.coverage]
        ]
        return csv_answer(head, lines, name=f"coverage-{found.area.code.lower()}")


class TargetView(APIView):
    """What a network aims at."""

    policy = "insights.target"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="insights_target", request=TargetIn, responses=ProgressOut)
    def put(self, request: Request, id: UUID) -> Response:
        """Aim at a share of the seats, by a day or not."""
        network, instant = relays.network(id), now()
        if not isinstance(request.user, User) or not _organises_country(request.user, network):
            raise Forbidden(_("Who organises the whole country sets its target."), code="national_organisers_only")
        wanted = TargetIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        by_day = wanted.validated_data["by_day"]
        today = day_in(instant, network.country.time_zone)
        if by_day is not None and not today <= by_day <= today + timedelta(days=3660):
            raise Invalid(fields={"by_day": [_("Choose a day from today on, within ten years.")]})
        services.set_target(network=network, percent=wanted.validated_data["percent"], by_day=by_day, by=request.user, now=instant)
        return Response(_shape(request.user, network, progress(network, now=instant)))


def _asked_area(request: Request, network: RelayNetwork) -> Area | None:
    raw = request.query_params.get("area", "")
    if not raw or raw == str(network.country_id):
        return None
    asked = read_uuid(raw)
    if asked is None:
        raise NotFound(code="no_such_area")
    return area_above(network.pk, asked)


def _organises_country(user: Actor, network: RelayNetwork) -> bool:
    return accounts.is_reached(user, roles=[Role.ORGANISER], area_id=network.country_id, now=now())


def _shape(user: Actor, network: RelayNetwork, found: Progress) -> dict[str, Any]:
    instant, foretold = now(), found.forecast
    return {
        "area": area_shape(found.area, seats=found.now.total),
        "areas": [area_shape(level.area, seats=len(level.seat_areas)) for level in areas_above(network.pk)],
        "points": [
            {
                "day": point.day,
                "covered": point.coverage.covered,
                **vars(point.coverage),
                "is_rebuilt": point.is_rebuilt,
                "is_live": point.is_live,
            }
            for point in found.points
        ],
        "rebuilt_until": found.rebuilt_until,
        "target": {
            "percent": float(found.aim.percent),
            "seats": found.goal,
            "by_day": found.aim.by_day,
            "is_default": found.aim.is_default,
        },
        "forecast": {**vars(foretold), "outlook": foretold.outlook.value, "a_week": round(foretold.a_week, 1), "futures": FUTURES},
        "meetings_to_beat": MEETINGS_TO_BEAT,
        "abilities": policies.progress_abilities(
            organises_country=_organises_country(user, network),
            organises=accounts.holds_role(user, roles=[Role.ORGANISER], now=instant),
        ),
    }
