"""How I sign in: my factors, my password, my sessions, and proving once more that it is I.

All of it is open to a session that has not proved its second factor yet: here one proves it.
"""

from typing import Any
from uuid import UUID

from django.contrib.auth import update_session_auth_hash
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors, services
from maillage.accounts.domain import SecondFactor, Way
from maillage.accounts.models import User
from maillage.accounts.selectors.security import security_of, sessions_of
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.permissions import SignedIn


class TOTPOut(serializers.Serializer[Any]):
    """An authenticator app."""

    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class PasskeyOut(serializers.Serializer[Any]):
    """A passkey."""

    id = serializers.IntegerField()
    name = serializers.CharField()
    created_at = serializers.DateTimeField()
    last_used_at = serializers.DateTimeField(allow_null=True)


class RecoveryCodesOut(serializers.Serializer[Any]):
    """How many recovery codes are left."""

    total = serializers.IntegerField()
    unused = serializers.IntegerField()


class SecurityOut(serializers.Serializer[Any]):
    """How I sign in."""

    second_factor = serializers.ChoiceField(choices=SecondFactor.choices)
    has_password = serializers.BooleanField()
    totp = TOTPOut(allow_null=True)
    passkeys = PasskeyOut(many=True)
    recovery_codes = RecoveryCodesOut(allow_null=True)
    ways = serializers.ListField(child=serializers.ChoiceField(choices=Way.choices), help_text="open to me when a proof is asked for")


class PasswordIn(serializers.Serializer[Any]):
    """A new password."""

    password = serializers.CharField(max_length=256, trim_whitespace=False)


class SessionOut(serializers.Serializer[Any]):
    """A browser in which I am signed in. No network address and no place: they are not kept."""

    id = serializers.UUIDField()
    browser = serializers.CharField(allow_blank=True)
    system = serializers.CharField(allow_blank=True)
    started_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(help_text="to the nearest ten minutes")
    is_this_one = serializers.BooleanField()


class SessionsOut(serializers.Serializer[Any]):
    """All of them, the last used first."""

    items = SessionOut(many=True)


class StepUpIn(serializers.Serializer[Any]):
    """A proof: the code that was mailed, or the password. Passkeys and apps prove themselves at `auth/2fa` and `auth/webauthn`."""

    code = serializers.CharField(max_length=32, required=False)
    password = serializers.CharField(max_length=256, required=False, trim_whitespace=False)

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """Take one of the two."""
        if len(data) != 1:
            raise serializers.ValidationError({"code": "code | password"})
        return data


class OwnSignInView(APIView):
    """What these views share: whoever is signed in, whatever they have proved."""

    policy = "signed_in"
    authentication_classes = [SessionAuthentication]
    permission_classes = [SignedIn]

    def me(self, request: Request) -> User:
        """Return who asks."""
        if not isinstance(request.user, User):
            raise TypeError("SignedIn lets nobody else through")
        return request.user


class SecurityView(OwnSignInView):
    """How I sign in."""

    @extend_schema(operation_id="accounts_security", responses=SecurityOut)
    def get(self, request: Request) -> Response:
        """Return my factors, whether I have a password, and how I can prove that it is I."""
        user = self.me(request)
        standing = selectors.second_factor(request._request, user=user, now=now())
        return Response({"second_factor": standing, **security_of(user)})


class PasswordView(OwnSignInView):
    """My password: optional, the code by mail always works."""

    permission_classes = [SignedIn, selectors.RecentlyProved]

    @extend_schema(operation_id="accounts_password_set", request=PasswordIn, responses={204: None})
    def put(self, request: Request) -> Response:
        """Choose one, or another one: my other sessions end."""
        user = self.me(request)
        wanted = PasswordIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        this_session = request._request.session.session_key
        services.set_password(user=user, password=wanted.validated_data["password"], session_key=this_session, now=now())
        update_session_auth_hash(request._request, user)
        return Response(status=204)

    @extend_schema(operation_id="accounts_password_remove", responses={204: None})
    def delete(self, request: Request) -> Response:
        """Do without one again: my other sessions end."""
        user = self.me(request)
        services.remove_password(user=user, session_key=request._request.session.session_key, now=now())
        update_session_auth_hash(request._request, user)
        return Response(status=204)


class SessionsView(OwnSignInView):
    """Where I am signed in."""

    @extend_schema(operation_id="accounts_sessions", responses=SessionsOut)
    def get(self, request: Request) -> Response:
        """List my sessions."""
        user = self.me(request)
        return Response({"items": sessions_of(user, key=request._request.session.session_key, now=now())})

    @extend_schema(operation_id="accounts_sessions_end_others", request=None, responses={204: None})
    def delete(self, request: Request) -> Response:
        """End all of them but this one."""
        services.end_sessions(user_id=self.me(request).pk, but_key=request._request.session.session_key)
        return Response(status=204)


class SessionView(OwnSignInView):
    """One of my sessions."""

    @extend_schema(operation_id="accounts_session_end", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """End it."""
        if not services.end_session(user_id=self.me(request).pk, public_id=id):
            raise NotFound
        return Response(status=204)


class StepUpView(OwnSignInView):
    """Prove once more that it is I."""

    @extend_schema(operation_id="accounts_step_up", request=StepUpIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """By the code that was mailed, or by my password."""
        user = self.me(request)
        wanted = StepUpIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        if "code" in wanted.validated_data:
            services.prove_by_code(request=request._request, user=user, code=wanted.validated_data["code"])
        else:
            services.prove_by_password(request=request._request, user=user, password=wanted.validated_data["password"])
        return Response(status=204)


class StepUpCodeView(OwnSignInView):
    """A code for it."""

    @extend_schema(operation_id="accounts_step_up_code", request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        """Mail me one."""
        services.send_step_up_code(request=request._request, user=self.me(request))
        return Response(status=204)
