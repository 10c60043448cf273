"""Roles that an administrator gives: organisers, treasurers, moderators, the data-protection officer, administrators."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors, services
from maillage.accounts.api.me import GrantAreaOut
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.models import Grant
from maillage.accounts.selectors.appointments import appointments, masked
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.territories.models import Area

APPOINTED = [(role.value, role.label) for role in Role if role not in HOLDERS]


class AppointmentOut(serializers.Serializer[Any]):
    """A role, where, since when, and whose: an administrator sees settings and no people, hence an address in part."""

    id = serializers.UUIDField()
    role = serializers.ChoiceField(choices=APPOINTED)
    area = GrantAreaOut()
    address = serializers.CharField(help_text="in part: c…e@example.org")
    is_me = serializers.BooleanField()
    starts_at = serializers.DateTimeField()
    has_signed_in = serializers.BooleanField()


class AppointmentsOut(serializers.Serializer[Any]):
    """All running ones, the widest place first."""

    items = AppointmentOut(many=True)


class AppointmentIn(serializers.Serializer[Any]):
    """Whom to appoint, to what, where."""

    email = serializers.EmailField(max_length=254)
    role = serializers.ChoiceField(choices=APPOINTED)
    country = serializers.CharField(min_length=2, max_length=2)
    kind = serializers.CharField(max_length=32, help_text="kind of place, as in the territories: country, region, department…")
    code = serializers.CharField(max_length=32)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False, help_text="of the mail; the asker's by default")


class AppointmentsView(APIView):
    """Who holds which role, and another one given."""

    policy = "administrator"

    def get_permissions(self) -> list[Any]:
        """Appointing asks for a recent proof: a screen left open must not make anybody an administrator."""
        return [SignedIn(), selectors.RecentlyProved()] if self.request.method == "POST" else [SignedIn()]

    @extend_schema(operation_id="accounts_appointments", responses=AppointmentsOut)
    def get(self, request: Request) -> Response:
        """List the running roles that come with no seat."""
        asker = selectors.as_administrator(request.user, now=now())
        return Response({"items": [_shape(grant, asker_id=asker.pk) for grant in appointments(now=now())]})

    @extend_schema(operation_id="accounts_appoint", request=AppointmentIn, responses={201: AppointmentOut})
    def post(self, request: Request) -> Response:
        """Appoint whoever reads this address; a mail tells them. Safe to repeat."""
        asker = selectors.as_administrator(request.user, now=now())
        wanted = AppointmentIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        place = Area.objects.filter(country=asked["country"], kind__code=asked["kind"], code=asked["code"], valid_until=None).first()
        if place is None:
            raise Invalid(code="unknown_place", fields={"code": [_("There is no such place.")]})
        grant = services.appoint(
            email=asked["email"],
            role=Role(asked["role"]),
            area=place,
            by=asker,
            language=asked.get("language") or get_language() or "",
            now=now(),
        )
        return Response(_shape(grant, asker_id=asker.pk), status=201)


class AppointmentEndView(APIView):
    """A role ended."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="accounts_appointment_end", request=None, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """End this role now. Safe to repeat."""
        asker = selectors.as_administrator(request.user, now=now())
        try:
            services.end_appointment(grant_id=id, by=asker, now=now())
        except Grant.DoesNotExist:
            raise NotFound from None
        return Response(status=204)


def _shape(grant: Grant, *, asker_id: UUID) -> dict[str, Any]:
    area = grant.area
    return {
        "id": grant.pk,
        "role": grant.role,
        "area": {"id": area.pk, "country": area.country, "kind": area.kind.code, "code": area.code, "name": area.called},
        "address": masked(grant.user.email),
        "is_me": grant.user_id == asker_id,
        "starts_at": grant.starts_at,
        "has_signed_in": grant.user.seen_at is not None,
    }
