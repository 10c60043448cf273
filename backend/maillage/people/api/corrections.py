"""What is known of me is put right (GDPR, article 16): my names, my place, my telephone."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from maillage.accounts.models import User
from maillage.accounts.selectors import RecentlyProved
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services
from maillage.people.api.own import SOURCE, OwnDataOut, OwnView
from maillage.people.domain import Channel
from maillage.people.domain.naming import LONGEST_NAME

NUMBER_CHANNELS = [(channel, channel.label) for channel in services.NUMBERS]
CODE = 40
"""Letters of the code of a place, at most."""


class NamesIn(serializers.Serializer[Any]):
    """The names as they are."""

    given_name = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True)
    family_name = serializers.CharField(max_length=LONGEST_NAME, allow_blank=True)


class HomeIn(serializers.Serializer[Any]):
    """Where somebody lives, by codes; a commune that lies in one constituency is enough."""

    commune = serializers.CharField(max_length=CODE, allow_blank=True, default="", help_text="or a country abroad")
    constituency = serializers.CharField(max_length=CODE, allow_blank=True, default="")


class NumberIn(serializers.Serializer[Any]):
    """A number added, put in the place of another, or (empty) taken away."""

    channel = serializers.ChoiceField(choices=NUMBER_CHANNELS)
    number = serializers.CharField(max_length=40, allow_blank=True)
    instead_of = serializers.CharField(max_length=40, allow_blank=True, default="", help_text="the number that goes, as it was shown")


class OwnNumberIn(NumberIn):
    """A number of mine."""

    agreed_words = serializers.CharField(
        max_length=64,
        allow_blank=True,
        default="",
        help_text="ticked beside the new number: the version of `people.relay_contact` read",
    )


class AddressIn(serializers.Serializer[Any]):
    """Another e-mail address."""

    email = serializers.CharField(max_length=254)


class MyNamesView(OwnView):
    """My names."""

    @extend_schema(operation_id="people_my_names", request=NamesIn, responses=OwnDataOut)
    def put(self, request: Request) -> Response:
        """Say what I am called, where nobody is known behind my account yet; else put it right. Safe to repeat."""
        user = self.user(request)
        said = NamesIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.say_name(user=user, **said.validated_data, now=now())
        return self.shown(request)


class MyPlaceView(OwnView):
    """Where I live."""

    @extend_schema(operation_id="people_my_place", request=HomeIn, responses=OwnDataOut)
    def put(self, request: Request) -> Response:
        """Put right where I live; a seat that I hold and one that I asked for stay what they are. Safe to repeat."""
        person_id = self.person_id(request)
        said = HomeIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.correct_place(person_id=person_id, **said.validated_data, by_id=request.user.pk, now=now())
        return self.shown(request)


class MyNumbersView(OwnView):
    """My telephone numbers."""

    @extend_schema(operation_id="people_my_number", request=OwnNumberIn, responses=OwnDataOut)
    def post(self, request: Request) -> Response:
        """Add a number, put it in the place of another, or take one away; what I agreed to with a number ends with it."""
        person_id = self.person_id(request)
        said = OwnNumberIn(data=request.data)
        said.is_valid(raise_exception=True)
        asked = {**said.validated_data, "channel": Channel(said.validated_data["channel"])}
        services.correct_number(person_id=person_id, **asked, by_id=request.user.pk, source=SOURCE, now=now())
        return self.shown(request)


class MyAddressView(OwnView):
    """The e-mail address with which I sign in and am written to."""

    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="people_my_address", request=AddressIn, responses={202: None})
    def post(self, request: Request) -> Response:
        """Ask for another one: a mail asks it, one tells the present one. The answer is the same whether the address is known here."""
        person_id = self.person_id(request)
        said = AddressIn(data=request.data)
        said.is_valid(raise_exception=True)
        if isinstance(request.user, User):
            services.ask_new_address(
                person_id=person_id,
                user=request.user,
                email=said.validated_data["email"],
                session_key=request.session.session_key,
                now=now(),
            )
        return Response(status=202)
