"""The one page that the next person of a seat gets."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.relays.api.notes import NotedSeatOut, NoteOut, note_shape
from maillage.relays.domain import TermKind
from maillage.relays.selectors.dossiers import Dossier, dossier
from maillage.relays.selectors.notes import seat_inside


class PromiseRecordOut(serializers.Serializer[Any]):
    """How often a human called in time in the smallest place of which it was published, from one day to another, both included."""

    area_name = serializers.CharField()
    begins = serializers.DateField()
    ends = serializers.DateField()
    asked = serializers.IntegerField()
    called = serializers.IntegerField()
    is_at_least = serializers.BooleanField(help_text="at least so many were called: those who were not are too few to be told")


class MetOfficeHolderOut(serializers.Serializer[Any]):
    """Who sits for the place: public-office facts only."""

    full_name = serializers.CharField()
    civility = serializers.CharField()
    group = serializers.CharField()
    since = serializers.DateField()
    office_email = serializers.CharField()
    profile_url = serializers.CharField()


class PastMeetingOut(serializers.Serializer[Any]):
    """Something done here before, by whoever held the seat: nobody is named."""

    at = serializers.DateTimeField()
    asked = serializers.CharField()
    came_of = serializers.CharField()
    said = serializers.CharField()
    hard = serializers.CharField()


class WaitingOut(serializers.Serializer[Any]):
    """Something that the seat is asked now."""

    title = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    state = serializers.CharField()
    path = serializers.CharField(help_text="below /app, where its holder answers")


class DossierOrganiserOut(serializers.Serializer[Any]):
    """Who organises here, and where they are reached."""

    name = serializers.CharField()
    email = serializers.CharField()


class DossierTermOut(serializers.Serializer[Any]):
    """The reader's own running term."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=TermKind.choices)
    starts_at = serializers.DateTimeField()


class DossierOut(serializers.Serializer[Any]):
    """All that the next person needs, on one page."""

    seat = NotedSeatOut()
    made_at = serializers.DateTimeField()
    term = DossierTermOut(allow_null=True)
    is_first = serializers.BooleanField(help_text="nobody held the seat before")
    office_holder = MetOfficeHolderOut(allow_null=True)
    meetings = PastMeetingOut(many=True)
    earlier_meetings = serializers.IntegerField()
    open_promises = NoteOut(many=True)
    notes = NoteOut(many=True)
    waiting = WaitingOut(many=True)
    organisers = DossierOrganiserOut(many=True)
    organised_place = serializers.CharField()
    promise = PromiseRecordOut(allow_null=True)


class DossierView(APIView):
    """The page of one seat: who holds it, and who organises above; else 404."""

    policy = "relays.dossier"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_seat_dossier", responses=DossierOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return what whoever holds this seat should know of it."""
        instant = now()
        inside = seat_inside(request.user, id, now=instant)
        found = dossier(inside, now=instant)
        own = inside.term.person_id if inside.term else None
        authors = {note.author_id for note in (*found.notes, *found.open_promises)}
        organisers = {one.person.pk for one in found.organisers if one.person.user_id != request.user.pk}
        for reading, read in (("relays.notes", authors - {own}), ("relays.dossier", organisers)):
            people.note_access(reader=request.user, role=inside.role, reading=reading, person_ids=read, now=instant)
        return Response({**_shape(found), "made_at": instant})


def _shape(found: Dossier) -> dict[str, Any]:
    inside, card = found.inside, found.office_holder
    area = inside.seat.area
    return {
        "seat": {"id": inside.seat.pk, "code": area.code, "name": area.called},
        "term": {"id": inside.term.pk, "kind": inside.term.kind, "starts_at": inside.term.starts_at} if inside.term else None,
        "is_first": found.is_first,
        "office_holder": {
            "full_name": card.full_name,
            "civility": card.civility,
            "group": card.group_name,
            "since": card.begins_on,
            "office_email": card.office_email,
            "profile_url": card.profile_url,
        }
        if card
        else None,
        "meetings": [asdict(meeting) for meeting in found.meetings],
        "earlier_meetings": found.earlier_meetings,
        "open_promises": [note_shape(note, inside=inside) for note in found.open_promises],
        "notes": [note_shape(note, inside=inside) for note in found.notes],
        "waiting": [asdict(one) for one in found.waiting],
        "organisers": [{"name": one.person.full_name, "email": one.email} for one in found.organisers],
        "organised_place": found.organised_place,
        "promise": asdict(found.record) if found.record else None,
    }
