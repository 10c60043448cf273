"""Whether office holders answer: asked of whoever wrote, and told to everybody as a rate."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.advocacy import selectors, services
from maillage.advocacy.api.office_holders import GroupOut
from maillage.advocacy.api.shapes import SpokenOfOut, actor
from maillage.advocacy.domain import ContactKind
from maillage.journal.idempotency import idempotent
from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import Anyone, SignedIn
from maillage.people.selectors import day_of_house

MOST = 20


class AnswerQuestionOut(serializers.Serializer[Any]):
    """Did they answer?"""

    id = serializers.UUIDField()
    office_holder = SpokenOfOut()
    kind = serializers.ChoiceField(choices=ContactKind.choices)
    about = serializers.CharField()
    asked_on = serializers.DateField(help_text="when it was asked for, or sent")


class AnswerQuestionsOut(serializers.Serializer[Any]):
    """What waits for the reader, the oldest first."""

    items = AnswerQuestionOut(many=True)


class AnswerToldIn(serializers.Serializer[Any]):
    """What the reader says."""

    was_answered = serializers.BooleanField()


class RateOut(serializers.Serializer[Any]):
    """Of how many requests it is known what came of them, and how many were answered."""

    asked = serializers.IntegerField()
    answered = serializers.IntegerField()


class GroupRateOut(serializers.Serializer[Any]):
    """How often a group answers."""

    group = GroupOut()
    rate = RateOut(allow_null=True, help_text="null: too few requests")


class ResponseRatesOut(serializers.Serializer[Any]):
    """How often office holders answered the requests of a year; a figure of fewer than five is not shown."""

    rate = RateOut(allow_null=True)
    groups = GroupRateOut(many=True)


class AnswerQuestionsView(APIView):
    """What the reader is asked."""

    policy = "signed_in"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_answer_questions", responses=AnswerQuestionsOut)
    def get(self, request: Request) -> Response:
        """List the reader's own requests of which nobody said yet whether they were answered."""
        rows = selectors.open_questions(actor(request), now=now())[:MOST]
        return Response({"items": [_shape(row) for row in rows]})


class AnswerToldView(APIView):
    """One of them."""

    policy = "advocacy.contacts"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_answer_tell", request=AnswerToldIn, responses={204: None})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Say whether they answered: it becomes a step of the contact."""
        services.own_question(id, user_id=actor(request).pk, now=now())
        wanted = AnswerToldIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        services.say_if_answered(question_id=id, was_answered=wanted.validated_data["was_answered"], now=now())
        return Response(status=204)


class ResponseRatesView(APIView):
    """How often they answer."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="advocacy_response_rates", responses=ResponseRatesOut)
    def get(self, request: Request) -> Response:
        """Return it for all together and for each group."""
        rate, groups = selectors.response_rates(today=day_of_house(now()))
        return Response(
            {
                "rate": vars(rate) if rate else None,
                "groups": [{"group": each["group"], "rate": vars(each["rate"]) if each["rate"] else None} for each in groups],
            }
        )


def _shape(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "id": row["id"],
        "office_holder": {
            "id": row["contact__holder_id"],
            "full_name": f"{row['contact__holder__given_name']} {row['contact__holder__family_name']}",
            "area": {"code": row["contact__area__code"], "name": row["place"]},
        },
        "kind": row["contact__kind"],
        "about": row["title"] if row["contact__subject_id"] else row["contact__decision"],
        "asked_on": row["asked_on"],
    }
