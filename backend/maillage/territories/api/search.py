"""`GET /territories/search/` and `/territories/geocode/`: from what people type to places. Nothing of it is logged."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from maillage.kernel.errors import Invalid
from maillage.territories import selectors
from maillage.territories.api.lean import LeanView
from maillage.territories.api.shapes import ProblemOut, SeatBriefOut
from maillage.territories.gateways import geocoder

MOST_LETTERS = 200


class FoundOut(serializers.Serializer[Any]):
    """A place that fits. `split`: it lies in several seats, so ask for a street or a click on the map."""

    kind = serializers.ChoiceField(choices=["postal_code", "commune", "country", "constituency"])
    code = serializers.CharField()
    name = serializers.CharField()
    context = serializers.CharField(  # type: ignore[assignment]
        help_text="what tells namesakes apart: the department; empty where nothing does"
    )
    seats = SeatBriefOut(many=True)
    split = serializers.BooleanField()


class SearchOut(serializers.Serializer[Any]):
    """Up to ten places, exact ones first, then the most inhabited."""

    items = FoundOut(many=True)


class StreetOut(serializers.Serializer[Any]):
    """A street that fits, to be given to `locate`."""

    label = serializers.CharField()  # type: ignore[assignment]
    lat = serializers.FloatField()
    lon = serializers.FloatField()


class GeocodeOut(serializers.Serializer[Any]):
    """Up to six streets."""

    items = StreetOut(many=True)


class SearchView(LeanView):
    """Places by the beginning of their name."""

    @extend_schema(
        operation_id="territories_search",
        parameters=[
            OpenApiParameter("q", required=True, description="postal code, commune, country abroad or constituency code; 1 to 200 letters")
        ],
        responses={200: SearchOut, 400: OpenApiResponse(ProblemOut, "bad_query")},
    )
    def get(self, request: HttpRequest) -> None:
        """Find places, with the seats that each lies in."""

    def answer(self, request: HttpRequest) -> dict[str, Any]:
        """Read what was typed and find places."""
        found = selectors.places_found(text=read_text(request), language=get_language() or "fr")
        return {
            "items": [
                {
                    "kind": place.kind,
                    "code": place.code,
                    "name": place.name,
                    "context": place.context,
                    "seats": [{"code": seat.code, "name": seat.name} for seat in place.seats],
                    "split": place.split,
                }
                for place in found
            ]
        }


class GeocodeView(LeanView):
    """Streets, where a commune lies in several seats."""

    @extend_schema(
        operation_id="territories_geocode",
        parameters=[
            OpenApiParameter("q", required=True, description="a street, with or without a number; 1 to 200 letters"),
            OpenApiParameter("locality", description="code of the commune to look in"),
        ],
        responses={
            200: GeocodeOut,
            400: OpenApiResponse(ProblemOut, "bad_query"),
            503: OpenApiResponse(ProblemOut, "geocoder_off, geocoder_unavailable"),
        },
    )
    def get(self, request: HttpRequest) -> None:
        """Find streets through the geocoder of the settings."""

    def answer(self, request: HttpRequest) -> dict[str, Any]:
        """Read what was typed and ask."""
        locality = request.GET.get("locality", "")
        if locality and not (locality.isascii() and locality.isalnum() and len(locality) <= 10):
            raise Invalid(_("This is not a commune's code."), code="bad_query", fields={"locality": [_("Letters and digits only.")]})
        streets = geocoder.streets_found(text=read_text(request), locality=locality)
        return {"items": [{"label": street.label, "lat": street.lat, "lon": street.lon} for street in streets]}


def read_text(request: HttpRequest) -> str:
    """Read `q`. Raises: Invalid."""
    text = request.GET.get("q", "").replace("\0", "").strip()
    if not 1 <= len(text) <= MOST_LETTERS:
        raise Invalid(_("Type a postal code, a town or a country."), code="bad_query", fields={"q": [_("1 to 200 letters.")]})
    return text
