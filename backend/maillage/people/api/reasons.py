"""The data-protection officer types why, finds one person, and reads all that is kept of them (decision 9)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.accounts.selectors import RecentlyProved
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import policies, selectors, services
from maillage.people.api.corrections import HomeIn, NamesIn, NumberIn
from maillage.people.api.own import OwnDataOut
from maillage.people.domain import Channel, ReasonKind
from maillage.people.domain.reasons import LONGEST_REASON
from maillage.people.models import AccessReason

OFFICER = Role.DATA_PROTECTION_OFFICER
SOURCE = "people.officer"
"""What the log of consents names where an officer put a number right."""


class ReasonIn(serializers.Serializer[Any]):
    """Why I am about to read."""

    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, help_text="the people concerned read it")


class ReasonOut(serializers.Serializer[Any]):
    """A reason that I typed."""

    id = serializers.UUIDField()
    reason = serializers.CharField()
    ends_at = serializers.DateTimeField()
    person = serializers.UUIDField(allow_null=True, help_text="the one whom it is about, once a card was opened")


class PersonIn(serializers.Serializer[Any]):
    """Whom a reason is about."""

    person = serializers.UUIDField()


class PersonFoundOut(serializers.Serializer[Any]):
    """Somebody found: what tells them apart."""

    id = serializers.UUIDField()
    given_name = serializers.CharField()
    initial = serializers.CharField()
    locality = serializers.CharField()
    area = serializers.CharField()


class PeopleFoundOut(serializers.Serializer[Any]):
    """At most twenty people."""

    items = PersonFoundOut(many=True)


class InspectedAbilitiesOut(serializers.Serializer[Any]):
    """What I may do about the person of a reason."""

    correct = serializers.BooleanField(help_text="put right what is known of them: they have no account with which to do it")


class InspectedOut(OwnDataOut):
    """What is known of the person of a reason, as they see it."""

    abilities = InspectedAbilitiesOut()


class ReachedNumberIn(NumberIn):
    """A number of the person of a reason."""

    is_proved = serializers.BooleanField(default=False, help_text="I called it, and they answered")


class OfficerView(APIView):
    """What these views share: who is no officer has nothing here."""

    policy = "people.inspected"
    permission_classes = [SignedIn]

    def officer(self, request: Request) -> User:
        """Return who asks. Raises: Forbidden for anyone but an officer."""
        user = request.user
        if not isinstance(user, User) or not accounts.holds_role(user, roles=[OFFICER], now=now()):
            raise Forbidden(_("Only the data-protection officer reads people for a reason."), code="not_officer")
        return user


class ReasonsView(OfficerView):
    """Reasons."""

    @extend_schema(operation_id="people_give_reason", request=ReasonIn, responses={201: ReasonOut})
    def post(self, request: Request) -> Response:
        """Type why; it is good for an hour and one person."""
        officer = self.officer(request)
        asked = ReasonIn(data=request.data)
        asked.is_valid(raise_exception=True)
        reason = services.give_reason(reader=officer, kind=ReasonKind.OFFICER, words=asked.validated_data["reason"], now=now())
        return Response(_shaped(reason), status=201)


class ReasonSearchView(OfficerView):
    """The people found for a reason."""

    @extend_schema(operation_id="people_search_for_reason", parameters=[OpenApiParameter("q", str)], responses=PeopleFoundOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Find somebody by an exact address or number, or by their names."""
        officer, instant = self.officer(request), now()
        reason = selectors.running_reason(id, reader=officer, now=instant)
        found = selectors.people_found(officer, q=request.query_params.get("q", ""), now=instant)
        services.note_access(
            reader=officer,
            role=OFFICER,
            reading="people.search",
            person_ids=[person["id"] for person in found],
            reason_id=reason.pk,
            now=instant,
        )
        return Response({"items": found})


class ReasonPersonView(OfficerView):
    """Whom a reason is about."""

    @extend_schema(operation_id="people_narrow_reason", request=PersonIn, responses=ReasonOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Narrow a reason to one person; for another one, another reason is typed."""
        officer = self.officer(request)
        asked = PersonIn(data=request.data)
        asked.is_valid(raise_exception=True)
        reason = services.narrow_reason(reason_id=id, reader=officer, person_id=asked.validated_data["person"], now=now())
        return Response(_shaped(reason))


class InspectedView(OfficerView):
    """What the views of the person of a reason share."""

    def shown(self, person_id: UUID) -> Response:
        """Answer with what the person sees of themself."""
        abilities = policies.inspected_abilities(has_account=selectors.has_account(person_id))
        return Response({**selectors.own_data(person_id), "abilities": abilities})

    def read(self, request: Request, id: UUID) -> UUID:
        """Write the reading down and return the person's id. Raises: NotFound, Forbidden, Conflict (`reason_open`)."""
        officer, instant = self.officer(request), now()
        reason = selectors.running_reason(id, reader=officer, now=instant)
        if reason.person_id is None:
            raise services.reason_open()
        services.note_access(
            reader=officer, role=OFFICER, reading="people.whole", person_ids=[reason.person_id], reason_id=reason.pk, now=instant
        )
        return reason.person_id

    def corrected(self, request: Request, id: UUID, correct: Callable[[UUID], bool]) -> Response:
        """Put something of the person right, write down that it was, and show them. Raises: as `read`, Conflict (`has_account`)."""
        person_id = self.read(request, id)
        if not policies.inspected_abilities(has_account=selectors.has_account(person_id))["correct"]:
            raise Conflict(_("They sign in here, and put this right themselves."), code="has_account")
        if correct(person_id):
            services.note_access(
                reader=self.officer(request), role=OFFICER, reading="people.corrected", person_ids=[person_id], reason_id=id, now=now()
            )
        return self.shown(person_id)


class ReasonCardView(InspectedView):
    """What is known of the person of a reason."""

    @extend_schema(operation_id="people_read_for_reason", responses=InspectedOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return what the person sees of themself: names, place, contacts, consents."""
        return self.shown(self.read(request, id))


class ReasonNamesView(InspectedView):
    """The names of the person of a reason."""

    @extend_schema(operation_id="people_names_for_reason", request=NamesIn, responses=InspectedOut)
    def put(self, request: Request, id: UUID) -> Response:
        """Put them right for who has no account, at their request. Safe to repeat."""
        by, said = self.officer(request), NamesIn(data=request.data)
        said.is_valid(raise_exception=True)
        return self.corrected(
            request, id, lambda person_id: services.correct_name(person_id=person_id, **said.validated_data, by_id=by.pk, now=now())
        )


class ReasonPlaceView(InspectedView):
    """Where the person of a reason lives."""

    @extend_schema(operation_id="people_place_for_reason", request=HomeIn, responses=InspectedOut)
    def put(self, request: Request, id: UUID) -> Response:
        """Put it right for who has no account, at their request. Safe to repeat."""
        by, said = self.officer(request), HomeIn(data=request.data)
        said.is_valid(raise_exception=True)
        return self.corrected(
            request, id, lambda person_id: services.correct_place(person_id=person_id, **said.validated_data, by_id=by.pk, now=now())
        )


class ReasonNumbersView(InspectedView):
    """The telephone numbers of the person of a reason."""

    @extend_schema(operation_id="people_number_for_reason", request=ReachedNumberIn, responses=InspectedOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Add, replace or take away a number for who has no account, at their request; what they agreed to with one ends with it."""
        by, said = self.officer(request), ReachedNumberIn(data=request.data)
        said.is_valid(raise_exception=True)
        asked = {**said.validated_data, "channel": Channel(said.validated_data["channel"])}
        return self.corrected(
            request, id, lambda person_id: services.correct_number(person_id=person_id, **asked, by_id=by.pk, source=SOURCE, now=now())
        )


class ReasonFileView(InspectedView):
    """What is kept of the person of a reason, but what they told in confidence."""

    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="people_take_for_reason", responses={(200, "application/json"): OpenApiTypes.OBJECT})
    def get(self, request: Request, id: UUID) -> Response:
        """Download it, a section a hall: what the person would take away themself; `left_out` names what they were promised alone."""
        copy = selectors.inspected_export_of(self.read(request, id), now=now())
        return Response(copy, headers={"Content-Disposition": 'attachment; filename="maillage.json"', "Cache-Control": "private, no-store"})


class ReasonErasureView(OfficerView):
    """The person of a reason is forgotten, since they asked for it."""

    permission_classes = [SignedIn, RecentlyProved]

    @extend_schema(operation_id="people_erase_for_reason", request=None, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Erase them in every hall, for good: for who cannot do it from a page or a mail of their own."""
        services.erase_for_reason(reason_id=id, reader=self.officer(request), now=now())
        return Response(status=204)


def _shaped(reason: AccessReason) -> dict[str, Any]:
    return {"id": reason.pk, "reason": reason.words, "ends_at": reason.ends_at, "person": reason.person_id}
