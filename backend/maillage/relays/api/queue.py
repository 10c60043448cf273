"""The queue of a flood: applications that wait for somebody to look first."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.pages import LIMIT_MOST
from maillage.kernel.rest.permissions import SignedIn
from maillage.relays import selectors, services
from maillage.relays.api.decisions import actor


class QueueOut(serializers.Serializer[Any]):
    """How many applications wait for the reader to look at them."""

    waiting = serializers.IntegerField()


class ReleaseIn(serializers.Serializer[Any]):
    """Which applications."""

    ids = serializers.ListField(child=serializers.UUIDField(), min_length=1, max_length=LIMIT_MOST)


class DeclineHeldIn(ReleaseIn):
    """Which applications, and the organiser's words, which each mail carries."""

    words = serializers.CharField(max_length=2000)


class AnsweredOut(serializers.Serializer[Any]):
    """How many were answered; the others had been answered by somebody else, or taken back."""

    answered = serializers.IntegerField()


class QueueView(APIView):
    """The queue, counted."""

    policy = "relays.applications"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_queue", responses=QueueOut)
    def get(self, request: Request) -> Response:
        """Count the applications that wait for the reader to look."""
        return Response({"waiting": selectors.held_for(request.user, now=now()).count()})


class ReleaseView(APIView):
    """Let them in."""

    policy = "relays.applications"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_queue_release", request=ReleaseIn, responses=AnsweredOut)
    def post(self, request: Request) -> Response:
        """Let held applications in: their 48 hours start now, and each applicant is told."""
        wanted = ReleaseIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        ids = _theirs(request, wanted.validated_data["ids"])
        return Response({"answered": services.release_applications(application_ids=ids, by=actor(request), now=now())})


class DeclineHeldView(APIView):
    """Say no to them, in words."""

    policy = "relays.applications"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_queue_decline", request=DeclineHeldIn, responses=AnsweredOut)
    def post(self, request: Request) -> Response:
        """Decline held applications, with words that each applicant reads."""
        wanted = DeclineHeldIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        ids = _theirs(request, wanted.validated_data["ids"])
        words = wanted.validated_data["words"]
        return Response({"answered": services.decline_held(application_ids=ids, words=words, by=actor(request), now=now())})


def _theirs(request: Request, ids: list[UUID]) -> list[UUID]:
    """Keep the applications for seats that the actor organises. Raises: Forbidden for who organises none of them."""
    theirs = list(selectors.organised_among(request.user, ids, now=now()))
    if not theirs:
        raise Forbidden()
    return theirs
