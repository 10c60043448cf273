"""`GET /territories/locate/`: from a point to its seat. The position is answered, never kept nor logged (decision 3)."""

import math
from typing import Any

import orjson
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from maillage.kernel.errors import Invalid, NotFound
from maillage.territories import selectors
from maillage.territories.api.lean import LeanView
from maillage.territories.api.shapes import AreaBriefOut, ProblemOut
from maillage.territories.domain import Confidence, Position

MOST_LETTERS = 32


class LocalityOut(serializers.Serializer[Any]):
    """The commune, by the nearest known outline (or inner point) of those in the seat: outlines of communes are approximate."""

    code = serializers.CharField()
    name = serializers.CharField()


class AlternativeOut(AreaBriefOut):
    """Another seat nearby."""

    metres = serializers.FloatField(help_text="distance to its territory")


class LocatedOut(serializers.Serializer[Any]):
    """Where a point lies."""

    area = AreaBriefOut()
    constituency = AreaBriefOut(help_text="the same as `area`, under its name in version 1")
    ancestors = AreaBriefOut(many=True, help_text="what the seat lies in, the nearest first")
    locality = LocalityOut(allow_null=True)
    confidence = serializers.ChoiceField(choices=Confidence.values)
    metres_to_other = serializers.FloatField(
        allow_null=True, help_text="distance to the nearest other seat's territory; null when there is none"
    )
    alternatives = AlternativeOut(many=True, help_text="other seats so near that the point may be theirs; empty when certain")
    approximate = serializers.BooleanField(help_text="the boundaries in force are approximate: say so")
    set = serializers.CharField(help_text="hash of the boundary set used")


class LocateView(LeanView):
    """From a point to its seat."""

    @extend_schema(
        operation_id="territories_locate",
        parameters=[
            OpenApiParameter("lat", float, required=True, description="latitude, WGS 84, -90 to 90"),
            OpenApiParameter("lon", float, required=True, description="longitude, WGS 84, -180 to 180"),
        ],
        responses={
            200: LocatedOut,
            400: OpenApiResponse(ProblemOut, "bad_position: not two numbers in range"),
            404: OpenApiResponse(ProblemOut, "outside: beyond 500 m of every seat; `search` says where to look for a country abroad"),
        },
    )
    def get(self, request: HttpRequest) -> None:
        """Find the seat of a position, how sure that is, and what else is near."""

    def answer(self, request: HttpRequest) -> dict[str, Any]:
        """Read the position and find its seat."""
        position = read_position(request)
        found = selectors.located(position=position, language=get_language() or "fr")
        if found is None:
            raise NotFound(
                _("No constituency is within 500 metres of this place. If you live abroad, look for your country instead."),
                code="outside",
                search="/api/v1/territories/search/",
            )
        area = orjson.Fragment(found.area_json)
        return {
            "area": area,
            "constituency": area,
            "ancestors": orjson.Fragment(found.ancestors_json),
            "locality": {"code": found.locality_code, "name": found.locality_name} if found.locality_code else None,
            "confidence": str(found.confidence.value),
            "metres_to_other": found.metres_to_other,
            "alternatives": [{**orjson.loads(other.area_json), "metres": other.metres} for other in found.alternatives],
            "approximate": found.approximate,
            "set": found.set_hash,
        }


def read_position(request: HttpRequest) -> Position:
    """Read `lat` and `lon`. Raises: Invalid, naming the field."""
    wrong: dict[str, list[str]] = {}
    numbers = {}
    for name, most in (("lat", 90.0), ("lon", 180.0)):
        number = _number(request.GET.get(name, ""))
        if number is None:
            wrong[name] = [_("Give a number in degrees.")]
        elif abs(number) > most:
            wrong[name] = [_("Give a number from %(least)d to %(most)d.") % {"least": -most, "most": most}]
        else:
            numbers[name] = number
    if wrong:
        raise Invalid(_("A position is a latitude and a longitude in degrees."), code="bad_position", fields=wrong)
    return Position(lat=numbers["lat"], lon=numbers["lon"])


def _number(text: str) -> float | None:
    try:
        number = float(text) if len(text) <= MOST_LETTERS and text.isascii() and "_" not in text else math.nan
    except ValueError:
        return None
    return number if math.isfinite(number) else None
