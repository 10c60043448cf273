"""One seat: its state, who holds it, who asked for it, what lies next door."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import Anyone
from maillage.people import services as people
from maillage.relays import policies, selectors
from maillage.relays.domain import ApplicationStatus, SeatState, TermKind
from maillage.relays.selectors.photos import photo_path
from maillage.relays.selectors.seats import TermSeen


class AncestorOut(serializers.Serializer[Any]):
    """An area that holds the seat's, the widest first."""

    id = serializers.UUIDField()
    country = serializers.CharField()
    kind = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()


class SeatAreaOut(serializers.Serializer[Any]):
    """The place of a seat."""

    id = serializers.UUIDField()
    country = serializers.CharField()
    kind = serializers.CharField()
    code = serializers.CharField()
    name = serializers.CharField()
    number = serializers.IntegerField(allow_null=True)
    ancestors = AncestorOut(many=True)


class HolderOut(serializers.Serializer[Any]):
    """Who answers for a seat: the first name if the holder chose to show it, the full name to organisers above."""

    name = serializers.CharField(help_text="empty when the holder shows none")
    photo = serializers.CharField(help_text="path of the photo that the holder shows; empty: none")
    kind = serializers.ChoiceField(choices=TermKind.choices)
    is_paused = serializers.BooleanField()
    starts_at = serializers.DateTimeField()


class SeatApplicationOut(serializers.Serializer[Any]):
    """An open application, for organisers."""

    id = serializers.UUIDField()
    person_id = serializers.UUIDField()
    name = serializers.CharField()
    status = serializers.ChoiceField(choices=ApplicationStatus.choices)
    confirmed_at = serializers.DateTimeField()


class NeighbourSeatOut(serializers.Serializer[Any]):
    """A seat next door."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=SeatState.choices)


class SeatAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with the seat."""

    apply = serializers.BooleanField()
    see_applications = serializers.BooleanField()


class TermAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with a running term."""

    end = serializers.BooleanField(help_text="now, or by handing it over")
    pause = serializers.BooleanField(help_text="until a day, or until another one")
    resume = serializers.BooleanField()


class SeatTermOut(serializers.Serializer[Any]):
    """A running term of a seat: its relay's, or that of whoever stands in, beside a relay or alone."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=TermKind.choices)
    person_id = serializers.UUIDField()
    name = serializers.CharField()
    photo = serializers.CharField(help_text="path of the photo that they show; empty: none")
    is_mine = serializers.BooleanField()
    starts_at = serializers.DateTimeField()
    seen_at = serializers.DateTimeField(help_text="last sign of life")
    paused_until = serializers.DateField(allow_null=True)
    abilities = TermAbilitiesOut()


class SeatOut(serializers.Serializer[Any]):
    """A seat, with as much as its reader may see."""

    id = serializers.UUIDField()
    network = serializers.UUIDField()
    area = SeatAreaOut()
    state = serializers.ChoiceField(choices=SeatState.choices)
    since = serializers.DateTimeField()
    holder = HolderOut(allow_null=True)
    terms = SeatTermOut(many=True, help_text="those that run, the relay's first: all for organisers, else one's own")
    applications = SeatApplicationOut(many=True)
    neighbours = NeighbourSeatOut(many=True)
    abilities = SeatAbilitiesOut()


class SeatView(APIView):
    """One seat."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="relays_seat", responses=SeatOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return a seat; its organisers and whoever holds it see more."""
        instant = now()
        seat = selectors.seat_seen(request.user, id, now=instant)
        standing = seat.standing
        area, holder = standing.area, standing.holder
        applications = selectors.open_applications(id) if seat.is_organised else []
        if seat.is_organised:
            read = [application["person_id"] for application in applications] + [each.term.person_id for each in seat.terms]
            people.note_access(reader=request.user, role=Role.ORGANISER, reading="relays.seat", person_ids=read, now=instant)
        return Response(
            {
                "id": standing.seat_id,
                "network": standing.network_id,
                "area": {
                    "id": area.pk,
                    "country": area.country,
                    "kind": area.kind.code,
                    "code": area.code,
                    "name": area.called,
                    "number": area.number,
                    "ancestors": selectors.ancestors(area.pk),
                },
                "state": standing.state,
                "since": standing.since,
                "holder": {
                    "name": seat.holder_name,
                    "photo": photo_path(holder.pk),
                    "kind": standing.holder_kind,
                    "is_paused": standing.is_paused,
                    "starts_at": standing.term.starts_at if standing.term else None,
                }
                if holder
                else None,
                "terms": [_term(each, organised=seat.is_organised) for each in seat.terms],
                "applications": applications,
                "neighbours": selectors.neighbours(standing),
                "abilities": policies.seat_abilities(
                    state=standing.state,
                    takes_applications=selectors.takes_applications(standing.network, now=instant),
                    organises_here=seat.is_organised,
                    holds_it=any(each.is_mine and each.term.kind == TermKind.RELAY for each in seat.terms),
                ),
            }
        )


def _term(seen: TermSeen, *, organised: bool) -> dict[str, Any]:
    term = seen.term
    return {
        "id": term.pk,
        "kind": term.kind,
        "person_id": term.person_id,
        "name": term.person.full_name,
        "photo": photo_path(term.person_id),
        "is_mine": seen.is_mine,
        "starts_at": term.starts_at,
        "seen_at": seen.seen_at,
        "paused_until": term.paused_until,
        "abilities": policies.term_abilities(
            kind=term.kind, is_paused=term.paused_at is not None, organises_here=organised, is_mine=seen.is_mine
        ),
    }
