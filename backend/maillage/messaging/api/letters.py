"""Letters to print and calls to make, for the relay or the organiser of a place."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ObjectDoesNotExist
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import NotFound
from maillage.kernel.rest.pages import read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.messaging.domain import BY_HAND, Button, MessageStatus
from maillage.messaging.selectors.letters import letter_seen, letters_page, name_seen
from maillage.messaging.services import by_hand, staying
from maillage.people import services as people
from maillage.people.selectors.organisation import organisation


class LetterRowOut(serializers.Serializer[Any]):
    """One message to pass on by hand."""

    id = serializers.UUIDField()
    name = serializers.CharField()
    place = serializers.CharField()
    channel = serializers.ChoiceField(choices=BY_HAND)
    about = serializers.CharField(help_text="what kind of message it is")
    queued_at = serializers.DateTimeField()
    done_at = serializers.DateTimeField(allow_null=True)


class LettersOut(serializers.Serializer[Any]):
    """A page, what waited longest first, what was done this week last."""

    items = LetterRowOut(many=True)
    next = serializers.CharField(allow_null=True)


class LetterOut(LetterRowOut):
    """The whole of it: where to, and the words."""

    contact = serializers.CharField(help_text="postal address, or number")
    language = serializers.CharField()
    subject = serializers.CharField()
    paragraphs = serializers.ListField(child=serializers.CharField())
    sender = serializers.CharField(help_text="the organisation")
    sender_address = serializers.CharField()
    reference = serializers.CharField(help_text="number to name in an answer")
    stays = serializers.BooleanField(allow_null=True, help_text="of the question whether they stay: whether they said yes; null: another")


class LettersView(APIView):
    """What waits to be printed or said."""

    policy = "messaging.letters"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="messaging_letters", responses=LettersOut, parameters=[OpenApiParameter("after", str), OpenApiParameter("limit", int)]
    )
    def get(self, request: Request) -> Response:
        """List what is to be passed on to the people of the reader's places; each reading is written down."""
        page = letters_page(
            request.user, now=now(), after=request.query_params.get("after"), limit=read_limit(request.query_params.get("limit"))
        )
        for role in {row["role"] for row in page["items"]}:
            read = {row["person_id"] for row in page["items"] if row["role"] == role}
            people.note_access(reader=request.user, role=role, reading="messaging.letters", person_ids=read, now=now())
        return Response({"items": [_row(row) for row in page["items"]], "next": page["next"]})


class LetterView(APIView):
    """One of them."""

    policy = "messaging.letter"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="messaging_letter", responses=LetterOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return its words, in the language of whom they are for, and where they go."""
        seen = letter_seen(request.user, id, now=now())
        message, person = seen.message, seen.message.person
        if person is None:
            raise NotFound(code="letter_unknown")
        try:
            letter = by_hand.letter_of(message)
        except ObjectDoesNotExist:
            raise NotFound(code="nothing_to_say") from None
        people.note_access(reader=request.user, role=seen.role, reading="messaging.letters", person_ids=[person.pk], now=now())
        house = organisation()
        row = {
            "id": message.pk,
            "place": person.area.called if person.area else "",
            "channel": message.channel,
            "about": "",
            "queued_at": message.queued_at,
            "sent_at": message.sent_at,
            "status": message.status,
            "name": name_seen(person.given_name, person.family_name, role=seen.role),
        }
        return Response(
            {
                **_row(row),
                "contact": seen.contact,
                "language": message.language,
                "subject": letter.subject,
                "paragraphs": [block.plain() for block in letter.blocks if not isinstance(block, Button)],
                "sender": house.name,
                "sender_address": house.address,
                "reference": str(message.pk)[-8:].upper(),
                "stays": staying.they_stay(message),
            }
        )


class PassedOnView(APIView):
    """Done by hand, or not after all."""

    policy = "messaging.letter"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="messaging_letter_passed_on", request=None, responses=LetterRowOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Mark it as posted, said or texted; once."""
        seen = letter_seen(request.user, id, now=now())
        return self._done(request, by_hand.note_passed_on(message_id=seen.message.pk, by=_user(request), now=now()).pk)

    @extend_schema(operation_id="messaging_letter_undo", responses=LetterRowOut)
    def delete(self, request: Request, id: UUID) -> Response:
        """Let it wait again. Safe to repeat."""
        seen = letter_seen(request.user, id, now=now())
        return self._done(request, by_hand.undo_passed_on(message_id=seen.message.pk, by=_user(request), now=now()).pk)

    def _done(self, request: Request, id: UUID) -> Response:
        seen = letter_seen(request.user, id, now=now())
        message, person = seen.message, seen.message.person
        name = name_seen(person.given_name, person.family_name, role=seen.role) if person else ""
        if person is not None:
            people.note_access(reader=request.user, role=seen.role, reading="messaging.letters", person_ids=[person.pk], now=now())
        place = person.area.called if person and person.area else ""
        kept = {"id": message.pk, "channel": message.channel, "queued_at": message.queued_at, "sent_at": message.sent_at}
        return Response(_row({**kept, "name": name, "place": place, "about": "", "status": message.status}))


class StaysView(PassedOnView):
    """The answer to the question whether somebody stays, told to who passed it on."""

    @extend_schema(operation_id="messaging_letter_stays", request=None, responses=LetterRowOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Keep that they stay, which also marks the question as passed on. Safe to repeat."""
        seen = letter_seen(request.user, id, now=now())
        staying.note_they_stay(message_id=seen.message.pk, by=_user(request), now=now())
        return self._done(request, seen.message.pk)

    @extend_schema(operation_id="messaging_letter_stays_undo", responses=LetterRowOut)
    def delete(self, request: Request, id: UUID) -> Response:
        """Take that answer back. Safe to repeat."""
        seen = letter_seen(request.user, id, now=now())
        staying.take_back_they_stay(message_id=seen.message.pk, by=_user(request), now=now())
        return self._done(request, seen.message.pk)


def _user(request: Request) -> User:
    if not isinstance(request.user, User):
        raise NotFound
    return request.user


def _row(row: dict[str, Any]) -> dict[str, Any]:
    kept = ("id", "name", "place", "channel", "about", "queued_at")
    return {**{name: row[name] for name in kept}, "done_at": row["sent_at"] if row["status"] == MessageStatus.SENT else None}
