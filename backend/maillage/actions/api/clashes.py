"""What a launch would meet: taken days, office holders who are asked already, mails that the gate would refuse."""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.actions import selectors
from maillage.actions.api.actions import led
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.messaging.domain import Reason
from maillage.territories.domain import CalendarKind


class MetDaysOut(serializers.Serializer[Any]):
    """Days that the action meets in some seats."""

    kind = serializers.ChoiceField(choices=CalendarKind.choices)
    called = serializers.CharField()
    starts_on = serializers.DateField()
    ends_on = serializers.DateField()
    source = serializers.CharField(help_text="who says so, or the article of the law")  # type: ignore[assignment]
    is_expected = serializers.BooleanField(help_text="no decree has fixed these days yet")
    seats = serializers.ListField(child=serializers.CharField(), help_text="their codes")


class AskedAlreadyOut(serializers.Serializer[Any]):
    """Seats for whose office holder another action runs that week."""

    action = serializers.UUIDField(allow_null=True, help_text="null: one that the reader may not see")
    title = serializers.CharField(allow_blank=True)
    seats = serializers.ListField(child=serializers.CharField(), help_text="their codes")


class RefusedOut(serializers.Serializer[Any]):
    """Seats whose holder would not get the brief."""

    reason = serializers.ChoiceField(choices=Reason.choices)
    said = serializers.CharField(help_text="the reason, in the reader's language")
    seats = serializers.ListField(child=serializers.CharField(), help_text="their codes")


class ClashesOut(serializers.Serializer[Any]):
    """What a launch would meet now."""

    days = MetDaysOut(many=True)
    actions = AskedAlreadyOut(many=True)
    refused = RefusedOut(many=True)
    silent = serializers.ListField(child=serializers.CharField(), help_text="seats for which the law forbids the launch, by code")


class ClashesView(APIView):
    """Before the launch."""

    policy = "actions.actions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="actions_clashes", responses=ClashesOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Say what launching would meet, with the seats of each."""
        met = selectors.clashes_of(request.user, led(request, id), language=get_language() or "", now=now())
        return Response(
            {
                "days": [
                    {
                        "kind": one.dated.kind,
                        "called": one.dated.called,
                        "starts_on": one.dated.starts_on,
                        "ends_on": one.dated.ends_on,
                        "source": one.dated.source,
                        "is_expected": one.dated.is_expected,
                        "seats": one.codes,
                    }
                    for one in met.days
                ],
                "actions": [
                    {"action": one.action.pk if one.action else None, "title": one.title, "seats": one.codes} for one in met.actions
                ],
                "refused": [{"reason": one.reason, "said": one.reason.label, "seats": one.codes} for one in met.refused],
                "silent": met.silent,
            }
        )
