"""Notes of a seat, by who holds it."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.people.selectors import own_person_id
from maillage.relays import policies, services
from maillage.relays.api.decisions import actor
from maillage.relays.domain.notes import NOTE_MOST, NoteKind
from maillage.relays.models import SeatNote
from maillage.relays.selectors.notes import SeatInside, notes_seen, own_notes, seat_inside


class NotedSeatOut(serializers.Serializer[Any]):
    """The seat of a note."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()


class NoteAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with a note."""

    mend = serializers.BooleanField()
    throw_away = serializers.BooleanField()
    tick = serializers.BooleanField(help_text="say that it was done, or the promise kept")


class NoteOut(serializers.Serializer[Any]):
    """One note of a seat."""

    id = serializers.UUIDField()
    seat = NotedSeatOut()
    kind = serializers.ChoiceField(choices=NoteKind.choices)
    text = serializers.CharField()
    due_on = serializers.DateField(allow_null=True)
    kept_at = serializers.DateTimeField(allow_null=True)
    written_at = serializers.DateTimeField()
    handed_at = serializers.DateTimeField(allow_null=True, help_text="since when it belongs to the seat and no more to one person")
    author = serializers.CharField(help_text="to organisers above; empty to others")
    is_mine = serializers.BooleanField()
    abilities = NoteAbilitiesOut()


class NotesOut(serializers.Serializer[Any]):
    """Notes in the order in which they are read."""

    items = NoteOut(many=True)


class NoteMendIn(serializers.Serializer[Any]):
    """What it says, and by when."""

    text = serializers.CharField(max_length=NOTE_MOST)
    due_on = serializers.DateField(allow_null=True, default=None)


class NoteIn(NoteMendIn):
    """A new note."""

    kind = serializers.ChoiceField(choices=NoteKind.choices)


class NoteTickIn(serializers.Serializer[Any]):
    """Whether it was done."""

    is_kept = serializers.BooleanField()


class SeatNotesView(APIView):
    """The notes of a seat: who holds it, and who organises above; else 404."""

    policy = "relays.notes"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_seat_notes", responses=NotesOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List the notes of a seat: a holder's own and those that went along to them; all of them to organisers above."""
        instant = now()
        inside = seat_inside(request.user, id, now=instant)
        notes = notes_seen(inside)
        others = {note.author_id for note in notes} - {inside.term.person_id if inside.term else None}
        people.note_access(reader=request.user, role=inside.role, reading="relays.notes", person_ids=others, now=instant)
        return Response({"items": [note_shape(note, inside=inside) for note in notes]})

    @extend_schema(operation_id="relays_seat_note_write", request=NoteIn, responses={201: NoteOut})
    def post(self, request: Request, id: UUID) -> Response:
        """Write a note about the seat that I hold."""
        inside = seat_inside(request.user, id, now=now())
        if inside.term is None:
            raise Forbidden(code="not_your_seat")
        said = NoteIn(data=request.data)
        said.is_valid(raise_exception=True)
        asked = said.validated_data
        note = services.write_note(
            seat_id=id,
            author_id=inside.term.person_id,
            kind=NoteKind(asked["kind"]),
            text=asked["text"],
            due_on=asked["due_on"],
            now=now(),
        )
        return Response(note_shape(_whole(note), inside=inside), status=201)


class OwnNotesView(APIView):
    """The notes that I wrote, of whatever seat."""

    policy = "relays.notes"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_notes_mine", responses=NotesOut)
    def get(self, request: Request) -> Response:
        """List what I wrote and is kept, also of seats that I hold no more."""
        return Response({"items": [note_shape(note, inside=None) for note in own_notes(request.user)]})


class NoteView(APIView):
    """One note, by its author; else 404."""

    policy = "relays.notes"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_note_mend", request=NoteMendIn, responses=NoteOut)
    def patch(self, request: Request, id: UUID) -> Response:
        """Change what it says."""
        said = NoteMendIn(data=request.data)
        said.is_valid(raise_exception=True)
        note = services.mend_note(
            note_id=id, author_id=_me(request), text=said.validated_data["text"], due_on=said.validated_data["due_on"]
        )
        return Response(_shown(note, request))

    @extend_schema(operation_id="relays_note_throw_away", responses={204: None})
    def delete(self, request: Request, id: UUID) -> Response:
        """Throw it away, also when it went along to the next person."""
        services.throw_note_away(note_id=id, author_id=_me(request))
        return Response(status=204)


class NoteTickView(APIView):
    """Tick a note off."""

    policy = "relays.notes"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_note_tick", request=NoteTickIn, responses=NoteOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Say that what was promised was kept, or what is to be done was done; or take that back."""
        said = NoteTickIn(data=request.data)
        said.is_valid(raise_exception=True)
        note = services.tick_note(note_id=id, holder_id=_me(request), is_kept=said.validated_data["is_kept"], now=now())
        return Response(_shown(note, request))


def note_shape(note: SeatNote, *, inside: SeatInside | None) -> dict[str, Any]:
    """Say a note in the shape of NoteOut; without `inside` to its author, who may hold its seat no more."""
    term = inside.term if inside else None
    is_mine = inside is None or (term is not None and term.person_id == note.author_id)
    return {
        "id": note.pk,
        "seat": {"id": note.seat_id, "code": note.seat.area.code, "name": note.seat.area.called},
        "kind": note.kind,
        "text": note.text,
        "due_on": note.due_on,
        "kept_at": note.kept_at,
        "written_at": note.written_at,
        "handed_at": note.handed_at,
        "author": note.author.full_name if inside and inside.is_organised and not is_mine else "",
        "is_mine": is_mine,
        "abilities": policies.note_abilities(
            kind=note.kind, is_mine=is_mine, is_handed_on=note.handed_at is not None, holds_seat=term is not None
        ),
    }


def _me(request: Request) -> UUID:
    """The person behind who asks. Raises: NotFound, for who was only appointed and writes no notes."""
    person_id = own_person_id(actor(request))
    if person_id is None:
        raise NotFound(code="note_unknown")
    return person_id


def _shown(note: SeatNote, request: Request) -> dict[str, Any]:
    return note_shape(_whole(note), inside=seat_inside(request.user, note.seat_id, now=now()))


def _whole(note: SeatNote) -> SeatNote:
    return SeatNote.objects.select_related("author", "seat__area").get(pk=note.pk)
