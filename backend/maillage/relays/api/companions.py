"""Facilitators and buddies: seen and answered by the two whom each concerns, proposed by organisers."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, Invalid, NotFound
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.relays import policies, services
from maillage.relays.api.decisions import actor
from maillage.relays.api.welcome import OwnContactChoiceOut, person_behind
from maillage.relays.domain import CompanionKind, CompanionStatus, TermKind
from maillage.relays.selectors import running_terms_of
from maillage.relays.selectors.companions import CompanionSeen, companion_seen, companions_of, newcomers_alone, term_organised, tried_with
from maillage.relays.selectors.welcomes import candidates, own_contacts
from maillage.relays.services.companions import closed


class CompanionAnswer(models.TextChoices):
    """What one of the two answers."""

    YES = "yes", _("yes please")
    ANOTHER = "another", _("somebody else")
    NO = "no", _("no thank you")


class CompanionContactOut(serializers.Serializer[Any]):
    """How the other is reached, as they chose."""

    channel = serializers.ChoiceField(choices=Channel.choices)
    value = serializers.CharField()


class CompanionAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may answer."""

    say_yes = serializers.BooleanField()
    ask_another = serializers.BooleanField()
    say_no = serializers.BooleanField()
    end = serializers.BooleanField()


class CompanionOut(serializers.Serializer[Any]):
    """A facilitator or buddy as one of the two sees it; name and contact once both said yes."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CompanionKind.choices)
    status = serializers.ChoiceField(choices=CompanionStatus.choices)
    is_newcomer = serializers.BooleanField(help_text="the reader is the newcomer; else the companion")
    place = serializers.CharField(help_text="where the other one is")
    since = serializers.DateTimeField(help_text="of the last thing that happened")
    name = serializers.CharField(help_text="the other's first name, once both said yes; else empty")
    contact = CompanionContactOut(allow_null=True)
    abilities = CompanionAbilitiesOut()


class LookingForOut(serializers.Serializer[Any]):
    """A term of mine for which nobody is looked for at the moment."""

    term_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CompanionKind.choices)


class CompanionsOut(serializers.Serializer[Any]):
    """Mine, whichever side I am on; the contacts among which I choose what a companion sees; what I may still ask for."""

    items = CompanionOut(many=True)
    contacts = OwnContactChoiceOut(many=True)
    may_ask = LookingForOut(many=True)


class CompanionAskIn(serializers.Serializer[Any]):
    """For which term of mine, and for whom I ask."""

    term_id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=CompanionKind.choices)


class CompanionAnswerIn(serializers.Serializer[Any]):
    """My answer; a newcomer who says yes chooses by which contact they may be reached."""

    answer = serializers.ChoiceField(choices=CompanionAnswer.choices)
    contact = serializers.UUIDField(required=False, allow_null=True)


class NewcomerOut(serializers.Serializer[Any]):
    """A newcomer who has nobody yet, for their organisers; `facilitator` and `buddy` are empty where nobody was offered."""

    term_id = serializers.UUIDField()
    seat_id = serializers.UUIDField()
    code = serializers.CharField()
    place = serializers.CharField()
    name = serializers.CharField()
    kind = serializers.ChoiceField(choices=TermKind.choices)
    starts_at = serializers.DateTimeField()
    facilitator = serializers.ChoiceField(choices=[("", ""), *CompanionStatus.choices])
    buddy = serializers.ChoiceField(choices=[("", ""), *CompanionStatus.choices])


class NewcomersOut(serializers.Serializer[Any]):
    """A page of them, who began first before."""

    items = NewcomerOut(many=True)
    next = serializers.CharField(allow_null=True)


class CandidateOut(serializers.Serializer[Any]):
    """Somebody who agreed beforehand to welcome newcomers and has a place left."""

    person = serializers.UUIDField()
    given_name = serializers.CharField()
    place = serializers.CharField()
    accompanies = serializers.IntegerField()


class CandidatesOut(serializers.Serializer[Any]):
    """Those who may be proposed, the best first, of each kind."""

    facilitator = CandidateOut(many=True)
    buddy = CandidateOut(many=True)


class CompanionProposalIn(serializers.Serializer[Any]):
    """Whom an organiser proposes, as what."""

    kind = serializers.ChoiceField(choices=CompanionKind.choices)
    person = serializers.UUIDField()


class CompanionsView(APIView):
    """Mine."""

    policy = "relays.companions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_companions", responses=CompanionsOut)
    def get(self, request: Request) -> Response:
        """Return my companions and those whom I accompany, whatever is open between us."""
        return Response(mine(request, now=now()))

    @extend_schema(operation_id="relays_companion_ask", request=CompanionAskIn, responses=CompanionsOut)
    def post(self, request: Request) -> Response:
        """Ask for a facilitator or a buddy, whatever I answered before."""
        wanted = CompanionAskIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        term_id = wanted.validated_data["term_id"]
        if not running_terms_of(request.user).filter(pk=term_id).exists():
            raise NotFound(code="term_unknown")
        services.ask_for_companion(term_id=term_id, kind=CompanionKind(wanted.validated_data["kind"]), now=now())
        return Response(mine(request, now=now()))


class CompanionAnswerView(APIView):
    """An answer of one of the two."""

    policy = "relays.companions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_companion_answer", request=CompanionAnswerIn, responses=CompanionsOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Say yes, somebody else, or no; the newcomer first, then the companion."""
        seen = companion_seen(request.user, id)
        wanted = CompanionAnswerIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        answer = CompanionAnswer(wanted.validated_data["answer"])
        can = policies.companion_abilities(status=seen.companion.status, is_newcomer=seen.is_newcomer)
        if answer == CompanionAnswer.ANOTHER and not seen.is_newcomer:
            raise Forbidden()
        if not can[{"yes": "say_yes", "another": "ask_another", "no": "say_no"}[answer]]:
            raise closed()
        _answer(seen, answer, contact_id=wanted.validated_data.get("contact"), now=now())
        return Response(mine(request, now=now()))


class CompanionEndView(APIView):
    """The end of it."""

    policy = "relays.companions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_companion_end", request=None, responses=CompanionsOut)
    def post(self, request: Request, id: UUID) -> Response:
        """End it without a reason; the other is told, and neither sees the other's contact any more. Safe to repeat."""
        seen = companion_seen(request.user, id)
        services.end_companion(companion_id=id, by_newcomer=seen.is_newcomer, now=now())
        return Response(mine(request, now=now()))


class NewcomersView(APIView):
    """Newcomers who have nobody."""

    policy = "relays.organised"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="relays_newcomers", parameters=[OpenApiParameter("after"), OpenApiParameter("limit", int)], responses=NewcomersOut
    )
    def get(self, request: Request) -> Response:
        """List the newcomers of the places that I organise who have nobody yet, who began first before."""
        instant = now()
        rows = newcomers_alone(request.user, now=instant)
        asked = request.query_params
        page = keyset_page(rows, keys=["starts_at", "id"], after=asked.get("after"), limit=read_limit(asked.get("limit")))
        others = [row["person_id"] for row in page["items"] if row["person__user_id"] != request.user.pk]
        people.note_access(reader=request.user, role=Role.ORGANISER, reading="relays.newcomers", person_ids=others, now=instant)
        return Response({**page, "items": [_newcomer(row) for row in page["items"]]})


class NewcomerView(APIView):
    """One newcomer, and who could accompany them."""

    policy = "relays.organised"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_newcomer", responses=CandidatesOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return who agreed beforehand and may be proposed to a newcomer, the best first."""
        instant = now()
        term = term_organised(request.user, id, now=instant)
        found = {kind.value: candidates(term, kind, now=instant) for kind in CompanionKind}
        read = {each.person_id for every in found.values() for each in every}
        people.note_access(reader=request.user, role=Role.ORGANISER, reading="relays.candidates", person_ids=read, now=instant)
        return Response(
            {
                kind: [
                    {"person": each.person_id, "given_name": each.given_name, "place": each.place.called, "accompanies": each.accompanies}
                    for each in every
                ]
                for kind, every in found.items()
            }
        )

    @extend_schema(operation_id="relays_companion_propose", request=CompanionProposalIn, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Propose somebody to a newcomer, who stays free to say no."""
        term_organised(request.user, id, now=now())
        wanted = CompanionProposalIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = wanted.validated_data
        services.propose_companion(term_id=id, kind=CompanionKind(asked["kind"]), person_id=asked["person"], by=actor(request), now=now())
        return Response(status=204)


def mine(request: Request, *, now: datetime) -> dict[str, Any]:
    """Say what is open for the reader, in the shape of CompanionsOut, and note whose names they read."""
    seen = companions_of(request.user)
    read = [each.other.pk for each in seen if each.other]
    people.note_access(reader=request.user, role=Role.RELAY, reading="relays.companion", person_ids=read, now=now)
    terms = list(running_terms_of(request.user))
    taken = {(each.companion.term_id, each.companion.kind) for each in seen if each.is_newcomer}
    return {
        "items": [_shape(each) for each in seen],
        "contacts": own_contacts(person_behind(request)) if terms else [],
        "may_ask": [
            {"term_id": term.pk, "kind": kind}
            for term in terms
            for kind in CompanionKind
            if (term.pk, kind) not in taken and kind in tried_with(term)
        ],
    }


def _answer(seen: CompanionSeen, answer: CompanionAnswer, *, contact_id: UUID | None, now: datetime) -> None:
    companion_id = seen.companion.pk
    if answer == CompanionAnswer.YES and seen.is_newcomer:
        if contact_id is None:
            raise Invalid(fields={"contact": [str(_("Choose one of your confirmed contacts."))]})
        services.say_yes(companion_id=companion_id, contact_id=contact_id, now=now)
    elif answer == CompanionAnswer.YES:
        services.accept_newcomer(companion_id=companion_id, now=now)
    elif seen.is_newcomer:
        services.pass_on(companion_id=companion_id, wants_another=answer == CompanionAnswer.ANOTHER, now=now)
    else:
        services.refuse_newcomer(companion_id=companion_id, now=now)


def _shape(seen: CompanionSeen) -> dict[str, Any]:
    companion = seen.companion
    return {
        "id": companion.pk,
        "kind": companion.kind,
        "status": companion.status,
        "is_newcomer": seen.is_newcomer,
        "place": (companion.place if seen.is_newcomer else companion.term.seat.area).called,
        "since": companion.agreed_at or companion.asked_at or companion.offered_at,
        "name": seen.other.given_name if seen.other else "",
        "contact": {"channel": seen.contact.channel, "value": seen.contact.value} if seen.contact else None,
        "abilities": policies.companion_abilities(status=companion.status, is_newcomer=seen.is_newcomer),
    }


def _newcomer(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "term_id": row["id"],
        "seat_id": row["seat_id"],
        "code": row["seat__area__code"],
        "place": row["place"],
        "name": f"{row['person__given_name']} {row['person__family_name']}".strip(),
        "kind": row["kind"],
        "starts_at": row["starts_at"],
        "facilitator": row["facilitator"] or "",
        "buddy": row["buddy"] or "",
    }
