"""The signed-in user."""

from typing import Any

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.authentication import SessionAuthentication
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import policies, selectors, services
from maillage.accounts.domain import ABOUT_ME, Role, SecondFactor
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn


class MyPersonOut(serializers.Serializer[Any]):
    """The person behind the user, where there is one."""

    id = serializers.UUIDField()
    given_name = serializers.CharField()
    family_name = serializers.CharField()
    place = serializers.CharField(help_text="the name of their constituency")


class GrantAreaOut(serializers.Serializer[Any]):
    """Where a role is held."""

    id = serializers.UUIDField()
    country = serializers.CharField()
    kind = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()


class GrantOut(serializers.Serializer[Any]):
    """A running role."""

    role = serializers.ChoiceField(choices=Role.choices)
    area = GrantAreaOut()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField(allow_null=True)


class MyAbilitiesOut(serializers.Serializer[Any]):
    """What this user may do somewhere."""

    organise = serializers.BooleanField()
    answer = serializers.BooleanField()
    inspect = serializers.BooleanField(help_text="read one person for a reason that is typed")
    administer = serializers.BooleanField()
    keep_books = serializers.BooleanField(help_text="see who gave to a recipient, and keep its books")
    moderate = serializers.BooleanField(help_text="decide about what supporters show on their pages")


class MeOut(serializers.Serializer[Any]):
    """Who I am here."""

    id = serializers.UUIDField()
    email = serializers.EmailField()
    language = serializers.CharField()
    person = MyPersonOut(allow_null=True)
    grants = GrantOut(many=True)
    abilities = MyAbilitiesOut()
    second_factor = serializers.ChoiceField(
        choices=SecondFactor.choices, help_text="to_set_up and to_prove: the API answers 403 `second_factor_required` until it is proved"
    )


class MeIn(serializers.Serializer[Any]):
    """What I may change of it."""

    language = serializers.ChoiceField(choices=settings.LANGUAGES)


class MeView(APIView):
    """Me: read, and choose my language."""

    policy = "signed_in"
    authentication_classes = [SessionAuthentication]  # it also says what a session must still prove
    permission_classes = [SignedIn]

    @extend_schema(operation_id="accounts_me", responses=MeOut)
    def get(self, request: Request) -> Response:
        """Return the signed-in user, their person, running roles and abilities."""
        return Response(me(_user(request), request))

    @extend_schema(operation_id="accounts_me_change", request=MeIn, responses=MeOut)
    def patch(self, request: Request) -> Response:
        """Choose the language in which I read and am written to."""
        change = MeIn(data=request.data)
        change.is_valid(raise_exception=True)
        return Response(me(services.choose_language(user=_user(request), language=change.validated_data["language"]), request))


def me(user: User, request: Request) -> dict[str, Any]:
    """Say who a user is, in the shape of MeOut."""
    grants = list(selectors.running_grants(user, now=now()).select_related("area__kind").order_by("starts_at", "pk"))
    standing = selectors.second_factor(request._request, user=user, now=now())
    is_proved = standing in (SecondFactor.OPTIONAL, SecondFactor.PROVED)
    person = ABOUT_ME["person"](user) if "person" in ABOUT_ME else None
    return {
        "id": user.pk,
        "email": user.email,
        "language": user.language,
        "person": person,
        "grants": [
            {
                "role": grant.role,
                "area": {
                    "id": grant.area.pk,
                    "country": grant.area.country,
                    "kind": grant.area.kind.code,
                    "code": grant.area.code,
                    "name": grant.area.called,
                },
                "starts_at": grant.starts_at,
                "ends_at": grant.ends_at,
            }
            for grant in grants
        ],
        "abilities": policies.abilities((grant.role for grant in grants), is_proved=is_proved),
        "second_factor": standing,
    }


def _user(request: Request) -> User:
    if not isinstance(request.user, User):
        raise TypeError("SignedIn lets nobody else through")
    return request.user
