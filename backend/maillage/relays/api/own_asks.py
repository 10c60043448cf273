"""What the reader is asked, and what they answer."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import translation
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.kernel.rest.permissions import SignedIn
from maillage.relays import services
from maillage.relays.api.applications import SeatNameOut
from maillage.relays.api.asks import AskDoneOut
from maillage.relays.domain.filling import (
    ASKED_LINK,
    Answer,
    AskKind,
    AskStatus,
)
from maillage.relays.models import SeatAsk
from maillage.relays.selectors import filling


class OwnAskOut(serializers.Serializer[Any]):
    """A question that waits for the reader's own answer."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=AskKind.choices)
    status = serializers.ChoiceField(choices=AskStatus.choices)
    seat = SeatNameOut()
    asked_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    path = serializers.CharField(help_text="of the page on which it is answered")


class OwnAsksOut(serializers.Serializer[Any]):
    """All of them, the oldest first."""

    items = OwnAskOut(many=True)


class AskAnswerIn(serializers.Serializer[Any]):
    """What the reader answers; a yes to hold a seat needs the agreement to be called."""

    answer = serializers.ChoiceField(choices=Answer.choices)
    agrees_to_contact = serializers.BooleanField(required=False)
    read = serializers.DictField(
        child=serializers.CharField(max_length=64),
        required=False,
        help_text="by box (`agrees_to_contact`) the version of the wording that was shown; refused where another is in force since",
    )


class OwnAsksView(APIView):
    """What the reader is asked."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_asks_mine", responses=OwnAsksOut)
    def get(self, request: Request) -> Response:
        """List the questions that wait for the reader's own answer."""
        return Response({"items": [_own_ask(ask) for ask in filling.asks_waiting_for(request.user)]})


class AnswerView(APIView):
    """Answer."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_ask_answer", request=AskAnswerIn, responses=AskDoneOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Answer a question that was put to the reader. Safe to repeat with the same answer."""
        filling.own_ask(request.user, id)
        wanted = AskAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        said = wanted.validated_data
        agrees = said.get("agrees_to_contact", False)
        ask = services.answer_ask(ask_id=id, answer=Answer(said["answer"]), agrees_to_contact=agrees, read=said.get("read"), now=now())
        return Response({"id": ask.pk, "status": ask.status})


def _own_ask(ask: SeatAsk) -> dict[str, Any]:
    area = ask.seat.area
    token = sign_link(ASKED_LINK, ids=[ask.pk], ends_at=ask.ends_at + timedelta(days=1))
    return {
        "id": ask.pk,
        "kind": ask.kind,
        "status": ask.status,
        "seat": {"id": ask.seat_id, "code": area.code, "name": area.called},
        "asked_at": ask.asked_at,
        "ends_at": ask.ends_at,
        "path": f"/{translation.get_language() or 'fr'}/relays/asked/{token}/",
    }
