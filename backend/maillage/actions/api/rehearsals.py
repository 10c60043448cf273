"""Rehearsals: the brief of one seat, sent before the launch to who organises."""

from typing import Any
from uuid import UUID

from django.conf import settings
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.actions import selectors, services
from maillage.actions.api.actions import actor, led
from maillage.actions.api.shapes import ActionSeatOut, seat_shape
from maillage.actions.domain import COLLEAGUES_MOST
from maillage.actions.models import Action, Rehearsal
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people


class ColleagueOut(serializers.Serializer[Any]):
    """Somebody who organises the network's territory, a part of it, or more."""

    id = serializers.UUIDField()
    name = serializers.CharField()


class RehearsalOut(serializers.Serializer[Any]):
    """A rehearsal: of which version, for which seat, by whom and to whom."""

    id = serializers.UUIDField()
    rehearsed_at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="of the action; another one has changed since")
    language = serializers.CharField()
    seat = ActionSeatOut()
    by = serializers.CharField(help_text="empty once they left")
    readers = serializers.ListField(child=serializers.CharField(), help_text="who it was sent to")


class RehearsalsOut(serializers.Serializer[Any]):
    """The rehearsals of an action, the latest first, and who may be asked to the next one."""

    items = RehearsalOut(many=True)
    colleagues = ColleagueOut(many=True)
    colleagues_most = serializers.IntegerField(help_text="how many of them at once")


class RehearsalIn(serializers.Serializer[Any]):
    """Whose brief is sent to whom, beside oneself; and the version that was read."""

    version = serializers.IntegerField(min_value=1)
    seat = serializers.UUIDField()
    language = serializers.ChoiceField(choices=settings.LANGUAGES, required=False, help_text="of the seat's holder, unless said")
    colleagues = serializers.ListField(child=serializers.UUIDField(), max_length=COLLEAGUES_MOST, required=False, default=list)


class RehearsalsView(APIView):
    """Rehearsals of an action."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_rehearsals", responses=RehearsalsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List the rehearsals, and the organisers who may be asked to the next one."""
        return Response(_shape(request, led(request, id)))

    @extend_schema(operation_id="actions_rehearse", request=RehearsalIn, responses={201: RehearsalsOut})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Send the brief of a seat to oneself and up to five colleagues, as its holder would get it."""
        action = led(request, id)
        wanted = RehearsalIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        services.rehearse_action(
            action_id=id,
            seat_id=asked["seat"],
            version=asked["version"],
            language=asked.get("language", ""),
            colleague_ids=asked["colleagues"],
            by=actor(request),
            now=now(),
        )
        return Response(_shape(request, action), status=201)


def _shape(request: Request, action: Action) -> dict[str, Any]:
    """Say who rehearsed and who may, and write down whom the reader so reads of."""
    instant = now()
    rehearsals = list(selectors.rehearsals_of(action))
    colleagues = list(selectors.colleagues_of(action, but=actor(request), now=instant))
    named = {*colleagues, *(reader.user for each in rehearsals for reader in each.readers.all()), *(each.by for each in rehearsals)}
    read = {user.person.pk for user in named if user and hasattr(user, "person")}
    people.note_access(reader=request.user, role=Role.ORGANISER, reading="actions.rehearsals", person_ids=read, now=instant)
    return {
        "items": [_rehearsal_shape(each) for each in rehearsals],
        "colleagues": [{"id": user.pk, "name": selectors.name_of(user)} for user in colleagues],
        "colleagues_most": COLLEAGUES_MOST,
    }


def _rehearsal_shape(rehearsal: Rehearsal) -> dict[str, Any]:
    return {
        "id": rehearsal.pk,
        "rehearsed_at": rehearsal.rehearsed_at,
        "version": rehearsal.version,
        "language": rehearsal.language,
        "seat": seat_shape(rehearsal.seat),
        "by": selectors.name_of(rehearsal.by) if rehearsal.by else "",
        "readers": [selectors.name_of(reader.user) for reader in rehearsal.readers.all()],
    }
