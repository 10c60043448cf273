"""Welcoming newcomers: agreed to on one's own page, taken back at any time."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.people.domain import Channel
from maillage.people.selectors import own_person_id, wording_in_force
from maillage.relays import services
from maillage.relays.api.decisions import actor
from maillage.relays.domain import MOST_COMPANIONS, WELCOME, CompanionKind
from maillage.relays.selectors.welcomes import may_welcome_as, own_contacts, own_welcome


class OwnContactChoiceOut(serializers.Serializer[Any]):
    """A confirmed contact of mine."""

    id = serializers.UUIDField()
    channel = serializers.ChoiceField(choices=Channel.choices)
    value = serializers.CharField()


class WelcomeOut(serializers.Serializer[Any]):
    """Whether I welcome newcomers, as what I may, and what they will see. `contact` is null while I welcome nobody."""

    is_given = serializers.BooleanField()
    may_as = serializers.ListField(child=serializers.ChoiceField(choices=CompanionKind.choices))
    as_facilitator = serializers.BooleanField()
    as_buddy = serializers.BooleanField()
    places = serializers.IntegerField()
    contact = serializers.UUIDField(allow_null=True)
    contacts = OwnContactChoiceOut(many=True)
    wording = serializers.CharField(help_text="what I agree to, in the reader's language")
    version = serializers.CharField(help_text="of that wording: sent back with the agreement")


class WelcomeIn(serializers.Serializer[Any]):
    """What I agree to from now on."""

    agrees = serializers.BooleanField(help_text="to the wording relay_welcome in force; never pre-ticked")
    version = serializers.CharField(max_length=64, required=False, help_text="that was shown; refused where another is in force since")
    contact = serializers.UUIDField()
    places = serializers.IntegerField(min_value=1, max_value=MOST_COMPANIONS)
    as_facilitator = serializers.BooleanField()
    as_buddy = serializers.BooleanField()

    def validate_agrees(self, value: bool) -> bool:
        """Nothing is kept without the box."""
        if not value:
            raise serializers.ValidationError(code="required")
        return value


def person_behind(request: Request) -> UUID:
    """Return the id of the person behind who asks. Raises: NotFound, for a user whom no person is behind."""
    person_id = own_person_id(actor(request))
    if person_id is None:
        raise NotFound(code="no_person")
    return person_id


class WelcomeView(APIView):
    """My choice."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_welcome", responses=WelcomeOut)
    def get(self, request: Request) -> Response:
        """Say whether I welcome newcomers, and what I may choose."""
        return Response(_shape(person_behind(request)))

    @extend_schema(operation_id="relays_welcome_agree", request=WelcomeIn, responses=WelcomeOut)
    def put(self, request: Request) -> Response:
        """Agree to welcome newcomers, or choose otherwise. Safe to repeat."""
        person_id = person_behind(request)
        wanted = WelcomeIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        services.agree_to_welcome(
            person_id=person_id,
            contact_id=asked["contact"],
            places=asked["places"],
            as_facilitator=asked["as_facilitator"],
            as_buddy=asked["as_buddy"],
            read=asked.get("version"),
            now=now(),
        )
        return Response(_shape(person_id))

    @extend_schema(operation_id="relays_welcome_withdraw", request=None, responses=WelcomeOut)
    def delete(self, request: Request) -> Response:
        """Take it back: nobody is offered me any more, and whom I accompany sees my contact no more. Safe to repeat."""
        person_id = person_behind(request)
        services.stop_welcoming(person_id=person_id, now=now())
        return Response(_shape(person_id))


def _shape(person_id: UUID) -> dict[str, Any]:
    welcome, wording = own_welcome(person_id), wording_in_force(WELCOME.purpose)
    return {
        "is_given": welcome is not None,
        "may_as": may_welcome_as(person_id, now=now()),
        "as_facilitator": bool(welcome and welcome.as_facilitator),
        "as_buddy": bool(welcome and welcome.as_buddy),
        "places": welcome.places if welcome else 1,
        "contact": welcome.contact_id if welcome else None,
        "contacts": own_contacts(person_id),
        "wording": str(wording.text),
        "version": wording.version,
    }
