"""Counterparts of a seat: who works in a place like mine."""

from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.relays.domain import SeatState
from maillage.relays.selectors.counterparts import Counterpart, counterparts_of


class MeasureOut(serializers.Serializer[Any]):
    """A figure by which places are compared."""

    code = serializers.CharField()
    word = serializers.CharField(help_text="what it speaks of, in the reader's language")
    here = serializers.FloatField(allow_null=True, help_text="null where it is not known here")


class CounterpartFigureOut(serializers.Serializer[Any]):
    """What a figure is there."""

    code = serializers.CharField()
    there = serializers.FloatField(allow_null=True)


class CounterpartOut(serializers.Serializer[Any]):
    """A seat whose place is like this one's."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()
    state = serializers.ChoiceField(choices=SeatState.choices)
    alike = serializers.ListField(child=serializers.CharField(), help_text="in what, the closest first")
    relay = serializers.CharField(help_text="the relay's first name, where they show it in public or welcome others; else empty")
    figures = CounterpartFigureOut(many=True)


class CounterpartsOut(serializers.Serializer[Any]):
    """The five most like it, the nearest first."""

    items = CounterpartOut(many=True)
    measures = MeasureOut(many=True)
    why_none = serializers.ChoiceField(choices=["", "no_figures", "unknown"], help_text="why there is none, else empty")


class CounterpartsView(APIView):
    """The counterparts of a seat."""

    policy = "relays.seat_holder"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_counterparts", responses=CounterpartsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return the five seats whose places are most like this one's, to who holds it or organises it."""
        instant = now()
        found, role = counterparts_of(request.user, id, language=get_language() or "", now=instant)
        read = [each.relay.pk for each in found.items if each.relay]
        people.note_access(reader=request.user, role=role, reading="relays.counterparts", person_ids=read, now=instant)
        codes = [measure.code for measure in found.measures]
        return Response(
            {
                "items": [_shape(each, codes) for each in found.items],
                "measures": [{"code": each.code, "word": each.word, "here": each.here} for each in found.measures],
                "why_none": found.why_none,
            }
        )


def _shape(counterpart: Counterpart, codes: list[str]) -> dict[str, Any]:
    area = counterpart.standing.area
    return {
        "id": counterpart.standing.seat_id,
        "code": area.code,
        "name": area.called,
        "state": counterpart.standing.state,
        "alike": counterpart.place.alike,
        "relay": counterpart.relay.given_name if counterpart.relay else "",
        "figures": [{"code": code, "there": counterpart.place.figures.get(code)} for code in codes],
    }
