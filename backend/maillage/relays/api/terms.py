"""What is done with a term: ended, paused, resumed."""

from typing import Any
from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.kernel.clock import now
from maillage.kernel.rest.permissions import SignedIn
from maillage.relays import selectors, services
from maillage.relays.api.decisions import actor
from maillage.relays.models import Term


class PauseIn(serializers.Serializer[Any]):
    """Until when."""

    until = serializers.DateField(help_text="the day, where the seat is, on which the term resumes by itself; within six months")


class TermOut(serializers.Serializer[Any]):
    """A term after something was done with it."""

    id = serializers.UUIDField()
    ends_at = serializers.DateTimeField(allow_null=True)
    paused_until = serializers.DateField(allow_null=True)


class TermView(APIView):
    """What the three below share: an organiser above, or the holder; else 404."""

    policy = "relays.terms"
    permission_classes = [SignedIn]


class EndTermView(TermView):
    """Leave a seat, or end somebody's term."""

    @extend_schema(operation_id="relays_term_end", request=None, responses=TermOut)
    def post(self, request: Request, id: UUID) -> Response:
        """End a term now, and the grant that it gave; its holder is signed out everywhere. Safe to repeat."""
        selectors.term_seen(request.user, id, now=now())
        return _said(services.end_term(term_id=id, by=actor(request), now=now()))


class PauseView(TermView):
    """Pause."""

    @extend_schema(operation_id="relays_term_pause", request=PauseIn, responses=TermOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Pause a relay's term until a day, or until another one than was said before."""
        selectors.term_seen(request.user, id, now=now())
        wanted = PauseIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        return _said(services.pause_term(term_id=id, until=wanted.validated_data["until"], by=actor(request), now=now()))


class ResumeView(TermView):
    """Resume."""

    @extend_schema(operation_id="relays_term_resume", request=None, responses=TermOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Resume a paused term. Safe to repeat."""
        selectors.term_seen(request.user, id, now=now())
        return _said(services.resume_term(term_id=id, by=actor(request), now=now()))


def _said(term: Term) -> Response:
    return Response({"id": term.pk, "ends_at": term.ends_at, "paused_until": term.paused_until})
