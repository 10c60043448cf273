"""What a network requires of whoever holds its seats."""

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

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.permissions import Anyone
from maillage.relays import selectors, services


class RequirementOut(serializers.Serializer[Any]):
    """A qualification that a network requires."""

    code = serializers.CharField()
    name = serializers.CharField(help_text="in the reader's language, else in the network's")
    names = serializers.DictField(child=serializers.CharField(), help_text="by language")


class RequirementsOut(serializers.Serializer[Any]):
    """All of them."""

    items = RequirementOut(many=True)
    can_change = serializers.BooleanField()


class RequirementIn(serializers.Serializer[Any]):
    """What to require from now on, or what to call what is required already."""

    code = serializers.SlugField(max_length=64, allow_blank=True, default="")
    names = serializers.DictField(child=serializers.CharField(max_length=120, allow_blank=True), help_text="by language")


class RequirementsView(APIView):
    """What a network requires: read by anyone."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="relays_requirements", responses=RequirementsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List it, by code."""
        return Response(_requirements(request, id))

    @extend_schema(operation_id="relays_require", request=RequirementIn, responses=RequirementsOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Require a qualification from now on, or call it otherwise."""
        by = _setter(request, id)
        said = RequirementIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.require_qualification(network_id=id, by=by, now=now(), **said.validated_data)
        return Response(_requirements(request, id))


class RequirementView(APIView):
    """One of them."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="relays_drop_requirement", responses=RequirementsOut)
    def delete(self, request: Request, id: UUID, code: str) -> Response:
        """Require it no more."""
        services.drop_requirement(network_id=id, code=code, by=_setter(request, id), now=now())
        return Response(_requirements(request, id))


def _requirements(request: Request, network_id: UUID) -> dict[str, Any]:
    network = selectors.network(network_id)
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "items": [
            {
                "code": each.code,
                "name": selectors.name_in(each, language, default=network.default_language),
                "names": {text.language: text.name for text in each.texts.all()},
            }
            for each in selectors.requirements_of(network_id)
        ],
        "can_change": _may_set(request, country_id=network.country_id),
    }


def _may_set(request: Request, *, country_id: UUID) -> bool:
    instant = now()
    return accounts.holds_role(request.user, roles=[Role.ADMINISTRATOR], now=instant) or accounts.is_reached(
        request.user, roles=[Role.ORGANISER], area_id=country_id, now=instant
    )


def _setter(request: Request, network_id: UUID) -> User:
    network = selectors.network(network_id)
    if not isinstance(request.user, User) or not _may_set(request, country_id=network.country_id):
        raise Forbidden(_("Organisers of the whole territory and administrators decide this."))
    return request.user
