"""Demo accounts of a local installation (decision 16)."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors, services
from maillage.kernel.rest.permissions import Anyone


class DemoAccountOut(serializers.Serializer[Any]):
    """An invented person in whose name one may sign in here."""

    key = serializers.CharField()
    name = serializers.CharField()
    role = serializers.CharField(help_text="in the reader's language")
    place = serializers.CharField()


class DemoAccountsOut(serializers.Serializer[Any]):
    """All of them."""

    items = DemoAccountOut(many=True)


class DemoIn(serializers.Serializer[Any]):
    """Which one."""

    key = serializers.CharField(max_length=64)


class DemoView(APIView):
    """Sign in as a demo account; there is nothing here unless the local settings say so."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="accounts_demo", responses=DemoAccountsOut)
    def get(self, request: Request) -> Response:
        """List the demo accounts."""
        return Response({"items": [account.as_dict() for account in selectors.demo_accounts()]})

    @extend_schema(operation_id="accounts_demo_sign_in", request=DemoIn, responses={204: None})
    def post(self, request: Request) -> Response:
        """Sign in as one of them."""
        wanted = DemoIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.enter_as_demo(request=request._request, key=wanted.validated_data["key"])
        return Response(status=204)
