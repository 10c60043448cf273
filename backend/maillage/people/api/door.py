"""People met in person, entered from a numbered paper."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services
from maillage.people.domain import Channel
from maillage.people.selectors.places import place_of_paper


class EnteredContactIn(serializers.Serializer[Any]):
    """A way to reach them, and whether their relay may use it."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    value = serializers.CharField(max_length=254)
    agrees_to = serializers.ListField(
        child=serializers.CharField(max_length=64), default=list, help_text="purposes of the wordings of the paper that were ticked for it"
    )


class EnterPersonIn(serializers.Serializer[Any]):
    """What stands on the paper."""

    place = serializers.CharField(max_length=40, help_text="the code of their constituency, as printed on the paper")
    given_name = serializers.CharField(max_length=100, allow_blank=True)
    family_name = serializers.CharField(max_length=100, allow_blank=True, default="")
    contacts = EnteredContactIn(many=True)
    paper_number = serializers.CharField(max_length=40, allow_blank=True)
    wordings = serializers.ListField(
        child=serializers.CharField(max_length=64), default=list, help_text="versions printed on the paper; left out: those in force"
    )
    is_read_aloud = serializers.BooleanField(help_text="the notice was read aloud to them")
    is_of_age = serializers.BooleanField(help_text="they said that they are 15 or older in France; no birth date")
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)


class EnteredOut(serializers.Serializer[Any]):
    """Somebody was entered."""

    id = serializers.UUIDField()
    paper_number = serializers.CharField()


def _constituency(code: str) -> UUID:
    try:
        return place_of_paper(code.strip()).pk
    except NotFound:
        raise Invalid(fields={"place": [_("There is no constituency of this code.")]}) from None


class EnterPersonView(APIView):
    """People met in person."""

    policy = "people.entered"
    permission_classes = [SignedIn]

    @idempotent
    @extend_schema(operation_id="people_enter", request=EnterPersonIn, responses={201: EnteredOut})
    def post(self, request: Request) -> Response:
        """Enter somebody who filled in a paper, after the notice was read aloud to them."""
        if not isinstance(request.user, User):
            raise TypeError("SignedIn lets nobody else through")
        asked = EnterPersonIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        person = services.enter_person(
            area_id=_constituency(said["place"]),
            given_name=said["given_name"],
            family_name=said["family_name"],
            contacts={Channel(contact["channel"]): contact["value"] for contact in said["contacts"]},
            agrees_to={Channel(contact["channel"]): contact["agrees_to"] for contact in said["contacts"]},
            paper_number=said["paper_number"],
            printed=said["wordings"],
            is_read_aloud=said["is_read_aloud"],
            is_of_age=said["is_of_age"],
            language=said["language"],
            by=request.user,
            now=now(),
        )
        return Response({"id": person.pk, "paper_number": said["paper_number"].strip().upper()}, status=201)
