"""One seat to fill, whole: how the search stands, what was tried, who was asked, where to look, what to share."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.relays import policies, selectors
from maillage.relays.api.filling import OrganiserOut, SeatToFillOut, note_colleagues, shape
from maillage.relays.api.seats import NeighbourSeatOut
from maillage.relays.domain.filling import WRITTEN_STEPS, AskKind, AskStatus, StepKind, looks_for_somebody
from maillage.relays.models import FillingStep, SeatAsk
from maillage.relays.selectors import filling, looking
from maillage.relays.selectors.invitations import invitations
from maillage.relays.selectors.networks import office_of


class FillingStepOut(serializers.Serializer[Any]):
    """Something that was tried."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=StepKind.choices)
    words = serializers.CharField()
    count = serializers.IntegerField(allow_null=True, help_text="how many people were asked")
    at = serializers.DateTimeField()
    by = OrganiserOut(allow_null=True)
    can_take_back = serializers.BooleanField()


class AskAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do about a question."""

    take_back = serializers.BooleanField()
    confirm = serializers.BooleanField()
    set_aside = serializers.BooleanField()


class SeatAskOut(serializers.Serializer[Any]):
    """Somebody who was asked for the seat."""

    id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=AskKind.choices)
    status = serializers.ChoiceField(choices=AskStatus.choices)
    asked_at = serializers.DateTimeField()
    leaves_at = serializers.DateTimeField()
    has_left = serializers.BooleanField()
    answered_at = serializers.DateTimeField(allow_null=True)
    term = serializers.UUIDField(
        allow_null=True,
        help_text="of a neighbour's yes that waits: the seat that they hold, in the reader's places, where what they lack is written down",
    )
    abilities = AskAbilitiesOut()


class PlaceToLookOut(serializers.Serializer[Any]):
    """What stands out in the place, and where to look."""

    code = serializers.CharField()
    says = serializers.CharField()
    where = serializers.CharField()
    here = serializers.FloatField()
    country = serializers.FloatField()
    published_by = serializers.CharField()


class CommuneOut(serializers.Serializer[Any]):
    """A commune of the place."""

    name = serializers.CharField()
    population = serializers.IntegerField()
    is_whole = serializers.BooleanField(help_text="false: part of it lies in another seat")


class InvitationOut(serializers.Serializer[Any]):
    """What to share, in one language."""

    language = serializers.CharField()
    url = serializers.CharField()
    poster = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField()
    short = serializers.CharField()


class FillingAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do."""

    take_on = serializers.BooleanField()
    hand_on = serializers.BooleanField()
    let_go = serializers.BooleanField()
    snooze = serializers.BooleanField()
    ask = serializers.BooleanField()


class SeatToFillWholeOut(SeatToFillOut):
    """A seat to fill with everything that helps to fill it."""

    place_kind = serializers.CharField(help_text="what such a place is called, in the reader's language")
    office = serializers.CharField(help_text="whom its relay meets, as one says it after 'your'")
    steps = FillingStepOut(many=True)
    asks = SeatAskOut(many=True)
    colleagues = OrganiserOut(many=True, help_text="to whom it can be handed on")
    places_to_look = PlaceToLookOut(many=True)
    communes = CommuneOut(many=True)
    next_door = NeighbourSeatOut(many=True)
    invitations = InvitationOut(many=True)
    abilities = FillingAbilitiesOut()


class SeatToFillView(APIView):
    """One seat."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_filling_seat", responses=SeatToFillWholeOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return a seat of the reader's places with what helps to fill it."""
        instant = now()
        row = filling.seat_to_fill(request.user, id, now=instant)
        seat = filling.organised_seat(request.user, id, now=instant)
        language = get_language() or "fr"
        near = filling.near_of(request.user, [row], network_id=seat.network_id, now=instant)[id]
        steps, asks = filling.steps_of(id), filling.asks_of(id)
        held = filling.terms_of_neighbours(request.user, asks, network_id=seat.network_id, now=instant)
        colleagues = filling.colleagues(seat.area_id, now=instant)
        note_colleagues(request, [row], now=instant)
        named = {step.by for step in steps if step.by} | set(colleagues)
        persons = {user.person.pk for user in named if user.pk != request.user.pk and hasattr(user, "person")}
        persons |= {ask.person_id for ask in asks if ask.person.user_id != request.user.pk}
        people.note_access(reader=request.user, role=Role.ORGANISER, reading="relays.filling", person_ids=persons, now=instant)
        return Response(
            shape(row, near, request)
            | {
                "place_kind": seat.area.kind.called,
                "office": office_of(seat.network, language=language),
                "steps": [_step(step, request) for step in steps],
                "asks": [_ask(ask, term=held.get(ask.person_id)) for ask in asks],
                "colleagues": [_organiser(user, request) for user in colleagues],
                "places_to_look": [_place(place) for place in looking.places_to_look(seat.area, language=language)],
                "communes": looking.communes_of(seat.area_id),
                "next_door": selectors.neighbours(selectors.seat(id)),
                "invitations": [asdict(each) for each in invitations(seat)],
                "abilities": policies.filling_abilities(
                    looks=looks_for_somebody(state=row["state"], seen_at=row["seen_at"], now=instant),
                    is_taken=row["seat__filling__taken_by_id"] is not None,
                    is_mine=row["seat__filling__taken_by_id"] == request.user.pk,
                ),
            }
        )


def _place(place: looking.PlaceToLook) -> dict[str, Any]:
    said = asdict(place)
    return said | {"published_by": said.pop("source")}


def _step(step: FillingStep, request: Request) -> dict[str, Any]:
    return {
        "id": step.pk,
        "kind": step.kind,
        "words": step.words,
        "count": step.count,
        "at": step.at,
        "by": _organiser(step.by, request) if step.by else None,
        "can_take_back": step.by_id == request.user.pk and step.kind in WRITTEN_STEPS,
    }


def _ask(ask: SeatAsk, *, term: UUID | None) -> dict[str, Any]:
    has_left = ask.sent_at is not None
    return {
        "id": ask.pk,
        "person_id": ask.person_id,
        "name": ask.person.full_name,
        "kind": ask.kind,
        "status": ask.status,
        "asked_at": ask.asked_at,
        "leaves_at": ask.leaves_at,
        "has_left": has_left,
        "answered_at": ask.answered_at,
        "term": term,
        "abilities": policies.ask_abilities(status=ask.status, kind=ask.kind, has_left=has_left),
    }


def _organiser(user: User, request: Request) -> dict[str, Any]:
    person = getattr(user, "person", None)
    return {"id": user.pk, "name": person.full_name if person else "", "is_me": user.pk == request.user.pk}
