"""Networks, their coverage and all their seats."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.rest.etags import tagged
from maillage.kernel.rest.permissions import Anyone
from maillage.people.selectors.organisation import organisation
from maillage.relays import selectors, services
from maillage.relays.domain import SeatState
from maillage.relays.models import RelayNetwork
from maillage.relays.selectors.networks import office_of
from maillage.territories.models import Area, AreaKind


class NetworkOut(serializers.Serializer[Any]):
    """A campaign's net over a territory, in the reader's language where it is written in it."""

    id = serializers.UUIDField()
    slug = serializers.CharField()
    language = serializers.CharField(help_text="of name and purpose; not the one asked for when nobody wrote it")
    name = serializers.CharField()
    purpose = serializers.CharField()
    country = serializers.CharField(help_text="code of the territory that it covers")
    kind = serializers.CharField(help_text="code of the kind of its places; empty: those that bear seats")
    kind_name = serializers.CharField(help_text="what such a place is called, in the reader's language; empty where it is not said")
    office = serializers.CharField(help_text="whom its relays meet, as one says it after 'your'")
    opens_at = serializers.DateTimeField()
    closes_at = serializers.DateTimeField(allow_null=True)


class NetworkTextIn(serializers.Serializer[Any]):
    """Name and purpose in one language."""

    language = serializers.ChoiceField(choices=settings.LANGUAGES)
    name = serializers.CharField(max_length=120)
    purpose = serializers.CharField(max_length=400, allow_blank=True, default="")
    office = serializers.CharField(max_length=80, allow_blank=True, required=False, help_text="whom its relays meet: senator")


class NetworkIn(serializers.Serializer[Any]):
    """A net to lay over the organisation's country."""

    slug = serializers.SlugField(max_length=64, help_text="its short name, in addresses")
    texts = NetworkTextIn(many=True)
    kind = serializers.SlugField(max_length=32, allow_blank=True, required=False, help_text="a seat for each such place: department")


class NetworksOut(serializers.Serializer[Any]):
    """All of them, the newest first."""

    items = NetworkOut(many=True)


class CoverageOut(serializers.Serializer[Any]):
    """Seats by state; the five sum to `total`, and covered (the headline) is filled + stand_in."""

    total = serializers.IntegerField()
    filled = serializers.IntegerField()
    stand_in = serializers.IntegerField()
    applied = serializers.IntegerField()
    vacant = serializers.IntegerField()
    dormant = serializers.IntegerField()


class SeatRowOut(serializers.Serializer[Any]):
    """A seat as a map and its table need it."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    group = serializers.CharField(help_text="the name of the area above")
    state = serializers.ChoiceField(choices=SeatState.choices)
    new = serializers.BooleanField(help_text="filled in the last seven days")


class SeatRowsOut(serializers.Serializer[Any]):
    """Every seat of a network, by code."""

    items = SeatRowOut(many=True)


class NetworksView(APIView):
    """The networks: read by anyone, opened by an administrator."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="relays_networks", responses=NetworksOut)
    def get(self, request: Request) -> Response:
        """List the networks, the newest first."""
        return Response({"items": [_shape(network) for network in selectors.every_network()]})

    @extend_schema(operation_id="relays_network_open", request=NetworkIn, responses={201: NetworkOut})
    def post(self, request: Request) -> Response:
        """Lay a net over the organisation's country: a seat for each place that bears one, all vacant."""
        accounts.as_administrator(request.user, now=now())
        wanted = NetworkIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        house = organisation()
        country = Area.objects.filter(kind__level=0, country=house.country).first()
        if country is None:
            raise Conflict(_("The territory of this country is not loaded."), code="unknown_country")
        code = asked.get("kind", "")
        kind = AreaKind.objects.filter(country=house.country, code=code).first() if code else None
        if code and kind is None:
            raise Invalid(fields={"kind": [_("This country has no such kind of place.")]})
        network = services.open_network(
            slug=asked["slug"],
            country=country,
            names={text["language"]: (text["name"], text["purpose"]) for text in asked["texts"]},
            default_language=house.languages[0],
            kind=kind,
            offices={text["language"]: text.get("office", "") for text in asked["texts"]},
            now=now(),
        )
        return Response(_shape(network), status=201)


class NetworkView(APIView):
    """One network."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="relays_network", responses=NetworkOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return a network."""
        return Response(_shape(selectors.network(id)))


class CoverageView(APIView):
    """How much of its territory a network covers."""

    policy = "anyone"
    permission_classes = [Anyone]
    authentication_classes: Sequence[type[BaseAuthentication]] = []  # the same for everybody: no cookie is read

    @extend_schema(operation_id="relays_coverage", responses=CoverageOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Count the seats by state."""
        coverage = selectors.coverage(id)
        if not coverage.total:
            selectors.network(id)
        return Response(asdict(coverage))


class SeatsView(APIView):
    """All the seats of a network at once."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="relays_seats", responses={200: SeatRowsOut, 304: None})
    def get(self, request: Request, id: UUID) -> HttpResponse:
        """Return code, name and state of every seat; 304 to who names the version (ETag) that they hold."""
        rows = selectors.seat_rows(id, now=now())
        if not rows:
            selectors.network(id)
        return tagged(request, {"items": rows})


def _shape(network: RelayNetwork) -> dict[str, Any]:
    text = selectors.text_of(network, language=get_language() or "")
    return {
        "id": network.pk,
        "slug": network.slug,
        "language": text.language,
        "name": text.name,
        "purpose": text.purpose,
        "country": network.country.code,
        "kind": network.kind.code if network.kind else "",
        "kind_name": network.kind.called if network.kind else "",
        "office": office_of(network, language=get_language() or ""),
        "opens_at": network.opens_at,
        "closes_at": network.closes_at,
    }
