"""What people write to a place, for whoever answers for it and the organisers above; never the writer's address."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, NotFound
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.relays import policies, services
from maillage.relays.domain import LONGEST_WORDS, ConversationStatus, Side
from maillage.relays.selectors.conversations import blocked_among, conversation_seen, conversations_page

SHOWN = [choice for choice in ConversationStatus.choices if choice[0] != ConversationStatus.UNCONFIRMED]


class TurnOut(serializers.Serializer[Any]):
    """What one side said."""

    number = serializers.IntegerField()
    side = serializers.ChoiceField(choices=Side.choices)
    words = serializers.CharField()
    at = serializers.DateTimeField()


class ConversationAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with it."""

    answer = serializers.BooleanField()
    end = serializers.BooleanField()
    block = serializers.BooleanField()
    unblock = serializers.BooleanField(help_text="the writer is blocked, everywhere here")


class ConversationOut(serializers.Serializer[Any]):
    """A conversation, whole."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=ConversationStatus.choices)
    code = serializers.CharField(help_text="of the place")
    place = serializers.CharField()
    writer = serializers.CharField(help_text="the name that they gave")
    answerer = serializers.CharField(help_text="who answers, for organisers; empty: they do")
    is_mine = serializers.BooleanField(help_text="the reader is the relay or stand-in who answers")
    last_at = serializers.DateTimeField()
    turns = TurnOut(many=True)
    abilities = ConversationAbilitiesOut()


class ConversationsOut(serializers.Serializer[Any]):
    """A page, the latest first."""

    items = ConversationOut(many=True)
    next = serializers.CharField(allow_null=True)


class ConversationAnswerIn(serializers.Serializer[Any]):
    """What is answered."""

    words = serializers.CharField(max_length=LONGEST_WORDS)


class ConversationDoneOut(serializers.Serializer[Any]):
    """Where the conversation stands now."""

    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=ConversationStatus.choices)


class ConversationsView(APIView):
    """What was written to the places of the reader."""

    policy = "relays.conversations"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="relays_conversations",
        responses=ConversationsOut,
        parameters=[
            OpenApiParameter("status", enum=[value for value, _label in SHOWN]),
            OpenApiParameter("after", str),
            OpenApiParameter("limit", int),
        ],
    )
    def get(self, request: Request) -> Response:
        """List them; an organiser who reads a relay's is written down."""
        asked = request.query_params.get("status", "")
        only = ConversationStatus(asked) if asked in dict(SHOWN) else None
        page = conversations_page(
            request.user,
            now=now(),
            after=request.query_params.get("after"),
            limit=read_limit(request.query_params.get("limit")),
            only=only,
        )
        read = {row["answerer_id"] for row in page["items"] if not row["is_mine"] and row["answerer_id"]}
        people.note_access(reader=request.user, role=Role.ORGANISER, reading="relays.conversations", person_ids=read, now=now())
        return Response({"items": [_shape(row) for row in page["items"]], "next": page["next"]})


class _Deed(APIView):
    """What the three deeds share: who may not know of it learns nothing, who may not do it is told so."""

    permission_classes = [SignedIn]

    def allowed(self, request: Request, id: UUID, deed: str) -> User:
        """Return who asks. Raises: NotFound, Forbidden."""
        seen = conversation_seen(request.user, id, now=now())
        if not isinstance(request.user, User):
            raise NotFound
        blocked = blocked_among([seen.writer_email])
        # Who may block may do it twice, and undo it twice.
        may = _abilities(vars(seen) | {"is_blocked": bool(blocked)})
        if not (may["block"] or may["unblock"] if deed == "block" else may[deed]):
            raise Forbidden
        return request.user


class AnswerView(_Deed):
    """An answer."""

    policy = "relays.conversation_answer"

    @extend_schema(operation_id="relays_conversation_answer", request=ConversationAnswerIn, responses=ConversationDoneOut)
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Answer; it leaves through the platform, and the second one ends the conversation."""
        user = self.allowed(request, id, "answer")
        said = ConversationAnswerIn(data=request.data)
        said.is_valid(raise_exception=True)
        done = services.answer_conversation(conversation_id=id, words=said.validated_data["words"], by=user, now=now())
        return Response({"id": done.pk, "status": done.status})


class EndView(_Deed):
    """An end."""

    policy = "relays.conversation_end"

    @extend_schema(operation_id="relays_conversation_end", request=None, responses=ConversationDoneOut)
    def post(self, request: Request, id: UUID) -> Response:
        """End it without another word. Safe to repeat."""
        done = services.end_conversation(conversation_id=id, by=self.allowed(request, id, "end"), now=now())
        return Response({"id": done.pk, "status": done.status})


class BlockView(_Deed):
    """A writer from whom nothing more is taken."""

    policy = "relays.conversation_block"

    @extend_schema(operation_id="relays_conversation_block", request=None, responses=ConversationDoneOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take nothing more from this writer, to any place. They are not told. Safe to repeat."""
        done = services.block_writer(conversation_id=id, by=self.allowed(request, id, "block"), now=now())
        return Response({"id": done.pk, "status": done.status})

    @extend_schema(operation_id="relays_conversation_unblock", responses=ConversationDoneOut)
    def delete(self, request: Request, id: UUID) -> Response:
        """Take again what this writer sends. Safe to repeat."""
        done = services.unblock_writer(conversation_id=id, by=self.allowed(request, id, "block"), now=now())
        return Response({"id": done.pk, "status": done.status})


def _abilities(row: dict[str, Any]) -> dict[str, bool]:
    return policies.conversation_abilities(
        status=row["status"],
        is_mine=row["is_mine"],
        is_held=row["is_held"],
        organises_here=row["is_organised"],
        is_blocked=row["is_blocked"],
    )


def _shape(row: dict[str, Any]) -> dict[str, Any]:
    name = f"{row['answerer_given_name'] or ''} {row['answerer_family_name'] or ''}".strip()
    return {
        "id": row["id"],
        "status": row["status"],
        "code": row["code"],
        "place": row["place"],
        "writer": row["writer_name"],
        "answerer": name if row["is_organised"] and row["is_held"] and not row["is_mine"] else "",
        "is_mine": row["is_mine"],
        "last_at": row["last_at"],
        "turns": row["turns"],
        "abilities": _abilities(row),
    }
