"""Who could be asked for a seat, and the letter before it leaves: nothing here sends."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import translation
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.people.models import Person
from maillage.people.selectors.organisation import organisation
from maillage.people.selectors.own import own_person_id
from maillage.relays.api.applications import ApplicantContactOut, SeatNameOut
from maillage.relays.api.decisions import actor
from maillage.relays.api.filling import organiser_of
from maillage.relays.domain.filling import (
    MOST_AT_ONCE,
    NEAREST,
    AskKind,
    Unasked,
    spread,
)
from maillage.relays.models import Seat
from maillage.relays.selectors import filling, stand_ins, volunteers
from maillage.relays.selectors.networks import office_of
from maillage.relays.services.ask_letters import letter_that_asks


class AskableOut(serializers.Serializer[Any]):
    """What is said of anybody who could be asked."""

    id = serializers.UUIDField(help_text="of the person")
    name = serializers.CharField()
    metres = serializers.IntegerField(allow_null=True, help_text="from the centre of the commune to the seat's area; null: not known")
    last_asked_at = serializers.DateTimeField(allow_null=True)
    unasked = serializers.ChoiceField(choices=Unasked.choices, allow_null=True, help_text="why they cannot be asked by mail now")
    why = serializers.CharField(help_text="the same in words")


class VolunteerOut(AskableOut):
    """Somebody who agreed to be asked."""

    commune = serializers.CharField()
    is_here = serializers.BooleanField(help_text="lives in the seat's area")
    contacts = ApplicantContactOut(many=True)


class VolunteersOut(serializers.Serializer[Any]):
    """The nearest of them."""

    items = VolunteerOut(many=True)
    total = serializers.IntegerField(help_text="in all the places of the reader")
    nearest = serializers.ListField(child=serializers.UUIDField(), help_text="whom 'ask the nearest' would ask now")


class StandInOut(AskableOut):
    """A relay who could stand in."""

    code = serializers.CharField(help_text="of the seat that they hold")
    place = serializers.CharField()
    is_next_door = serializers.BooleanField()


class StandInsOut(serializers.Serializer[Any]):
    """Relays who could stand in, next door first."""

    items = StandInOut(many=True)
    elsewhere = serializers.IntegerField(help_text="relays next door outside the reader's places: their organiser asks them")


class AskLetterOut(serializers.Serializer[Any]):
    """The mail as it would leave, in the language of its reader."""

    language = serializers.CharField()
    subject = serializers.CharField()
    text = serializers.CharField()


class SpreadIn(serializers.Serializer[Any]):
    """The seats for which neighbours are proposed."""

    seats = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_AT_ONCE)


class PairOut(serializers.Serializer[Any]):
    """One relay proposed for one seat."""

    seat = SeatNameOut()
    person = serializers.UUIDField()
    name = serializers.CharField()


class SpreadOut(serializers.Serializer[Any]):
    """A fair spread: nobody twice. `alone`: the seats for which nobody next door can be asked now."""

    pairs = PairOut(many=True)
    alone = SeatNameOut(many=True)


class VolunteersView(APIView):
    """Who agreed to be asked, the nearest first."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_filling_volunteers", responses=VolunteersOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List the fifty nearest of the reader's places, from the centre of their commune."""
        instant = now()
        seat = filling.organised_seat(request.user, id, now=instant)
        found, total = volunteers.nearest_volunteers(request.user, seat, now=instant)
        people.note_access(
            reader=request.user, role=Role.ORGANISER, reading="relays.volunteers", person_ids=[one.person_id for one in found], now=instant
        )
        return Response(
            {
                "items": [
                    {
                        "id": one.person_id,
                        "name": one.name,
                        "commune": one.commune,
                        "metres": one.metres,
                        "is_here": one.is_here,
                        "contacts": one.contacts,
                        "last_asked_at": one.last_asked_at,
                        "unasked": one.unasked,
                        "why": str(one.unasked.label) if one.unasked else "",
                    }
                    for one in found
                ],
                "total": total,
                "nearest": [one.person_id for one in found if one.unasked is None][:NEAREST],
            }
        )


class StandInsView(APIView):
    """Who could stand in."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_filling_neighbours", responses=StandInsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List relays next door, then the nearest others, of the reader's places."""
        instant = now()
        seat = filling.organised_seat(request.user, id, now=instant)
        found = stand_ins.could_stand_in(request.user, seat, now=instant)
        ids = {one.person_id for one in found.people} - _own(request)
        people.note_access(reader=request.user, role=Role.ORGANISER, reading="relays.neighbours", person_ids=ids, now=instant)
        return Response(
            {
                "items": [
                    {
                        "id": one.person_id,
                        "name": one.name,
                        "code": one.code,
                        "place": one.place,
                        "is_next_door": one.is_next_door,
                        "metres": one.metres,
                        "last_asked_at": one.last_asked_at,
                        "unasked": one.unasked,
                        "why": str(one.unasked.label) if one.unasked else "",
                    }
                    for one in found.people
                ],
                "elsewhere": found.elsewhere,
            }
        )


class LetterView(APIView):
    """The letter before it leaves."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="relays_filling_letter",
        parameters=[OpenApiParameter("kind", enum=AskKind.values, required=True), OpenApiParameter("person", str, required=True)],
        responses=AskLetterOut,
    )
    def get(self, request: Request, id: UUID) -> Response:
        """Write the mail that one person would get, in their language; nothing is sent."""
        instant = now()
        by = organiser_of(request, id)
        kind = _LetterAsked(data=request.query_params)
        kind.is_valid(raise_exception=True)
        asked = AskKind(kind.validated_data["kind"])
        seat = filling.organised_seat(request.user, id, now=instant)
        person = _askable(request, seat, asked, kind.validated_data["person"])
        people.note_access(reader=by, role=Role.ORGANISER, reading="relays.ask_letter", person_ids=[person.pk], now=instant)
        language = organisation().language_for(person.language)
        with translation.override(language):
            letter = letter_that_asks(
                kind=asked,
                person=person,
                area=seat.area,
                asked_by=by,
                office=office_of(seat.network, language=language),
                url=f"{settings.PUBLIC_URL}/{language}/relays/asked/…/",
            )
            return Response({"language": language, "subject": letter.subject, "text": letter.plain()})


class SpreadView(APIView):
    """Neighbours for many seats at once."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_filling_spread", request=SpreadIn, responses=SpreadOut)
    def post(self, request: Request) -> Response:
        """Propose one relay next door for each seat, nobody twice; nothing is sent."""
        instant = now()
        wanted = SpreadIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        seats = [filling.organised_seat(request.user, seat_id, now=instant) for seat_id in dict.fromkeys(wanted.validated_data["seats"])]
        pairs = spread(stand_ins.next_door_candidates(request.user, seats, now=instant))
        names = {person.pk: person.full_name for person in Person.objects.filter(pk__in=[person for _seat, person in pairs])}
        people.note_access(
            reader=request.user, role=Role.ORGANISER, reading="relays.neighbours", person_ids=set(names) - _own(request), now=instant
        )
        by_id = {seat.pk: {"id": seat.pk, "code": seat.area.code, "name": seat.area.called} for seat in seats}
        placed = {seat_id for seat_id, _person in pairs}
        return Response(
            {
                "pairs": [{"seat": by_id[seat_id], "person": person_id, "name": names[person_id]} for seat_id, person_id in pairs],
                "alone": [seat for seat_id, seat in by_id.items() if seat_id not in placed],
            }
        )


class _LetterAsked(serializers.Serializer[Any]):
    kind = serializers.ChoiceField(choices=AskKind.choices)
    person = serializers.UUIDField()


def _askable(request: Request, seat: Seat, kind: AskKind, person_id: UUID) -> Person:
    """The person whom a letter is for, if the reader may see them as one who could be asked.  Raises: NotFound."""
    refusals = volunteers.why_unasked if kind == AskKind.VOLUNTEER else stand_ins.why_unasked
    why = refusals(request.user, [(seat.pk, person_id)], now=now()).get((seat.pk, person_id))
    if why in (Unasked.OUT_OF_REACH, Unasked.NOT_AGREED):
        raise NotFound(code="person_unknown")
    return Person.objects.get(pk=person_id)


def _own(request: Request) -> set[UUID]:
    own = own_person_id(actor(request))
    return {own} if own else set()
