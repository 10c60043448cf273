"""A year of contacts as a register of interests asks for it, before it is typed there; and who has had many."""

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.advocacy import selectors
from maillage.advocacy.domain.register import Activity, Missing, Register
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, Invalid, NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people import services as people
from maillage.people.selectors import day_of_house

MISSING = {
    Missing.LANGUAGE: gettext_lazy("the words in the language of the register"),
    Missing.DECISION: gettext_lazy("the decision aimed at"),
    Missing.CATEGORY: gettext_lazy("the category of those whom one spoke to"),
}


class RegisterRuleOut(serializers.Serializer[Any]):
    """The rule that is applied, and where it stands."""

    name = serializers.CharField()
    law = serializers.CharField(help_text="where the rule stands")
    binds_at = serializers.IntegerField(help_text="contacts in twelve months")
    warns_at = serializers.IntegerField()


class ActivityOut(serializers.Serializer[Any]):
    """One activity, in the words of the register's lists."""

    title = serializers.CharField()
    decision = serializers.CharField()
    actions = serializers.ListField(child=serializers.CharField())
    categories = serializers.ListField(child=serializers.CharField())
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    entries = serializers.IntegerField(help_text="entries into communication")
    missing = serializers.ListField(child=serializers.ChoiceField(choices=[what.value for what in Missing]))


class BusyMemberOut(serializers.Serializer[Any]):
    """Somebody who has begun many contacts in twelve months."""

    name = serializers.CharField()
    contacts = serializers.IntegerField()


class RegisterOut(serializers.Serializer[Any]):
    """A year as the register asks for it, and what of it was left out."""

    rule = RegisterRuleOut()
    year = serializers.IntegerField()
    activities = ActivityOut(many=True)
    begun_by_them = serializers.IntegerField(help_text="left out: office holders began them")
    unanswered = serializers.IntegerField(help_text="left out: nobody answered")
    busy = BusyMemberOut(many=True, help_text="who has begun so many contacts in twelve months that one warns of it")


_YEAR = OpenApiParameter("year", int, description="this one when it is not given")


class RegisterView(APIView):
    """The preview."""

    policy = "advocacy.register"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_register", parameters=[_YEAR], responses=RegisterOut)
    def get(self, request: Request) -> Response:
        """Return the activities of a year, with what is missing from each: who organises the whole country."""
        register, year = _asked(request)
        today = day_of_house(now())
        found, busy = selectors.register_year(register, year), selectors.busy_members(register, today=today)
        people.note_access(
            reader=request.user,
            role=Role.ORGANISER,
            reading="advocacy.contacts",
            person_ids={row["person_id"] for row in busy if row["person_id"]} - set(selectors.reader_ids(request.user)),
            now=now(),
        )
        return Response(
            {
                "rule": rule_shape(register),
                "year": year,
                "activities": [vars(activity) for activity in found.activities],
                "begun_by_them": found.begun_by_them,
                "unanswered": found.unanswered,
                "busy": [{"name": _named(row), "contacts": row["contacts"]} for row in busy],
            }
        )


class RegisterExportView(APIView):
    """The file."""

    policy = "advocacy.register"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_register_export", parameters=[_YEAR], responses={(200, "text/csv"): OpenApiTypes.STR})
    def get(self, request: Request) -> HttpResponse:
        """Download a line for each activity of a year. Nobody is named in it."""
        register, year = _asked(request)
        lines = [_line(activity) for activity in selectors.register_year(register, year).activities]
        answer = HttpResponse(BYTE_ORDER_MARK + csv_line(_COLUMNS) + b"".join(map(csv_line, lines)), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = f'attachment; filename="{register.name}-{year}.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def rule_shape(register: Register) -> dict[str, Any]:
    """Say a rule in the shape of RegisterRuleOut."""
    return {"name": register.name, "law": register.source, "binds_at": register.binds_at, "warns_at": register.warns_at}


def _named(row: dict[str, Any]) -> str:
    """Call whoever has been busy by their name, else by the address with which they sign in."""
    return f"{row['given_name'] or ''} {row['family_name'] or ''}".strip() or row["email"] or ""


def _asked(request: Request) -> tuple[Register, int]:
    """Let through who organises the whole country; return the rule and the year. Raises: NotFound, Forbidden, Invalid."""
    reach, today = selectors.subject_reach(request.user, now=now()), day_of_house(now())
    register = selectors.our_register(today)
    if not reach.organises or register is None:
        raise NotFound(code="register_unknown")
    if not reach.leads:
        raise Forbidden(_("Who organises the whole country answers for its contacts."), code="national_organisers_only")
    said = request.query_params.get("year", str(today.year))
    if not (said.isascii() and said.isdecimal() and len(said) == 4 and register.since.year <= int(said) <= today.year):
        raise Invalid(code="bad_year", fields={"year": [_("Give a year that has begun, since the register exists.")]})
    return register, int(said)


_COLUMNS = (
    *(gettext_lazy("Object"), gettext_lazy("Decision aimed at"), gettext_lazy("Kinds of action"), gettext_lazy("Categories addressed")),
    *(gettext_lazy("From"), gettext_lazy("To"), gettext_lazy("Entries into communication"), gettext_lazy("Missing")),
)


def _line(activity: Activity) -> list[object]:
    return [
        *(activity.title, activity.decision, " ; ".join(activity.actions), " ; ".join(activity.categories)),
        *(activity.first_on, activity.last_on, activity.entries, ", ".join(str(MISSING[what]) for what in activity.missing)),
    ]
