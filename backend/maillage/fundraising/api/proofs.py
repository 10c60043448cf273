"""An address proved by its owner; a proof reaches public endpoints as a token in the body (decision 16)."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.accounts.services.code_limits import count_code
from maillage.fundraising import services
from maillage.fundraising.models import AddressProof
from maillage.fundraising.selectors.allowance import Allowance, told_at
from maillage.fundraising.selectors.funds import public_fund
from maillage.fundraising.services.allowance import left_said
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, Refusal
from maillage.kernel.rest.permissions import Anyone, SignedIn
from maillage.kernel.rest.throttles import PublicWrites, TooMany


class ProofIn(serializers.Serializer[Any]):
    """An address that somebody says is theirs."""

    email = serializers.EmailField(max_length=254)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)


class CodeIn(serializers.Serializer[Any]):
    """The code that came there."""

    email = serializers.EmailField(max_length=254)
    code = serializers.CharField(max_length=32)


class ProofOut(serializers.Serializer[Any]):
    """What proves an address to a form that is filled in now."""

    token = serializers.CharField()
    ends_at = serializers.DateTimeField()


class AllowanceIn(serializers.Serializer[Any]):
    """Who asks how much they may still give."""

    proof = serializers.CharField(max_length=200, allow_blank=True, default="")
    given_name = serializers.CharField(max_length=100)
    family_name = serializers.CharField(max_length=100)
    born_on = serializers.DateField()


class CapOut(serializers.Serializer[Any]):
    """What one cap of the law leaves to a person."""

    code = serializers.CharField()
    period = serializers.CharField(help_text="a year, or the id of an election")
    cap = serializers.IntegerField(help_text="cents")
    counted = serializers.IntegerField(help_text="cents: given, under way, and instalments still to come")
    remaining = serializers.IntegerField(help_text="cents")
    said = serializers.CharField(help_text="in the reader's language, with why")


class AllowanceOut(serializers.Serializer[Any]):
    """How much somebody may still give; to who proved nothing, that a code is needed."""

    code = serializers.ChoiceField(choices=["told", "proof_needed"])
    said = serializers.CharField()
    caps = CapOut(many=True)


class AskForProofView(APIView):
    """Ask for a code."""

    policy = "anyone"
    authentication_classes = []
    permission_classes = [Anyone]
    throttle_classes = [PublicWrites]

    @extend_schema(operation_id="fundraising_ask_for_proof", request=ProofIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Mail a code to this address; nothing tells whether it is known."""
        asked = ProofIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        if not count_code(request._request, said["email"]):
            raise TooMany(_("Too many codes were asked for. Wait a little, then ask again."))
        services.ask_for_proof(address=said["email"], language=said["language"], now=now())
        return Response(status=204)


class ConfirmProofView(APIView):
    """Type the code that came."""

    policy = "anyone"
    authentication_classes = []
    permission_classes = [Anyone]
    throttle_classes = [PublicWrites]

    @extend_schema(operation_id="fundraising_confirm_proof", request=CodeIn, responses=ProofOut)
    def post(self, request: Request) -> Response:
        """Take a code, and answer with what proves the address for an hour; a wrong one is the same 400 whatever was wrong."""
        asked = CodeIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        return Response(_shown(services.confirm_proof(address=said["email"], code=said["code"], now=now())))


class SessionProofView(APIView):
    """Prove one's own address by being signed in."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_session_proof", request=None, responses=ProofOut)
    def post(self, request: Request) -> Response:
        """Answer with what proves the address that I sign in with, for an hour."""
        if not isinstance(request.user, User):
            raise TypeError("SignedIn lets nobody else through")
        return Response(_shown(services.prove_by_session(user=request.user, now=now())))


class AllowanceView(APIView):
    """How much somebody may still give to a fund."""

    policy = "anyone"
    authentication_classes = []
    permission_classes = [Anyone]
    throttle_classes = [PublicWrites]

    @extend_schema(operation_id="fundraising_allowance", request=AllowanceIn, responses=AllowanceOut)
    def post(self, request: Request, code: str) -> Response:
        """Tell whoever proved their address; to all others the same words, looked up nowhere, whatever the truth."""
        fund = public_fund(code)
        asked = AllowanceIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said, at = asked.validated_data, now()
        if wrong := services.wrong_names(given_name=said["given_name"], family_name=said["family_name"]):
            raise Invalid(fields=wrong)
        try:
            address = services.proved_address(said.pop("proof"), now=at)
        except Refusal:
            return Response({"code": "proof_needed", "said": _("Confirm with the code we sent you."), "caps": []})
        services.may_name(address, now=at, **said)
        found = [_told(allowance, fund.currency) for allowance in told_at(address, fund=fund, now=at, **said)]
        return Response({"code": "told", "said": " ".join(each["said"] for each in found), "caps": found})


def _told(allowance: Allowance, currency: str) -> dict[str, Any]:
    return {
        "code": allowance.cap.code,
        "period": allowance.period,
        "cap": allowance.cap.amount,
        "counted": allowance.counted,
        "remaining": allowance.remaining,
        "said": left_said(allowance.cap, allowance.remaining, currency),
    }


def _shown(proof: AddressProof) -> dict[str, object]:
    return {"token": services.token_of_proof(proof), "ends_at": proof.ends_at}
