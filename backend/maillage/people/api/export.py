"""The list of people taken away as a file: as much of each as the reader sees, after they typed why."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from django.http import StreamingHttpResponse
from django.utils.translation import gettext as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import HOLDERS, Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel, ReasonKind
from maillage.people.domain.listing import Asked
from maillage.people.domain.reasons import LONGEST_REASON
from maillage.people.selectors import people_page, read_asked
from maillage.people.selectors.consents import ways_agreed

BATCH = 500
"""How many people are read, written into the log and sent at once."""


class ExportIn(serializers.Serializer[Any]):
    """What to take, and why."""

    reason = serializers.CharField(max_length=LONGEST_REASON, allow_blank=True, help_text="the people concerned read it")
    filters = serializers.DictField(child=serializers.CharField(max_length=100, allow_blank=True), default=dict)


class PeopleExportView(APIView):
    """The list as a file."""

    policy = "people.exported"
    permission_classes = [SignedIn, accounts.RecentlyProved]

    @extend_schema(operation_id="people_export", request=ExportIn, responses={(200, "text/csv"): OpenApiTypes.STR})
    def post(self, request: Request) -> StreamingHttpResponse:
        """Download it as CSV, cells that a spreadsheet would run made harmless; each person sees who took it, and why."""
        reader, instant = request.user, now()
        if not isinstance(reader, User) or not accounts.holds_role(reader, roles=[Role.ORGANISER, *HOLDERS], now=instant):
            raise Forbidden(_("Only who holds a seat or organises takes a list of people away."), code="no_list")
        wanted = ExportIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        asked = read_asked(wanted.validated_data["filters"])
        reason = services.give_reason(reader=reader, kind=ReasonKind.EXPORT, words=wanted.validated_data["reason"], now=instant)
        answer = StreamingHttpResponse(_lines(reader, asked, reason_id=reason.pk, at=instant), content_type="text/csv; charset=utf-8")
        answer["Content-Disposition"] = 'attachment; filename="people.csv"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def _lines(reader: User, asked: Asked, *, reason_id: UUID, at: datetime) -> Iterator[bytes]:
    """Write the file batch by batch, each one noted in the log before it leaves."""
    channels = list(Channel)
    words = [_("First name"), _("Family name"), _("Commune"), _("Code"), _("Constituency"), _("Since")]
    for channel in channels:
        words.append(_("%(way)s (confirmed)") % {"way": channel.label})
        words.append(_("Agreed to be contacted: %(way)s") % {"way": channel.label})
    yield BYTE_ORDER_MARK + csv_line(words)
    after: str | None = ""
    while after is not None:
        page = people_page(reader, asked=asked, after=after, limit=BATCH, now=at)
        for role, person_ids in page.read_as.items():
            services.note_access(reader=reader, role=role, reading="people.file", person_ids=person_ids, reason_id=reason_id, now=at)
        ways = ways_agreed(page.read_as.get(Role.ORGANISER, []), purpose=RELAY_CONTACT.purpose)
        yield b"".join(csv_line(_cells(person, channels, ways.get(person["id"], set()))) for person in page.items)
        after = page.next


def _cells(person: dict[str, Any], channels: list[Channel], ways: set[str]) -> list[object]:
    """One line: only contacts that their owner proved, and beside each way whether they agreed to be contacted on it.

    `ways`: those on which they agreed, of whom the reader organises; a relay reads it of the contacts that they see.
    """
    family = person["family_name"] if person["family_name"] is not None else person["initial"]
    area, locality = person["area"] or {"code": "", "name": ""}, person["locality"] or {"name": ""}
    proved = [point for point in person["contacts"] if point["is_verified"]]
    agreed = ways | {point["channel"] for point in proved if point["is_chosen"]}
    return [
        person["given_name"],
        family,
        locality["name"],
        area["code"],
        area["name"],
        person["joined_on"] or "",
        *(
            cell
            for channel in channels
            for cell in (
                ", ".join(point["value"] for point in proved if point["channel"] == channel),
                _("yes") if channel in agreed else _("no"),
            )
        ),
    ]
