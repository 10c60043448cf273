"""Funds set up: administrators say who takes money, under which rules, and when its page asks. They see no donor."""

from typing import Any

from django.conf import settings
from django.db.models import Max, Min, Q
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain.setting_up import MOST_SUGGESTED, MOST_USES, Said, Words
from maillage.fundraising.gateways.accounts import modes
from maillage.fundraising.models import Fund
from maillage.fundraising.selectors.setting_up import fund_shape, proposed_rules, recipients
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.domain import GivingRules
from maillage.people.selectors.organisation import organisation
from maillage.territories.domain.words import WindowKind
from maillage.territories.models import Election

MOST_CENTS = 10**12
LEAST_CENTS = 50
"""The least that the payment provider takes."""


class UseOut(serializers.Serializer[Any]):
    """What an amount pays."""

    amount = serializers.IntegerField(min_value=1, max_value=MOST_CENTS, help_text="cents")
    pays = serializers.CharField(max_length=200)


class FundWordsIn(serializers.Serializer[Any]):
    """What a fund says in one language."""

    name = serializers.CharField(max_length=80)
    title = serializers.CharField(max_length=160, allow_blank=True, default="")
    lead = serializers.CharField(max_length=2000, allow_blank=True, default="")
    uses = UseOut(many=True, default=list)
    other_ways = serializers.CharField(max_length=2000, allow_blank=True, default="", help_text="how to give by cheque or transfer")
    thanks = serializers.CharField(max_length=2000, allow_blank=True, default="")

    def validate_uses(self, uses: list[Any]) -> list[Any]:
        """Keep as many as a page shows."""
        return uses[:MOST_USES]


class FundAreaOut(serializers.Serializer[Any]):
    """The place that a fund is for."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class FundAbilitiesOut(serializers.Serializer[Any]):
    """What may be done with it as it stands."""

    describe = serializers.BooleanField()
    publish = serializers.BooleanField()
    add_envelope = serializers.BooleanField()
    close = serializers.BooleanField()
    reopen = serializers.BooleanField()


class EnvelopeOut(serializers.Serializer[Any]):
    """A part of a recipient."""

    code = serializers.CharField()
    area = FundAreaOut(allow_null=True)
    texts = serializers.DictField(child=FundWordsIn(), help_text="by language")
    published_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    missing = serializers.ListField(child=serializers.CharField(), help_text="what the page lacks: facts, text_<language>, way, opens_on")
    abilities = FundAbilitiesOut()


class FundFactsIn(serializers.Serializer[Any]):
    """Who a recipient is, what it suggests and when it collects; amounts in cents."""

    legal_name = serializers.CharField(max_length=200, allow_blank=True, default="")
    address = serializers.CharField(max_length=1000, allow_blank=True, default="")
    phone = serializers.CharField(max_length=32, allow_blank=True, default="", help_text="of an agent, for the file of donors")
    email = serializers.CharField(max_length=254, allow_blank=True, default="", help_text="of an agent, for the file of donors")
    registration = serializers.CharField(max_length=32, allow_blank=True, default="", help_text="SIREN or RNA number")
    purpose = serializers.CharField(max_length=2000, allow_blank=True, default="")
    quality = serializers.CharField(max_length=200, allow_blank=True, default="")
    party = serializers.CharField(max_length=200, allow_blank=True, default="")
    agent_is_person = serializers.BooleanField(default=False)
    candidates = serializers.CharField(max_length=300, allow_blank=True, default="")
    approved_on = serializers.DateField(allow_null=True, default=None)
    signatory = serializers.CharField(max_length=200, allow_blank=True, default="")
    cares = serializers.BooleanField(default=False)
    allowed_expenses = serializers.IntegerField(min_value=0, max_value=MOST_CENTS, allow_null=True, default=None)
    opens_on = serializers.DateField(allow_null=True, default=None)
    closes_on = serializers.DateField(allow_null=True, default=None)
    iban = serializers.CharField(max_length=50, allow_blank=True, default="")
    creditor_id = serializers.CharField(max_length=35, allow_blank=True, default="")
    suggested_once = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_CENTS), max_length=MOST_SUGGESTED, default=list
    )
    suggested_monthly = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=MOST_CENTS), max_length=MOST_SUGGESTED, default=list
    )
    least = serializers.IntegerField(min_value=LEAST_CENTS, max_value=MOST_CENTS, default=100)
    goal = serializers.IntegerField(min_value=1, max_value=MOST_CENTS, allow_null=True, default=None)
    goal_from = serializers.DateField(allow_null=True, default=None)
    goal_on = serializers.DateField(allow_null=True, default=None)
    rules = serializers.ChoiceField(choices=GivingRules.choices)
    account = serializers.SlugField(max_length=32, allow_blank=True, default="", help_text="code of its keys at Stripe")
    election = serializers.SlugField(max_length=64, allow_blank=True, default="", help_text="code of the vote that an agent collects for")


class FundOut(FundFactsIn):
    """A legal recipient as its administrators set it up."""

    code = serializers.CharField()
    area = FundAreaOut(allow_null=True)
    currency = serializers.CharField()
    time_zone = serializers.CharField()
    texts = serializers.DictField(child=FundWordsIn(), help_text="by language")
    published_at = serializers.DateTimeField(allow_null=True)
    closed_at = serializers.DateTimeField(allow_null=True)
    missing = serializers.ListField(
        child=serializers.CharField(), help_text="what the page lacks: facts, text_<language>, way, opens_on, election, closes_on"
    )
    account_mode = serializers.ChoiceField(choices=["live", "test", "none"], help_text="what its keys do; none: they are not there")
    collects_from = serializers.DateField(allow_null=True, help_text="first day of a candidate's agent for its election")
    asked_facts = serializers.ListField(child=serializers.CharField(), help_text="the facts that its rules ask for")
    mentions = serializers.DictField(
        child=serializers.ListField(child=serializers.CharField()), help_text="by language, as the page says them; empty: facts are missing"
    )
    monthly_running = serializers.IntegerField(help_text="monthly donations that go on when it closes")
    is_given_to = serializers.BooleanField(help_text="somebody gave: its rules stay")
    envelopes = EnvelopeOut(many=True)
    abilities = FundAbilitiesOut()


class ElectionOut(serializers.Serializer[Any]):
    """A vote that an agent may collect for."""

    code = serializers.CharField()
    name = serializers.CharField()
    first_round_on = serializers.DateField()
    is_confirmed = serializers.BooleanField(help_text="false: its days are expected, not fixed by decree")
    collects_from = serializers.DateField(allow_null=True, help_text="first day on which an agent collects for it, where the law sets one")
    collects_until = serializers.DateField(allow_null=True, help_text="last one")


class FundsOut(serializers.Serializer[Any]):
    """All recipients, and what there is to choose from."""

    items = FundOut(many=True)
    languages = serializers.ListField(child=serializers.CharField(), help_text="of the organisation: each page speaks all of them")
    proposed_rules = serializers.ChoiceField(choices=GivingRules.choices, help_text="what follows from who runs this site")
    accounts = serializers.ListField(child=serializers.CharField(), help_text="codes whose keys the environment holds")
    elections = ElectionOut(many=True)


class FundIn(serializers.Serializer[Any]):
    """A recipient to open."""

    code = serializers.SlugField(max_length=48, help_text="in its page's address")
    legal_name = serializers.CharField(max_length=200)
    rules = serializers.ChoiceField(
        choices=GivingRules.choices, required=False, help_text="what follows from who runs this site, when absent"
    )


class EnvelopeIn(serializers.Serializer[Any]):
    """An envelope to add."""

    envelope = serializers.SlugField(max_length=48)
    name = serializers.CharField(max_length=80)
    area = serializers.UUIDField(allow_null=True, default=None)


class FundsView(APIView):
    """All recipients."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_funds", responses=FundsOut)
    def get(self, request: Request) -> Response:
        """Return them as they are set up; no donor is named."""
        accounts.as_administrator(request.user, now=now())
        return Response(_all())

    @extend_schema(operation_id="fundraising_open_fund", request=FundIn, responses={201: FundOut})
    def post(self, request: Request) -> Response:
        """Open one that asks for nothing yet."""
        by = accounts.as_administrator(request.user, now=now())
        asked = FundIn(data=request.data)
        asked.is_valid(raise_exception=True)
        rules = asked.validated_data.pop("rules", None)
        fund = services.open_fund(**asked.validated_data, rules=GivingRules(rules) if rules else None, by=by, now=now())
        return Response(_one(fund.code), status=201)


class FundView(APIView):
    """One of them."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_describe_fund", request=FundFactsIn, responses=FundOut)
    def put(self, request: Request, code: str) -> Response:
        """Say who it is, what it suggests and when it collects. A published one keeps what its mentions name."""
        by = accounts.as_administrator(request.user, now=now())
        asked = FundFactsIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        rules, account, election = GivingRules(said.pop("rules")), said.pop("account"), said.pop("election")
        services.describe_fund(code=code, said=Said(**said), rules=rules, account=account, election=election, by=by, now=now())
        return Response(_one(code))


class FundWordsView(APIView):
    """What a recipient or an envelope says in one language."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_word_fund", request=FundWordsIn, responses=FundOut)
    def put(self, request: Request, code: str, language: str) -> Response:
        """Write it; the answer is the recipient."""
        by = accounts.as_administrator(request.user, now=now())
        if language not in dict(settings.LANGUAGES):
            raise NotFound
        asked = FundWordsIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = dict(asked.validated_data)
        uses = [(use["amount"], use["pays"]) for use in said.pop("uses")]
        return Response(_recipient(services.word_fund(code=code, language=language, words=Words(**said, uses=uses), by=by, now=now())))


class EnvelopesView(APIView):
    """The envelopes of a recipient."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_add_envelope", request=EnvelopeIn, responses={201: FundOut})
    def post(self, request: Request, code: str) -> Response:
        """Add one."""
        by = accounts.as_administrator(request.user, now=now())
        asked = EnvelopeIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        services.add_envelope(code=code, envelope=said["envelope"], name=said["name"], area_id=said["area"], by=by, now=now())
        return Response(_one(code), status=201)


class PublishFundView(APIView):
    """A page that asks."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_publish_fund", request=None, responses=FundOut)
    def post(self, request: Request, code: str) -> Response:
        """Publish the page of a recipient once nothing is missing. Safe to repeat."""
        services.publish_fund(code=code, by=_administrator(request), now=now())
        return Response(_one(code))


class CloseFundView(APIView):
    """A fund that asks no more."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_close_fund", request=None, responses=FundOut)
    def post(self, request: Request, code: str) -> Response:
        """Close a recipient or an envelope; monthly donations go on until their givers stop them. Safe to repeat."""
        return Response(_recipient(services.close_fund(code=code, by=_administrator(request), now=now())))


class ReopenFundView(APIView):
    """A fund as it was."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_reopen_fund", request=None, responses=FundOut)
    def post(self, request: Request, code: str) -> Response:
        """Let a closed fund be as it was before. Safe to repeat."""
        return Response(_recipient(services.reopen_fund(code=code, by=_administrator(request), now=now())))


def _administrator(request: Request) -> User:
    return accounts.as_administrator(request.user, now=now())


def _all() -> dict[str, Any]:
    at = now()
    house = organisation()
    collecting = Q(windows__kind=WindowKind.COLLECTING)
    elections = (
        Election.objects.filter(country=house.country)
        .annotate(collects_from=Min("windows__starts_on", filter=collecting), collects_until=Max("windows__ends_on", filter=collecting))
        .order_by("first_round_on", "code")
    )
    return {
        "items": [_shaped(fund) for fund in recipients()],
        "languages": house.languages,
        "proposed_rules": proposed_rules(at),
        "accounts": list(modes()),
        "elections": [
            {"code": each.code, "name": each.called}
            | {name: getattr(each, name) for name in ("first_round_on", "is_confirmed", "collects_from", "collects_until")}
            for each in elections
        ],
    }


def _one(code: str) -> dict[str, Any]:
    return _shaped(recipients().get(code=code))


def _recipient(fund: Fund) -> dict[str, Any]:
    return _shaped(recipients().get(pk=fund.recipient.pk))


def _shaped(fund: Fund) -> dict[str, Any]:
    shape = fund_shape(fund, now(), modes())
    for said in (shape, *shape["envelopes"]):
        for words in said["texts"].values():
            words["uses"] = [{"amount": cents, "pays": what} for cents, what in words["uses"]]
    return shape
