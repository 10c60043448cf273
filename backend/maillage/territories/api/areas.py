"""Areas, and the boundary sets that draw them."""

from typing import Any

from django.contrib.gis.db.models import Extent
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.errors import NotFound
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import Anyone
from maillage.territories import selectors
from maillage.territories.api.shapes import AreaBriefOut, ProblemOut
from maillage.territories.domain import display_code
from maillage.territories.models import Area, AreaFigure, called
from maillage.territories.selectors import pictures

MOST_LETTERS = 32


class AreaOut(serializers.Serializer[Any]):
    """A place."""

    id = serializers.UUIDField()
    country = serializers.CharField()
    kind = serializers.CharField()
    code = serializers.CharField()
    display_code = serializers.CharField(help_text="the code as people read it: 75-02")
    name = serializers.CharField()
    time_zone = serializers.CharField()
    population = serializers.IntegerField(allow_null=True)


class AreasOut(serializers.Serializer[Any]):
    """A page of places, by code."""

    items = AreaOut(many=True)
    next = serializers.CharField(allow_null=True)


class NeighbourOut(AreaBriefOut):
    """A place next to it."""

    shared_metres = serializers.IntegerField(allow_null=True, help_text="null: near, without a common border")


class FigureOut(serializers.Serializer[Any]):
    """A figure about it, and the same for the whole country."""

    code = serializers.CharField()
    name = serializers.CharField()
    value = serializers.FloatField()
    country_value = serializers.FloatField(allow_null=True)
    source = serializers.CharField()  # type: ignore[assignment]


class AreaCardOut(AreaOut):
    """A place and what is around it."""

    ancestors = AreaBriefOut(many=True)
    seats = AreaBriefOut(many=True, help_text="the seats that it lies in, wholly or in part; itself when it bears one")
    neighbours = NeighbourOut(many=True)
    figures = FigureOut(many=True)
    time_zones = serializers.ListField(child=serializers.CharField(), help_text="all of them, where there are several")
    bounds = serializers.ListField(child=serializers.FloatField(), allow_null=True, help_text="west, south, east, north")
    attribution = serializers.CharField(help_text="to be shown under its picture; empty without one")
    approximate = serializers.BooleanField()


class SetOut(serializers.Serializer[Any]):
    """A boundary set in force."""

    country = serializers.CharField()
    kind = serializers.CharField()
    use = serializers.CharField()
    hash = serializers.CharField()
    precision_m = serializers.IntegerField()
    licence = serializers.CharField()
    attribution = serializers.CharField()
    source = serializers.CharField()  # type: ignore[assignment]
    approximate = serializers.BooleanField()
    svg = serializers.CharField(allow_null=True)
    tiles = serializers.CharField(allow_null=True)


class SetsOut(serializers.Serializer[Any]):
    """The sets in force."""

    items = SetOut(many=True)


PLAIN = ("id", "country", "code", "time_zone", "population")


class AreasView(APIView):
    """Places of a kind."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(
        operation_id="territories_areas",
        parameters=[
            OpenApiParameter("kind", description="constituency, department, commune…"),
            OpenApiParameter("country", description="ISO 3166-1 alpha-2"),
            OpenApiParameter("below", description="code of a department or region: what lies wholly in it"),
            OpenApiParameter("after"),
            OpenApiParameter("limit", int),
        ],
        responses={200: AreasOut, 404: OpenApiResponse(ProblemOut, "no_such_area: `below` names nothing")},
    )
    def get(self, request: Request) -> Response:
        """List places by code; without a kind, those that bear seats."""
        asked = {name: request.query_params.get(name, "").replace("\0", "")[:MOST_LETTERS] for name in ("kind", "country", "below")}
        areas = Area.objects.filter(valid_until=None)
        areas = areas.filter(kind__code=asked["kind"]) if asked["kind"] else areas.filter(kind__bears_seats=True)
        if asked["country"]:
            areas = areas.filter(country=asked["country"].upper())
        if asked["below"]:
            areas = areas.filter(above__ancestor=_upper(asked["below"], asked["country"].upper()), above__whole=True)
        return Response(
            keyset_page(
                areas.values(*PLAIN, "kind__code", called=called()),
                keys=["code", "id"],
                after=request.query_params.get("after"),
                limit=read_limit(request.query_params.get("limit")),
                shape=_row,
            )
        )


def _upper(code: str, country: str) -> Area:
    """Find the region, department or seat that a code names, the highest first. Raises: NotFound."""
    areas = Area.objects.filter(code=code.upper(), kind__level__lte=3)
    found = (areas.filter(country=country) if country else areas).order_by("-kind__level").filter(kind__level__gt=0)
    department = found.exclude(kind__code="region").first() or found.first()
    return department or selectors.area_by_code(code, country=country or None)


class AreaView(APIView):
    """One place."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="territories_area", responses={200: AreaCardOut, 404: OpenApiResponse(ProblemOut, "no_such_area")})
    def get(self, request: Request, country: str, kind: str, code: str) -> Response:
        """Return a place by its code in any spelling, what it lies in, what is next to it and its figures."""
        if "\0" in country + kind + code:
            raise NotFound(_("There is no such place."), code="no_such_area")
        area = selectors.area_by_code(code, country=country.upper(), kind=kind)
        boundary_set = selectors.sets_in_force().filter(kind_id=area.kind_id, use="locate").first()
        extent = area.shapes.filter(boundary_set=boundary_set).aggregate(box=Extent("geometry"))["box"] if boundary_set else None
        return Response(
            {
                **_row({column: getattr(area, column) for column in PLAIN} | {"kind__code": area.kind.code, "called": area.called}),
                "ancestors": [_brief(row) for row in selectors.ancestors_of(area).select_related("kind")],
                "seats": [_brief(row) for row in selectors.seats_of(area).select_related("kind")],
                "neighbours": [{**_brief(row.other), "shared_metres": row.shared_metres} for row in selectors.neighbours_of(area)],
                "figures": _figures(area),
                "time_zones": area.time_zones or [area.time_zone],
                "bounds": list(extent) if extent else None,
                "attribution": boundary_set.attribution if boundary_set and extent else "",
                "approximate": bool(boundary_set and boundary_set.approximate),
            }
        )


class SetsView(APIView):
    """Boundary sets."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="territories_sets", responses=SetsOut)
    def get(self, request: Request) -> Response:
        """List the sets in force with what must be shown under maps drawn from them."""
        drawn = pictures.svg_addresses()
        return Response(
            {
                "items": [
                    {
                        "country": row.kind.country,
                        "kind": row.kind.code,
                        "use": row.use,
                        "hash": row.hash,
                        "precision_m": row.precision_m,
                        "licence": row.licence,
                        "attribution": row.attribution,
                        "source": row.source,
                        "approximate": row.approximate,
                        "svg": drawn.get(row.pk),
                        "tiles": pictures.tiles_address(boundary_set=row),
                    }
                    for row in selectors.sets_in_force()
                ]
            }
        )


def _row(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "country": row["country"],
        "kind": row["kind__code"],
        "code": row["code"],
        "display_code": display_code(row["code"], country=row["country"], kind=row["kind__code"]),
        "name": row["called"],
        "time_zone": row["time_zone"],
        "population": row["population"],
    }


def _brief(area: Area) -> dict[str, Any]:
    return {"kind": area.kind.code, "code": area.code, "name": area.called}


def _figures(area: Area) -> list[dict[str, Any]]:
    whole = dict(AreaFigure.objects.filter(area__kind__level=0, area__country=area.country).values_list("indicator_id", "value"))
    rows = AreaFigure.objects.filter(area=area).select_related("indicator").order_by("indicator_id")
    return [
        {
            "code": row.indicator.code,
            "name": row.indicator.name.get(get_language() or "", row.indicator.name.get("fr", row.indicator.code)),
            "value": row.value,
            "country_value": whole.get(row.indicator_id),
            "source": row.indicator.source,
        }
        for row in rows
    ]
