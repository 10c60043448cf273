"""A seat passes on: what its holder asks, and what organisers do about it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.relays import policies, selectors, services
from maillage.relays.api.decisions import actor
from maillage.relays.domain import TermKind
from maillage.relays.domain.handing_over import LONGEST_AHEAD, HandOverStatus
from maillage.relays.models import HandOver, Term
from maillage.relays.selectors.hand_overs import hand_over_seen, hand_overs_seen, notes_of, under_way_for
from maillage.relays.selectors.successors import Successor, successors, successors_of
from maillage.relays.services.hand_overs import WORDS_MOST, day_there


class PassingSeatOut(serializers.Serializer[Any]):
    """The seat that passes on."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()


class SuccessorOut(serializers.Serializer[Any]):
    """Who could come next: the whole name to organisers; to the holder a first name, or nothing where none is shown."""

    person = serializers.UUIDField()
    name = serializers.CharField(allow_blank=True)
    stands_in = serializers.BooleanField(help_text="they stand in here now; else they asked for the seat")
    term = serializers.UUIDField(allow_null=True, help_text="of whoever stands in, to organisers: what they lack is read and written there")
    application = serializers.UUIDField(allow_null=True, help_text="of who asked for the seat, to organisers")


class HandOverAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with it."""

    take_back = serializers.BooleanField()
    complete = serializers.BooleanField()
    let_notes_go = serializers.BooleanField()


class HandOverOut(serializers.Serializer[Any]):
    """A seat that passes from one person to the next."""

    id = serializers.UUIDField()
    term = serializers.UUIDField()
    seat = PassingSeatOut()
    kind = serializers.ChoiceField(choices=TermKind.choices)
    holder = serializers.CharField(help_text="who hands over; empty to themselves")
    status = serializers.ChoiceField(choices=HandOverStatus.choices)
    ends_on = serializers.DateField(help_text="last day of the term, in the time of the place")
    gives_notes = serializers.BooleanField()
    notes = serializers.IntegerField(help_text="how many there are")
    successor = SuccessorOut(allow_null=True, help_text="whom the holder proposes")
    words = serializers.CharField(allow_blank=True)
    begun_at = serializers.DateTimeField()
    abilities = HandOverAbilitiesOut()


class HandOverToCompleteOut(HandOverOut):
    """One that waits for an organiser, with who could come next."""

    successors = SuccessorOut(many=True)


class HandOversOut(serializers.Serializer[Any]):
    """Those under way, the nearest day first."""

    items = HandOverToCompleteOut(many=True)


class TermHandOverOut(serializers.Serializer[Any]):
    """The hand-over of a term, if one is under way, and what one may choose from to begin it."""

    hand_over = HandOverOut(allow_null=True)
    successors = SuccessorOut(many=True)
    first_day = serializers.DateField()
    last_day = serializers.DateField()
    notes = serializers.IntegerField(help_text="how many notes of the seat its holder keeps")


class HandOverIn(serializers.Serializer[Any]):
    """On which day, to whom perhaps, and whether the notes go along: the holder alone says that."""

    ends_on = serializers.DateField()
    successor = serializers.UUIDField(allow_null=True, default=None)
    words = serializers.CharField(max_length=WORDS_MOST, allow_blank=True, default="")
    gives_notes = serializers.BooleanField(default=False)


class CompleteIn(serializers.Serializer[Any]):
    """Who comes next; nobody leaves the seat open."""

    successor = serializers.UUIDField(allow_null=True, default=None)


class CompletedOut(serializers.Serializer[Any]):
    """The hand-over, and the term of who comes next."""

    hand_over = HandOverOut()
    term = serializers.UUIDField(allow_null=True)


class GivesNotesIn(serializers.Serializer[Any]):
    """Whether one's notes go along."""

    gives_notes = serializers.BooleanField()


class TermHandOverView(APIView):
    """The hand-over of one term: an organiser above, or the holder; else 404."""

    policy = "relays.hand_overs"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_term_hand_over", responses=TermHandOverOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Say what is under way, and who could come next."""
        term, organised = selectors.term_seen(request.user, id, now=now())
        return Response(_of_term(request, term, organised=organised, now=now()))

    @extend_schema(operation_id="relays_term_hand_over_begin", request=HandOverIn, responses={201: TermHandOverOut})
    def post(self, request: Request, id: UUID) -> Response:
        """Begin to hand over; an organiser does it for who asked by telephone."""
        term, organised = selectors.term_seen(request.user, id, now=now())
        wanted = HandOverIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        services.begin_hand_over(
            term_id=id,
            ends_on=asked["ends_on"],
            successor_id=asked["successor"],
            words=asked["words"],
            gives_notes=asked["gives_notes"],
            by=actor(request),
            now=now(),
        )
        return Response(_of_term(request, term, organised=organised, now=now()), status=201)


class HandOversView(APIView):
    """What waits for an organiser."""

    policy = "relays.hand_overs"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_hand_overs", responses=HandOversOut)
    def get(self, request: Request) -> Response:
        """List the hand-overs under way of the seats that I organise."""
        instant = now()
        found = under_way_for(request.user, now=instant)
        choices = successors_of([one.term for one in found])
        read = {one.term.person_id for one in found} | {each.person_id for chosen in choices.values() for each in chosen}
        people.note_access(reader=request.user, role=Role.ORGANISER, reading="relays.hand_over", person_ids=read, now=instant)
        items = [
            {**_shape(one, choices[one.term_id]), "successors": [_successor(each, organised=True) for each in choices[one.term_id]]}
            for one in found
        ]
        return Response({"items": items})


class HandOverView(APIView):
    """What the three below share: an organiser above, or the holder; else 404."""

    policy = "relays.hand_overs"
    permission_classes = [SignedIn]

    def said(self, request: Request, id: UUID) -> dict[str, Any]:
        """Say a hand-over after something was done with it."""
        found = hand_over_seen(request.user, id, now=now())
        _note_reading(request, found, now=now())
        return _shape(found, successors(found.term))


class TakeBackView(HandOverView):
    """Take back."""

    @extend_schema(operation_id="relays_hand_over_take_back", request=None, responses=HandOverOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take a hand-over back: everything stays as it was. Safe to repeat."""
        hand_over_seen(request.user, id, now=now())
        services.take_back_hand_over(hand_over_id=id, by=actor(request), now=now())
        return Response(self.said(request, id))


class CompleteView(HandOverView):
    """Complete."""

    @extend_schema(operation_id="relays_hand_over_complete", request=CompleteIn, responses=CompletedOut)
    def post(self, request: Request, id: UUID) -> Response:
        """End the term and seat who comes next. Of two organisers at once one succeeds; the other is told who was faster (409)."""
        if not _organised(hand_over_seen(request.user, id, now=now())):
            raise Forbidden(code="organisers_only")
        wanted = CompleteIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        begun = services.complete_hand_over(hand_over_id=id, successor_id=wanted.validated_data["successor"], by=actor(request), now=now())
        return Response({"hand_over": self.said(request, id), "term": begun.pk if begun else None})


class GivesNotesView(HandOverView):
    """Let the notes go along, or not."""

    @extend_schema(operation_id="relays_hand_over_notes", request=GivesNotesIn, responses=HandOverOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Say whether my notes go along to the next person."""
        hand_over_seen(request.user, id, now=now())
        wanted = GivesNotesIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.let_notes_go_along(hand_over_id=id, by=actor(request), gives_notes=wanted.validated_data["gives_notes"])
        return Response(self.said(request, id))


def _of_term(request: Request, term: Term, *, organised: bool, now: datetime) -> dict[str, Any]:
    found = hand_overs_seen(request.user, now=now).filter(term=term, status=HandOverStatus.BEGUN).first()
    everyone = successors(term)
    choices = [one for one in everyone if organised or one.is_seen_by_relay]
    read = {one.person_id for one in choices if organised or one.short_name} | ({term.person_id} if organised else set())
    own = getattr(getattr(request.user, "person", None), "pk", None)
    people.note_access(
        reader=request.user, role=_role(term, organised=organised), reading="relays.hand_over", person_ids=read - {own}, now=now
    )
    today = day_there(term, now=now)
    return {
        "hand_over": _shape(found, everyone) if found else None,
        "successors": [_successor(one, organised=organised) for one in choices],
        "first_day": today,
        "last_day": today + LONGEST_AHEAD,
        "notes": notes_of(seat_id=term.seat_id, person_id=term.person_id),
    }


def _note_reading(request: Request, found: HandOver, *, now: datetime) -> None:
    organised = _organised(found)
    read = {found.term.person_id} if organised else set()
    if found.successor_id:
        read.add(found.successor_id)
    own = getattr(getattr(request.user, "person", None), "pk", None)
    role = _role(found.term, organised=organised)
    people.note_access(reader=request.user, role=role, reading="relays.hand_over", person_ids=read - {own}, now=now)


def _role(term: Term, *, organised: bool) -> Role:
    return Role.ORGANISER if organised else Role.RELAY if term.kind == TermKind.RELAY else Role.STAND_IN


def _organised(found: HandOver) -> bool:
    return bool(getattr(found, "organised", False))


def _shape(found: HandOver, choices: list[Successor]) -> dict[str, Any]:
    """Say a row of `hand_overs_seen` in the shape of HandOverOut: to its organisers, or to its holder."""
    organised = _organised(found)
    proposed = next((one for one in choices if one.person_id == found.successor_id), None)
    return {
        "id": found.pk,
        "term": found.term_id,
        "seat": {"id": found.term.seat_id, "code": found.term.seat.area.code, "name": found.term.seat.area.called},
        "kind": found.term.kind,
        "holder": found.term.person.full_name if organised else "",
        "status": found.status,
        "ends_on": found.ends_on,
        "gives_notes": found.gives_notes,
        "notes": getattr(found, "notes", 0),
        "successor": _successor(proposed, organised=organised) if proposed else None,
        "words": found.words,
        "begun_at": found.begun_at,
        "abilities": policies.hand_over_abilities(status=found.status, organises_here=organised, is_own=bool(getattr(found, "own", False))),
    }


def _successor(one: Successor, *, organised: bool) -> dict[str, Any]:
    return {
        "person": one.person_id,
        "name": one.full_name if organised else one.short_name,
        "stands_in": one.term_id is not None,
        "term": one.term_id if organised else None,
        "application": one.application_id if organised else None,
    }
