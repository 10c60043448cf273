"""Friendly calls, for who owes them; relays who were quiet, for who organises them."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.relays import services
from maillage.relays.api.companions import CompanionContactOut
from maillage.relays.api.decisions import actor
from maillage.relays.domain import SIGN_OF_LIFE, WORDS_OF_A_CALL, CallOutcome, QuietStepKind, TermKind, quiet_days
from maillage.relays.models import FriendlyCall
from maillage.relays.selectors.quiet import CallSeen, Tried, call_seen, calls_owed, own_calls, quiet_rows, tried_for


class CallOut(serializers.Serializer[Any]):
    """A friendly call that I owe."""

    id = serializers.UUIDField()
    name = serializers.CharField(help_text="the relay's first name")
    kind = serializers.ChoiceField(choices=TermKind.choices, help_text="who stands in does not pause")
    place = serializers.CharField()
    code = serializers.CharField()
    days = serializers.IntegerField(help_text="since their last sign of life, on the wall clock of the place")
    seen_at = serializers.DateTimeField()
    contacts = CompanionContactOut(many=True, help_text="the one that they chose for me; all of them to their organiser")
    as_organiser = serializers.BooleanField()


class OwnCallOut(serializers.Serializer[Any]):
    """A call that somebody made about me, and what they wrote: I read every word."""

    place = serializers.CharField()
    by = serializers.CharField(help_text="the first name of who called")
    done_at = serializers.DateTimeField()
    outcome = serializers.ChoiceField(choices=CallOutcome.choices)
    words = serializers.CharField()


class CallsOut(serializers.Serializer[Any]):
    """The calls that I owe, the oldest first; and those about me, the latest first."""

    items = CallOut(many=True)
    about_me = OwnCallOut(many=True)


class CallDoneIn(serializers.Serializer[Any]):
    """What came of a call."""

    outcome = serializers.ChoiceField(choices=CallOutcome.choices)
    words = serializers.CharField(max_length=WORDS_OF_A_CALL, allow_blank=True, default="", help_text="the relay reads them")


class TriedStepOut(serializers.Serializer[Any]):
    """One rung of the ladder."""

    kind = serializers.ChoiceField(choices=QuietStepKind.choices)
    at = serializers.DateTimeField()


class TriedCallOut(serializers.Serializer[Any]):
    """The last friendly call."""

    id = serializers.UUIDField()
    caller = serializers.CharField(help_text="first name of who was asked, or called; empty: the organisers")
    is_open = serializers.BooleanField()
    outcome = serializers.ChoiceField(choices=[("", ""), *CallOutcome.choices])
    words = serializers.CharField()
    done_at = serializers.DateTimeField(allow_null=True)


class QuietTermOut(serializers.Serializer[Any]):
    """A holder who was quiet, for their organisers, and what was tried since."""

    term_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=TermKind.choices)
    seat_id = serializers.UUIDField()
    code = serializers.CharField()
    place = serializers.CharField()
    name = serializers.CharField()
    seen_at = serializers.DateTimeField()
    days = serializers.IntegerField()
    is_dormant = serializers.BooleanField(help_text="the seat is by it; that of who stands in stays theirs")
    wishes_hand_over = serializers.BooleanField()
    steps = TriedStepOut(many=True)
    call = TriedCallOut(allow_null=True)


class QuietTermsOut(serializers.Serializer[Any]):
    """A page of them, the longest quiet first."""

    items = QuietTermOut(many=True)
    next = serializers.CharField(allow_null=True)


class CallsView(APIView):
    """The friendly calls that I owe."""

    policy = "relays.calls"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_calls", responses=CallsOut)
    def get(self, request: Request) -> Response:
        """Return the calls that I owe, with how the relay is reached, and what was written of calls about me."""
        instant = now()
        owed = calls_owed(request.user, now=instant)
        about_me = own_calls(request.user)
        _note(request, owed)
        callers = {person.pk for call in about_me if (person := _caller(call)) and person.user_id != request.user.pk}
        people.note_access(reader=request.user, role=Role.RELAY, reading="relays.companion", person_ids=callers, now=instant)
        return Response({"items": [_call(each) for each in owed], "about_me": [_own(each) for each in about_me]})


class CallDoneView(APIView):
    """What came of it."""

    policy = "relays.calls"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_call_done", request=CallDoneIn, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Say what came of a friendly call; the relay reads the words."""
        call_seen(request.user, id, now=now())
        wanted = CallDoneIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        outcome = CallOutcome(wanted.validated_data["outcome"])
        services.finish_call(call_id=id, outcome=outcome, words=wanted.validated_data["words"], by=actor(request), now=now())
        return Response(status=204)


class QuietTermsView(APIView):
    """Relays who were quiet."""

    policy = "relays.organised"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="relays_quiet_terms",
        parameters=[OpenApiParameter("dormant", bool), OpenApiParameter("after"), OpenApiParameter("limit", int)],
        responses=QuietTermsOut,
    )
    def get(self, request: Request) -> Response:
        """List the relays and stand-ins of my places who were quiet for three weeks or wish to hand over, the longest quiet first."""
        instant, asked = now(), request.query_params
        rows = quiet_rows(request.user, now=instant, is_dormant=asked.get("dormant") in ("1", "true"))
        page = keyset_page(rows, keys=["seen", "id"], after=asked.get("after"), limit=read_limit(asked.get("limit")))
        tried = tried_for({row["id"]: row["seen"] for row in page["items"]})
        read = {row["person_id"] for row in page["items"] if row["person__user_id"] != request.user.pk}
        read |= {person.pk for each in tried.values() if (person := _asked(each.call)) and person.user_id != request.user.pk}
        people.note_access(reader=request.user, role=Role.ORGANISER, reading="relays.care", person_ids=read, now=instant)
        return Response({**page, "items": [_quiet(row, tried[row["id"]]) for row in page["items"]]})


def _note(request: Request, calls: Iterable[CallSeen]) -> None:
    for role, organised in ((Role.ORGANISER, True), (Role.RELAY, False)):
        read = [each.call.term.person_id for each in calls if each.organised is organised]
        people.note_access(reader=request.user, role=role, reading="relays.calls", person_ids=read, now=now())


def _call(seen: CallSeen) -> dict[str, Any]:
    term = seen.call.term
    return {
        "id": seen.call.pk,
        "name": term.person.given_name or term.person.full_name,
        "kind": term.kind,
        "place": term.seat.area.called,
        "code": term.seat.area.code,
        "days": quiet_days(seen_at=seen.seen_at, is_paused=False, now=now(), zone=term.seat.area.time_zone),
        "seen_at": seen.seen_at,
        "contacts": seen.contacts,
        "as_organiser": seen.call.caller_id is None,
    }


def _caller(call: FriendlyCall) -> Any:
    return getattr(call.done_by, "person", None)


def _asked(call: FriendlyCall | None) -> Any:
    return (_caller(call) or call.caller) if call else None


def _own(call: FriendlyCall) -> dict[str, Any]:
    caller = _caller(call)
    return {
        "place": call.term.seat.area.called,
        "by": caller.given_name if caller else "",
        "done_at": call.done_at,
        "outcome": call.outcome,
        "words": call.words,
    }


def _quiet(row: dict[str, Any], tried: Tried) -> dict[str, Any]:
    asked = _asked(tried.call)
    return {
        "term_id": row["id"],
        "kind": row["kind"],
        "seat_id": row["seat_id"],
        "code": row["seat__area__code"],
        "place": row["place"],
        "name": f"{row['person__given_name']} {row['person__family_name']}".strip(),
        "seen_at": row["seen"],
        "days": quiet_days(seen_at=row["seen"], is_paused=False, now=now(), zone=row["seat__area__time_zone"]),
        "is_dormant": row["kind"] == TermKind.RELAY and now() - row["seen"] > SIGN_OF_LIFE,
        "wishes_hand_over": row["wishes_hand_over"],
        "steps": [{"kind": step.kind, "at": step.at} for step in tried.steps],
        "call": {
            "id": tried.call.pk,
            "caller": asked.given_name if asked else "",
            "is_open": tried.call.done_at is None and tried.call.closed_at is None,
            "outcome": tried.call.outcome,
            "words": tried.call.words,
            "done_at": tried.call.done_at,
        }
        if tried.call
        else None,
    }
