"""Who holds a seat and has not agreed to the charter."""

from datetime import datetime
from typing import Any
from uuid import UUID

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
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import selectors as people
from maillage.people import services as people_services
from maillage.relays import selectors, services
from maillage.relays.api.applications import SeatNameOut
from maillage.relays.api.decisions import actor
from maillage.relays.api.readiness import PaperIn, organised_term
from maillage.relays.domain import TermKind


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
        term = organised_term(by, id, now=instant)
        if term.person.user_id == by.pk:
            raise Forbidden(_("You agree to the charter on your own page: nobody notes a paper for themself."), code="own_charter")
        said = PaperIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.note_paper_of_holder(term_id=id, paper_number=said.validated_data["paper_number"], by=by, now=instant)
        return Response(_missing(by, instant=instant))


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
