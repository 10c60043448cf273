"""What is needed before somebody holds a seat, and who still has to agree to the charter."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.permissions import Anyone, SignedIn
from maillage.people import selectors as people
from maillage.people import services as people_services
from maillage.people.domain import AgreedBy
from maillage.relays import policies, selectors, services
from maillage.relays.api.applications import SeatNameOut, note_reading
from maillage.relays.api.decisions import actor
from maillage.relays.domain import TermKind
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


class RequirementOut(serializers.Serializer[Any]):
    """A qualification that a network requires."""

    code = serializers.CharField()
    name = serializers.CharField(help_text="in the reader's language, else in the network's")
    names = serializers.DictField(child=serializers.CharField(), help_text="by language")


class RequirementsOut(serializers.Serializer[Any]):
    """All of them."""

    items = RequirementOut(many=True)
    can_change = serializers.BooleanField()


class RequirementIn(serializers.Serializer[Any]):
    """What to require from now on, or what to call what is required already."""

    code = serializers.SlugField(max_length=64, allow_blank=True, default="")
    names = serializers.DictField(child=serializers.CharField(max_length=120, allow_blank=True), help_text="by language")


class MissingHolderOut(serializers.Serializer[Any]):
    """A holder who has not agreed to the charter in force."""

    term = serializers.UUIDField()
    name = serializers.CharField()
    seat = SeatNameOut()
    kind = serializers.ChoiceField(choices=TermKind.choices)
    asked_at = serializers.DateTimeField(allow_null=True, help_text="the last mail that asked them")


class MissingOut(serializers.Serializer[Any]):
    """Who has not agreed to the charter in force, in the places that the reader organises."""

    number = serializers.IntegerField(allow_null=True, help_text="of the charter in force; null: there is none")
    agree_by = serializers.DateField(allow_null=True)
    is_past = serializers.BooleanField(help_text="that day is over")
    items = MissingHolderOut(many=True)
    to_remind = serializers.IntegerField(help_text="how many a reminder would be sent to now: nobody twice in a week")


class RemindIn(serializers.Serializer[Any]):
    """The number that was shown."""

    expected = serializers.IntegerField(min_value=0)


class RemindedOut(serializers.Serializer[Any]):
    """How many were reminded."""

    reminded = serializers.IntegerField()


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


class RequirementsView(APIView):
    """What a network requires: read by anyone."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="relays_requirements", responses=RequirementsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """List it, by code."""
        return Response(_requirements(request, id))

    @extend_schema(operation_id="relays_require", request=RequirementIn, responses=RequirementsOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Require a qualification from now on, or call it otherwise."""
        by = _setter(request, id)
        said = RequirementIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.require_qualification(network_id=id, by=by, now=now(), **said.validated_data)
        return Response(_requirements(request, id))


class RequirementView(APIView):
    """One of them."""

    policy = "anyone"
    permission_classes = [Anyone]

    @extend_schema(operation_id="relays_drop_requirement", responses=RequirementsOut)
    def delete(self, request: Request, id: UUID, code: str) -> Response:
        """Require it no more."""
        services.drop_requirement(network_id=id, code=code, by=_setter(request, id), now=now())
        return Response(_requirements(request, id))


class MissingView(APIView):
    """Who has not agreed."""

    policy = "relays.charter"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_charter_missing", responses=MissingOut)
    def get(self, request: Request) -> Response:
        """List them, in the places that the reader organises; nobody for who organises nowhere."""
        return Response(_missing(actor(request), instant=now()))


class HolderPaperView(APIView):
    """A holder signed it on paper."""

    policy = "relays.charter"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_charter_holder_paper", request=PaperIn, responses=MissingOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Keep that whoever holds a seat signed the charter on a numbered paper; who is still missing comes back."""
        by, instant = actor(request), now()
        term = _organised_term(by, id, now=instant)
        if term.person.user_id == by.pk:
            raise Forbidden(_("You agree to the charter on your own page: nobody notes a paper for themself."), code="own_charter")
        said = PaperIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.note_paper_of_holder(term_id=id, paper_number=said.validated_data["paper_number"], by=by, now=instant)
        return Response(_missing(by, instant=instant))


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
        if _organised_term(by, id, now=now()).person.user_id == by.pk:
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


class RemindView(APIView):
    """Remind them."""

    policy = "relays.charter"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="relays_charter_remind", request=RemindIn, responses=RemindedOut)
    def post(self, request: Request) -> Response:
        """Mail those who have not agreed and were not written to for a week."""
        by, instant = actor(request), now()
        if not accounts.holds_role(by, roles=[Role.ORGANISER], now=instant):
            raise Forbidden(_("Only an organiser does this."))
        said = RemindIn(data=request.data)
        said.is_valid(raise_exception=True)
        return Response({"reminded": services.remind_holders(by=by, expected=said.validated_data["expected"], now=instant)})


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


def _organised_term(user: User, term_id: UUID, *, now: datetime) -> Term:
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


def _requirements(request: Request, network_id: UUID) -> dict[str, Any]:
    network = selectors.network(network_id)
    language = get_language() or settings.LANGUAGE_CODE
    return {
        "items": [
            {
                "code": each.code,
                "name": selectors.name_in(each, language, default=network.default_language),
                "names": {text.language: text.name for text in each.texts.all()},
            }
            for each in selectors.requirements_of(network_id)
        ],
        "can_change": _may_set(request, country_id=network.country_id),
    }


def _may_set(request: Request, *, country_id: UUID) -> bool:
    instant = now()
    return accounts.holds_role(request.user, roles=[Role.ADMINISTRATOR], now=instant) or accounts.is_reached(
        request.user, roles=[Role.ORGANISER], area_id=country_id, now=instant
    )


def _setter(request: Request, network_id: UUID) -> User:
    network = selectors.network(network_id)
    if not isinstance(request.user, User) or not _may_set(request, country_id=network.country_id):
        raise Forbidden(_("Organisers of the whole territory and administrators decide this."))
    return request.user


def _missing(user: User, *, instant: datetime) -> dict[str, Any]:
    version = people.version_in_force()
    if version is None:
        return {"number": None, "agree_by": None, "is_past": False, "items": [], "to_remind": 0}
    rows = list(selectors.holders_who_have_not_agreed(user, version, now=instant))
    own = people.own_person_id(user)
    others = {row["person_id"] for row in rows} - {own}
    people_services.note_access(reader=user, role=Role.ORGANISER, reading="relays.charter", person_ids=others, now=instant)
    return {
        "number": version.number,
        "agree_by": version.agree_by,
        "is_past": version.agree_by is not None and people.day_of_house(instant) > version.agree_by,
        "items": [
            {
                "term": row["pk"],
                "name": f"{row['person__given_name']} {row['person__family_name']}".strip(),
                "seat": {"id": row["seat_id"], "code": row["seat__area__code"], "name": row["place"]},
                "kind": row["kind"],
                "asked_at": row["asked_at"],
            }
            for row in rows
        ],
        "to_remind": len(services.to_remind(user, version, now=instant)),
    }
