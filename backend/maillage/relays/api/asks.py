"""Asking people for a seat: the press, and taking it back; what becomes of a neighbour's yes."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.relays import services
from maillage.relays.api.decisions import actor
from maillage.relays.api.filling import organiser_of
from maillage.relays.domain.filling import (
    MOST_AT_ONCE,
    AskKind,
    AskStatus,
    Unasked,
)
from maillage.relays.selectors import filling


class AskIn(serializers.Serializer[Any]):
    """Whom to ask, and what."""

    kind = serializers.ChoiceField(choices=AskKind.choices)
    people = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=MOST_AT_ONCE)


class AskOut(serializers.Serializer[Any]):
    """A question that waits to leave."""

    id = serializers.UUIDField()
    person = serializers.UUIDField()
    seat = serializers.UUIDField()


class UnaskedOut(serializers.Serializer[Any]):
    """Somebody who was not asked, and why."""

    person = serializers.UUIDField()
    reason = serializers.ChoiceField(choices=Unasked.choices)
    why = serializers.CharField()


class AskedPeopleOut(serializers.Serializer[Any]):
    """What became of a press; until `leaves_at` each question can be taken back."""

    asks = AskOut(many=True)
    unasked = UnaskedOut(many=True)
    leaves_at = serializers.DateTimeField()


class AcceptedPairIn(serializers.Serializer[Any]):
    """One of them, accepted."""

    seat = serializers.UUIDField()
    person = serializers.UUIDField()


class AskSpreadIn(serializers.Serializer[Any]):
    """Those that are to be asked, one to fifty."""

    pairs = AcceptedPairIn(many=True, allow_empty=False)


class AskDoneOut(serializers.Serializer[Any]):
    """Where a question stands now."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=AskStatus.choices)


class AskView(APIView):
    """Ask."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_filling_ask", request=AskIn, responses={201: AskedPeopleOut})
    def post(self, request: Request, id: UUID) -> Response:
        """Ask people for this seat; their mails leave in a few minutes, until when each can be taken back."""
        by = organiser_of(request, id)
        wanted = AskIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        asked = services.ask_people(seat_id=id, person_ids=said["people"], kind=AskKind(said["kind"]), by=by, now=now())
        return Response(_asked(asked), status=201)


class AskSpreadView(APIView):
    """Ask them."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_filling_ask_spread", request=AskSpreadIn, responses={201: AskedPeopleOut})
    def post(self, request: Request) -> Response:
        """Ask each for the seat proposed; undone as a single question is."""
        wanted = AskSpreadIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        pairs = [(pair["seat"], pair["person"]) for pair in wanted.validated_data["pairs"]]
        for seat_id, _person in pairs:
            organiser_of(request, seat_id)
        by = actor(request)
        return Response(_asked(services.ask_pairs(pairs=pairs, kind=AskKind.STAND_IN, by=by, now=now())), status=201)


class AskDeedView(APIView):
    """What the three below share: the question is about a seat that the reader organises, else 404."""

    policy = "relays.filling"
    permission_classes = [SignedIn]

    def by(self, request: Request, id: UUID) -> User:
        """Return the reader.  Raises: NotFound."""
        filling.organised_ask(request.user, id, now=now())
        return actor(request)


class TakeBackView(AskDeedView):
    """Undo."""

    @extend_schema(operation_id="relays_ask_take_back", request=None, responses=AskDoneOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take a question back before its mail leaves. Safe to repeat."""
        ask = services.take_back_ask(ask_id=id, by=self.by(request, id), now=now())
        return Response({"id": ask.pk, "status": ask.status})


class ConfirmStandInView(AskDeedView):
    """Confirm."""

    @extend_schema(operation_id="relays_ask_confirm", request=None, responses=AskDoneOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Let a neighbour who said yes stand in. Safe to repeat."""
        services.confirm_stand_in(ask_id=id, by=self.by(request, id), now=now())
        return Response({"id": id, "status": AskStatus.CONFIRMED})


class SetAsideView(AskDeedView):
    """Do without."""

    @extend_schema(operation_id="relays_ask_set_aside", request=None, responses=AskDoneOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Thank a neighbour who said yes, and do without. Safe to repeat."""
        ask = services.set_aside_stand_in(ask_id=id, by=self.by(request, id), now=now())
        return Response({"id": ask.pk, "status": ask.status})


def _asked(asked: services.AskedPeople) -> dict[str, Any]:
    return {
        "asks": [{"id": ask.pk, "person": ask.person_id, "seat": ask.seat_id} for ask in asked.asks],
        "unasked": [{"person": person_id, "reason": reason, "why": str(reason.label)} for person_id, reason in asked.unasked.items()],
        "leaves_at": asked.leaves_at,
    }
