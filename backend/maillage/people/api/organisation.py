"""Who runs this installation: told by its administrators, before anything is public."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services
from maillage.people.domain import AUTHORITIES, NOTICE, Follows, GivingRules, LegalKind, Mark, Where, what_follows
from maillage.people.domain.opening import CONDITIONS
from maillage.people.models import Organisation
from maillage.people.selectors.organisation import countries_loaded, day_of_house, organisation


class PlaceKindOut(serializers.Serializer[Any]):
    """A kind of place in which a role can be held."""

    code = serializers.CharField()
    name = serializers.CharField()
    places = serializers.IntegerField(help_text="of this kind in the country")


class CountryOut(serializers.Serializer[Any]):
    """A country whose territory is loaded."""

    code = serializers.CharField()
    name = serializers.CharField()
    seats = serializers.IntegerField(help_text="places that bear one")
    kinds = PlaceKindOut(many=True, help_text="from the country down to what bears a seat")


class LawRuleOut(serializers.Serializer[Any]):
    """Something that follows from a country and a legal kind, in the reader's language."""

    text = serializers.CharField()
    where = serializers.CharField(help_text="where it shows, in words")
    read_in = serializers.CharField(allow_blank=True, help_text="the law or paper; empty: nothing is known")
    mark = serializers.ChoiceField(choices=[*(mark.value for mark in Mark), ""], help_text="how sure we are; empty: nothing is known")
    valid_from = serializers.DateField(allow_null=True)


class FollowsOut(serializers.Serializer[Any]):
    """What follows from one country and legal kind today."""

    country = serializers.CharField(help_text="ISO 3166-1")
    legal_kind = serializers.ChoiceField(choices=LegalKind.choices)
    giving = serializers.ChoiceField(choices=GivingRules.values, help_text="which rules apply to gifts")
    rules = LawRuleOut(many=True)


class ConditionOut(serializers.Serializer[Any]):
    """Something that must be so before the public may come in, in the reader's language."""

    name = serializers.CharField()
    text = serializers.CharField()
    done_at = serializers.CharField(help_text="path of the screen behind /app")
    is_met = serializers.BooleanField()


class OrganisationOut(serializers.Serializer[Any]):
    """Who runs this installation, and what is still to be said."""

    name = serializers.CharField()
    country = serializers.CharField(help_text="ISO 3166-1")
    legal_kind = serializers.ChoiceField(choices=LegalKind.choices)
    languages = serializers.ListField(child=serializers.ChoiceField(choices=settings.LANGUAGES), help_text="the usual one first")
    address = serializers.CharField(allow_blank=True)
    email = serializers.CharField(allow_blank=True)
    officer = serializers.CharField(allow_blank=True, help_text="the data-protection officer, printed in the notices; empty: none")
    publisher = serializers.CharField(allow_blank=True)
    host = serializers.CharField(allow_blank=True)
    is_described = serializers.BooleanField(help_text="false before the first run was answered")
    opened_at = serializers.DateTimeField(allow_null=True)
    missing = serializers.ListField(child=serializers.ChoiceField(choices=NOTICE), help_text="what the notices lack")
    conditions = ConditionOut(many=True, help_text="what else must be so before the public may come in")
    authority = serializers.CharField(help_text="where people complain, named in the notices; empty where we know none")
    countries = CountryOut(many=True)
    follows = FollowsOut(many=True, help_text="for each of these countries and each legal kind")


class OrganisationIn(serializers.Serializer[Any]):
    """The whole of it, at once."""

    name = serializers.CharField(max_length=200)
    country = serializers.CharField(min_length=2, max_length=2)
    legal_kind = serializers.ChoiceField(choices=LegalKind.choices)
    languages = serializers.ListField(child=serializers.ChoiceField(choices=settings.LANGUAGES), min_length=1)
    address = serializers.CharField(max_length=1000, allow_blank=True, default="")
    email = serializers.EmailField(allow_blank=True, default="")
    officer = serializers.CharField(max_length=200, allow_blank=True, default="")
    publisher = serializers.CharField(max_length=200, allow_blank=True, default="")
    host = serializers.CharField(max_length=1000, allow_blank=True, default="")


class OrganisationView(APIView):
    """Who runs this installation."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_organisation", responses=OrganisationOut)
    def get(self, request: Request) -> Response:
        """Return what is said of the organisation, and what the notices lack."""
        accounts.as_administrator(request.user, now=now())
        return Response(_shape(organisation()))

    @extend_schema(operation_id="people_organisation_describe", request=OrganisationIn, responses=OrganisationOut)
    def put(self, request: Request) -> Response:
        """Say who runs this installation; the notices, the mails and the pages say it within five seconds."""
        by = accounts.as_administrator(request.user, now=now())
        said = OrganisationIn(data=request.data)
        said.is_valid(raise_exception=True)
        values = {**said.validated_data, "legal_kind": LegalKind(said.validated_data["legal_kind"])}
        return Response(_shape(services.describe_organisation(**values, by=by, now=now())))


class OpenView(APIView):
    """The public let in."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_organisation_open", request=None, responses=OrganisationOut)
    def post(self, request: Request) -> Response:
        """Open the site to the public, once the notices are whole and every condition is met. Safe to repeat."""
        return Response(_shape(services.open_to_public(by=accounts.as_administrator(request.user, now=now()), now=now())))


class CloseView(APIView):
    """The public kept out."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="people_organisation_close", request=None, responses=OrganisationOut)
    def post(self, request: Request) -> Response:
        """Close the site to the public; members go on, and links in mails work. Safe to repeat."""
        return Response(_shape(services.close_to_public(by=accounts.as_administrator(request.user, now=now()), now=now())))


def _shape(house: Organisation) -> dict[str, Any]:
    authority = AUTHORITIES.get(house.country)
    return {
        **{
            field: getattr(house, field)
            for field in ("country", "legal_kind", "languages", "address", "email", "officer", "publisher", "host")
        },
        "name": house.name if house.is_described else "",
        "is_described": house.is_described,
        "opened_at": house.opened_at,
        "missing": house.missing,
        "conditions": [
            {"name": each.name, "text": each.text, "done_at": each.done_at, "is_met": each.is_met(now())} for each in CONDITIONS.values()
        ],
        "authority": authority.name if authority else "",
        "countries": (countries := countries_loaded()),
        "follows": [_follows(code, kind) for code in sorted({house.country, *(one["code"] for one in countries)}) for kind in LegalKind],
    }


def _follows(country: str, kind: LegalKind) -> dict[str, Any]:
    found = what_follows(country=country, kind=kind, on=day_of_house(now()))
    return {"country": country, "legal_kind": kind, "giving": found.giving, "rules": list(_rules(found))}


def _rules(found: Follows) -> Iterator[dict[str, Any]]:
    rule = found.giving_rule
    known = {"read_in": rule.read_in, "mark": rule.mark, "valid_from": rule.valid_from} if rule else _UNKNOWN
    yield {"text": found.giving.label, "where": Where.GIFTS.label, **known}
    for duty in found.duties:
        rule = duty.rule
        yield {
            "text": duty.text,
            "where": duty.where.label,
            "read_in": rule.read_in,
            "mark": rule.mark,
            "valid_from": rule.valid_from,
        }


_UNKNOWN = {"read_in": "", "mark": "", "valid_from": None}
