"""Second factors set up and taken away, in allauth's own dialect for browsers, by who proved lately that it is they."""

import json
from typing import Any

from allauth.headless.mfa import views
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors, services
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Refusal
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.rest.problems import CONTENT_TYPE, problem


class Guarded:
    """What the views below share: they ask for a recent proof, and answer with the same problem as everything else does."""

    def handle(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Let through who proved lately."""
        if isinstance(request.user, User):
            try:
                selectors.require_recent_proof(request, user=request.user, now=now())
            except Refusal as refusal:
                body = problem(status=refusal.status, code=refusal.code, detail=refusal.detail) | refusal.extra
                return JsonResponse(body, status=refusal.status, content_type=CONTENT_TYPE)
        return super().handle(request, *args, **kwargs)  # type: ignore[misc]


class ManageTOTP(Guarded, views.ManageTOTPView):  # type: ignore[misc]
    """An authenticator app: its key and QR code, set up, taken away."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Give the key as a picture too, drawn here."""
        answer = super().get(request, *args, **kwargs)
        if answer.status_code != 404:
            return answer
        body = json.loads(answer.content)
        body["meta"]["totp_svg"] = get_adapter().build_totp_svg(body["meta"]["totp_url"])
        return JsonResponse(body, status=404, headers={"Cache-Control": "no-store"})

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Set it up, with a first code."""
        answer = super().post(request, *args, **kwargs)
        services.note_added_factor(request=request, user=_me(request), kind=Authenticator.Type.TOTP, now=now())
        return answer

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Take it away."""
        had_one = self._get_authenticator() is not None
        answer = super().delete(request, *args, **kwargs)
        if had_one:
            services.note_removed_factor(request=request, user=_me(request), kind=Authenticator.Type.TOTP, now=now())
        return answer


class ManageRecoveryCodes(Guarded, views.ManageRecoveryCodesView):  # type: ignore[misc]
    """Ten codes on paper, each good once."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Make ten others in the place of those there are."""
        with transaction.atomic():
            answer = super().post(request, *args, **kwargs)
            services.note_renewed_codes(user=_me(request), now=now())
        return answer


class ManagePasskeys(Guarded, views.ManageWebAuthnView):  # type: ignore[misc]
    """Passkeys: made, named, taken away."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Keep one that a device has made."""
        answer = super().post(request, *args, **kwargs)
        services.note_added_factor(request=request, user=_me(request), kind=Authenticator.Type.WEBAUTHN, now=now())
        return answer

    def delete(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Take some away."""
        answer = super().delete(request, *args, **kwargs)
        services.note_removed_factor(request=request, user=_me(request), kind=Authenticator.Type.WEBAUTHN, now=now())
        return answer


def _me(request: HttpRequest) -> User:
    if not isinstance(request.user, User):
        raise TypeError("allauth lets nobody else through")
    return request.user


class FactorResetIn(serializers.Serializer[Any]):
    """Whose."""

    email = serializers.EmailField(max_length=254)


class FactorResetView(APIView):
    """Somebody lost their second factors and their recovery codes."""

    policy = "administrator"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="accounts_factor_reset", request=FactorResetIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Take their factors and password away and sign them out; a mail tells them. An unknown address is answered alike."""
        asker = selectors.as_administrator(request.user, now=now())
        selectors.require_recent_proof(request._request, user=asker, now=now())
        wanted = FactorResetIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.reset_factors(email=wanted.validated_data["email"], by_id=asker.pk, now=now())
        return Response(status=204)
