"""What is needed before somebody holds a seat: what an applicant, or whoever holds one, has and lacks of it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import selectors as people
from maillage.people import services as people_services
from maillage.people.domain import AgreedBy
from maillage.relays import policies, selectors, services
from maillage.relays.api.applications import note_reading
from maillage.relays.api.decisions import actor
from maillage.relays.models import Application, Term
from maillage.relays.selectors.readiness import Readiness


class ReadyCharterOut(serializers.Serializer[Any]):
    """The charter in force, and whether they agreed to it."""

    number = serializers.IntegerField()
    agreed_at = serializers.DateTimeField(allow_null=True)
    agreed_by = serializers.ChoiceField(choices=AgreedBy.choices, allow_null=True)
    paper_number = serializers.CharField()
    sent_at = serializers.DateTimeField(allow_null=True, help_text="when they were last mailed it")


class ReadyQualificationOut(serializers.Serializer[Any]):
    """What the network requires, and whether they have it."""

    code = serializers.CharField()
    name = serializers.CharField()
    id = serializers.UUIDField(allow_null=True, help_text="of what they have; null when it is missing")
    obtained_on = serializers.DateField(allow_null=True)
    ends_on = serializers.DateField(allow_null=True)


class ReadinessAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do about it."""

    send_charter = serializers.BooleanField()
    note_paper = serializers.BooleanField()
    qualify = serializers.BooleanField()


class ReadinessOut(serializers.Serializer[Any]):
    """What an applicant, or whoever holds a seat, has and lacks before a seat can be theirs."""

    is_ready = serializers.BooleanField()
    charter = ReadyCharterOut(allow_null=True, help_text="null: no charter is in force, and nothing is asked")
    qualifications = ReadyQualificationOut(many=True)
    abilities = ReadinessAbilitiesOut()


class PaperIn(serializers.Serializer[Any]):
    """The number of the paper that was signed."""

    paper_number = serializers.CharField(max_length=32, allow_blank=True)


class QualifyIn(serializers.Serializer[Any]):
    """What somebody has learnt."""

    code = serializers.SlugField(max_length=64)
    ends_on = serializers.DateField(allow_null=True, default=None, help_text="the last day on which it counts")


class ReadinessView(APIView):
    """What is missing."""

    policy = "relays.applications"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_readiness", responses=ReadinessOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Say what an applicant has and lacks, to the organisers of the place and to themself."""
        return Response(_readiness(request, id))


class ReadyingView(APIView):
    """What the four below share: seen else 404, organised else 403."""

    policy = "relays.applications"
    permission_classes = [SignedIn]

    def organiser(self, request: Request, id: UUID) -> User:
        """Return the actor. Raises: NotFound, Forbidden."""
        row = selectors.application_seen(request.user, id, now=now())
        if not row["organised"]:
            raise Forbidden(_("Only an organiser of this place does this."))
        return actor(request)


class SendCharterView(ReadyingView):
    """Send it to read."""

    @extend_schema(operation_id="relays_send_charter", request=None, responses=ReadinessOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Mail the applicant the page where they read the charter and agree to it; once a day."""
        services.send_charter(application_id=id, by=self.organiser(request, id), now=now())
        return Response(_readiness(request, id))


class PaperView(ReadyingView):
    """Agreed on paper."""

    @extend_schema(operation_id="relays_charter_paper", request=PaperIn, responses=ReadinessOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Keep that the applicant signed the charter on a numbered paper."""
        by = self.organiser(request, id)
        said = PaperIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.note_paper(application_id=id, paper_number=said.validated_data["paper_number"], by=by, now=now())
        return Response(_readiness(request, id))


class QualifyView(ReadyingView):
    """They have learnt it."""

    @extend_schema(operation_id="relays_qualify", request=QualifyIn, responses=ReadinessOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Write down that the applicant has what the network requires."""
        by = self.organiser(request, id)
        said = QualifyIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.qualify_applicant(application_id=id, by=by, now=now(), **said.validated_data)
        return Response(_readiness(request, id))


class DisqualifyView(ReadyingView):
    """That was a mistake."""

    @extend_schema(operation_id="relays_disqualify", responses=ReadinessOut)
    def delete(self, request: Request, id: UUID, qualification: UUID) -> Response:
        """Undo that a qualification was written down."""
        by = self.organiser(request, id)
        services.disqualify_applicant(application_id=id, qualification_id=qualification, by=by, now=now())
        return Response(_readiness(request, id))


class HolderReadinessView(APIView):
    """What a holder lacks."""

    policy = "relays.charter"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_holder_readiness", responses=ReadinessOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Say what whoever holds a seat has and lacks of what its network asks for, to its organisers and to themself."""
        return Response(_holder_readiness(actor(request), id))


class QualifyingView(APIView):
    """What the two below share: the term of a seat that one organises, and not one's own."""

    policy = "relays.charter"
    permission_classes = [SignedIn]

    def organiser(self, request: Request, id: UUID) -> User:
        """Return the actor. Raises: NotFound, Forbidden."""
        by = actor(request)
        if organised_term(by, id, now=now()).person.user_id == by.pk:
            raise Forbidden(_("Nobody writes down for themself what they have learnt: another organiser does."), code="own_qualification")
        return by


class QualifyHolderView(QualifyingView):
    """A holder has learnt it."""

    @extend_schema(operation_id="relays_qualify_holder", request=QualifyIn, responses=ReadinessOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Write down that whoever holds a seat has what the network requires."""
        by = self.organiser(request, id)
        said = QualifyIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.qualify_holder(term_id=id, by=by, now=now(), **said.validated_data)
        return Response(_holder_readiness(by, id))


class DisqualifyHolderView(QualifyingView):
    """That was a mistake."""

    @extend_schema(operation_id="relays_disqualify_holder", responses=ReadinessOut)
    def delete(self, request: Request, id: UUID, qualification: UUID) -> Response:
        """Undo that a qualification was written down."""
        by = self.organiser(request, id)
        services.disqualify_holder(term_id=id, qualification_id=qualification, by=by, now=now())
        return Response(_holder_readiness(by, id))


def _readiness(request: Request, application_id: UUID) -> dict[str, Any]:
    instant = now()
    row = selectors.application_seen(request.user, application_id, now=instant)
    note_reading(request, "relays.application", [row], now=instant)
    network_id = Application.objects.values_list("seat__network_id", flat=True).get(pk=application_id)
    ready = selectors.readiness_of(row["person_id"], network_id=network_id, language=get_language() or "", now=instant)
    has_address = bool(people.email_addresses([row["person_id"]]))
    return _said(ready) | {
        "abilities": policies.readiness_abilities(
            status=row["status"], organises_here=row["organised"], misses_charter=ready.misses_charter, has_address=has_address
        )
    }


def _holder_readiness(user: User, term_id: UUID) -> dict[str, Any]:
    instant = now()
    term, organised = selectors.term_seen(user, term_id, now=instant)
    is_mine = term.person.user_id == user.pk
    if organised and not is_mine:
        people_services.note_access(reader=user, role=Role.ORGANISER, reading="relays.charter", person_ids=[term.person_id], now=instant)
    ready = selectors.readiness_of(term.person_id, network_id=term.seat.network_id, language=get_language() or "", now=instant)
    return _said(ready) | {
        "abilities": policies.holder_readiness_abilities(
            is_running=term.ends_at is None, organises_here=organised, is_mine=is_mine, misses_charter=ready.misses_charter
        )
    }


def organised_term(user: User, term_id: UUID, *, now: datetime) -> Term:
    """Return a term of a seat that a user organises. Raises: NotFound, Forbidden for its holder."""
    term, organised = selectors.term_seen(user, term_id, now=now)
    if not organised:
        raise Forbidden(_("Only an organiser of this place does this."))
    return term


def _said(ready: Readiness) -> dict[str, Any]:
    """Say where somebody stands in the shape of ReadinessOut, but for the abilities."""
    agreement = ready.agreement
    return {
        "is_ready": not ready.misses_charter and not ready.missing,
        "charter": ready.charter
        and {
            "number": ready.charter.number,
            "agreed_at": agreement.at if agreement else None,
            "agreed_by": agreement.source if agreement else None,
            "paper_number": agreement.paper_number if agreement else "",
            "sent_at": ready.sent_at,
        },
        "qualifications": [
            {
                "code": each.code,
                "name": each.name,
                "id": each.qualification_id,
                "obtained_on": each.obtained_on,
                "ends_on": each.ends_on,
            }
            for each in ready.required
        ],
    }
