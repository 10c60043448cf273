"""What waits for the reader today: the screen that they begin with puts it in order."""

from typing import Any

from django.utils import translation
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.relays.selectors.today import (
    COUNTED,
    calls_owed_today,
    concerns_today,
    hand_overs_today,
    held_today,
    meanwhile_for,
    messages_today,
    stand_ins_today,
)

HOW_MANY = f"how many wait, this one among them; {COUNTED} for more"


class CallTodayOut(serializers.Serializer[Any]):
    """The promised call whose hour comes first."""

    application = serializers.UUIDField()
    place = serializers.CharField()
    started_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField()
    count = serializers.IntegerField(help_text=HOW_MANY)


class ConcernTodayOut(serializers.Serializer[Any]):
    """What was told to the reader in confidence: what nobody took up first."""

    due_at = serializers.DateTimeField(help_text="by when it is taken up")
    taken_at = serializers.DateTimeField(allow_null=True)
    count = serializers.IntegerField(help_text=HOW_MANY)


class MessageTodayOut(serializers.Serializer[Any]):
    """What was written to a place and waits longest for the reader's answer."""

    conversation = serializers.UUIDField()
    place = serializers.CharField()
    since = serializers.DateTimeField()
    count = serializers.IntegerField(help_text=HOW_MANY)


class HeldTodayOut(serializers.Serializer[Any]):
    """The application that waits longest for somebody to look first: its 48 hours have not begun."""

    place = serializers.CharField()
    since = serializers.DateTimeField()
    count = serializers.IntegerField(help_text=HOW_MANY)


class HandOverTodayOut(serializers.Serializer[Any]):
    """The hand-over whose last day comes first, for the organisers above."""

    place = serializers.CharField()
    ends_on = serializers.DateField()
    count = serializers.IntegerField(help_text=HOW_MANY)


class StandInTodayOut(serializers.Serializer[Any]):
    """The relay next door who said yes to standing in and waits longest for an organiser above to confirm it."""

    seat = serializers.UUIDField()
    place = serializers.CharField()
    since = serializers.DateTimeField()
    count = serializers.IntegerField(help_text=HOW_MANY)


class MeanwhileOut(serializers.Serializer[Any]):
    """One thing to do until the call, which needs nobody's data."""

    title = serializers.CharField()
    why = serializers.CharField()
    path = serializers.CharField(help_text="of the page on which it is done")


class TodayOut(serializers.Serializer[Any]):
    """What waits for the reader in their places; null where nothing does. It names nobody."""

    call = CallTodayOut(allow_null=True)
    concern = ConcernTodayOut(allow_null=True)
    message = MessageTodayOut(allow_null=True)
    held = HeldTodayOut(allow_null=True)
    hand_over = HandOverTodayOut(allow_null=True)
    stand_in = StandInTodayOut(allow_null=True)
    meanwhile = MeanwhileOut(many=True, help_text="while the reader waits for a call: three things to do")


class TodayView(APIView):
    """What waits for the reader today."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_today", responses=TodayOut)
    def get(self, request: Request) -> Response:
        """Say what waits for the reader: where and by when, and of whom nothing."""
        user, instant = request.user, now()
        language = translation.get_language() or "fr"
        return Response(
            {
                "call": calls_owed_today(user, now=instant),
                "concern": concerns_today(user, now=instant),
                "message": messages_today(user, now=instant),
                "held": held_today(user, now=instant),
                "hand_over": hand_overs_today(user, now=instant),
                "stand_in": stand_ins_today(user, now=instant),
                "meanwhile": [
                    {"title": each.title, "why": each.why, "path": f"/{language}/{each.path}"} for each in meanwhile_for(user, now=instant)
                ],
            }
        )
