"""Applications of people without an e-mail address, entered from a numbered paper by who may enter people there."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid, NotFound
from maillage.kernel.ids import read_uuid
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.rest.throttles import network_mark
from maillage.people.domain import Channel
from maillage.people.selectors.places import place_of_paper
from maillage.relays import selectors, services
from maillage.relays.api.applications import SeatNameOut
from maillage.relays.api.decisions import actor
from maillage.relays.domain import NETWORK, ApplicationStatus
from maillage.relays.models import Application
from maillage.relays.selectors.seats import open_seat


class PaperContactIn(serializers.Serializer[Any]):
    """A way to reach them."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    value = serializers.CharField(max_length=254)
    agrees_to = serializers.ListField(
        child=serializers.CharField(max_length=64), default=list, help_text="purposes of the wordings of the paper that were ticked for it"
    )


class NewcomerIn(serializers.Serializer[Any]):
    """Somebody whom nobody has entered yet."""

    place = serializers.CharField(max_length=40, help_text="the code of their constituency, as printed on the paper")
    given_name = serializers.CharField(max_length=100, allow_blank=True)
    family_name = serializers.CharField(max_length=100, allow_blank=True, default="")
    contacts = PaperContactIn(many=True)
    language = serializers.ChoiceField(choices=settings.LANGUAGES, default=settings.LANGUAGE_CODE)


class EnterApplicationIn(serializers.Serializer[Any]):
    """What stands on the paper: which seat, who asks (a member, or somebody new), and the proof."""

    seat = serializers.CharField(max_length=40, help_text="its id, or the code of its place in the network that public pages speak of")
    person = serializers.UUIDField(required=False, allow_null=True, help_text="a member whom the reader may see")
    newcomer = NewcomerIn(required=False, allow_null=True, help_text="where there is no `person`")
    paper_number = serializers.CharField(max_length=40, allow_blank=True)
    wordings = serializers.ListField(
        child=serializers.CharField(max_length=64), default=list, help_text="versions printed on the paper; left out: those in force"
    )
    is_read_aloud = serializers.BooleanField(help_text="the words of the paper were read aloud to them")
    is_of_age = serializers.BooleanField(help_text="they said that they are 15 or older in France; no birth date")
    agrees_to_contact = serializers.BooleanField(help_text="to the wording of the paper; never pre-ticked")
    motivation = serializers.CharField(max_length=2000, allow_blank=True, default="")


class EnteredApplicationOut(serializers.Serializer[Any]):
    """An application whose 48 hours run, or that waits for somebody to look first (`held`)."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=ApplicationStatus.choices)
    seat = SeatNameOut()
    paper_number = serializers.CharField()
    call_before = serializers.DateTimeField(allow_null=True)


class EnterApplicationView(APIView):
    """Who asks for a seat on paper."""

    policy = "relays.entered"
    permission_classes = [SignedIn]

    @idempotent
    @extend_schema(operation_id="relays_application_enter", request=EnterApplicationIn, responses={201: EnteredApplicationOut})
    def post(self, request: Request) -> Response:
        """Enter that somebody without an e-mail address asks for a seat. Another organiser calls and decides."""
        asked = EnterApplicationIn(data=request.data)
        asked.is_valid(raise_exception=True)
        said = asked.validated_data
        known: dict[str, Any] = {
            "seat_id": _seat(said["seat"]),
            "paper": services.Paper(
                number=said["paper_number"],
                is_read_aloud=said["is_read_aloud"],
                is_of_age=said["is_of_age"],
                agrees_to_contact=said["agrees_to_contact"],
                motivation=said["motivation"],
                printed=said["wordings"],
            ),
            "by": actor(request),
            "network": network_mark(NETWORK, request),
            "now": now(),
        }
        if said.get("person"):
            application = services.enter_application(person_id=said["person"], **known)
        elif said.get("newcomer"):
            application = services.enter_newcomer(newcomer=_newcomer(said["newcomer"]), **known)
        else:
            raise Invalid(fields={"given_name": [_("Write the first name.")]})
        return Response(_shape(application), status=201)


def _seat(wanted: str) -> UUID:
    try:
        seat_id = read_uuid(wanted)
        return seat_id or open_seat(wanted.strip(), now=now()).seat_id
    except NotFound:
        raise Invalid(fields={"seat": [_("There is no seat of this code.")]}) from None


def _newcomer(said: dict[str, Any]) -> services.Newcomer:
    try:
        area = place_of_paper(said["place"].strip())
    except NotFound:
        raise Invalid(fields={"place": [_("There is no constituency of this code.")]}) from None
    return services.Newcomer(
        area_id=area.pk,
        given_name=said["given_name"],
        family_name=said["family_name"],
        contacts={Channel(contact["channel"]): contact["value"] for contact in said["contacts"]},
        agrees_to={Channel(contact["channel"]): contact["agrees_to"] for contact in said["contacts"]},
        language=said["language"],
    )


def _shape(application: Application) -> dict[str, Any]:
    seat = selectors.seat(application.seat_id)
    return {
        "id": application.pk,
        "status": application.status,
        "seat": {"id": seat.seat_id, "code": seat.area.code, "name": seat.area.called},
        "paper_number": application.paper.number if application.paper else "",
        "call_before": application.promise.due_at if application.promise else None,
    }
