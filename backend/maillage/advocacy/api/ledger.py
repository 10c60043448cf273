"""Where everybody who sits stands on one subject; where one office holder stands on each; all that is held on them, as a file."""

from collections import Counter
from collections.abc import Iterable
from typing import Any
from uuid import UUID

import orjson
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts import selectors as accounts
from maillage.advocacy import policies, selectors
from maillage.advocacy.api.office_holders import GroupOut
from maillage.advocacy.api.register import RegisterRuleOut, rule_shape
from maillage.advocacy.api.shapes import SpokenOfPlaceOut, actor
from maillage.advocacy.api.subjects import SubjectOut, subject_shape
from maillage.advocacy.domain import Choice, ContactKind, Initiative, KnownBy, Outcome, ReadableBy, Stance, StepKind
from maillage.advocacy.domain.positions import Standing
from maillage.kernel.clock import now
from maillage.kernel.errors import Forbidden, NotFound
from maillage.kernel.rest.permissions import SignedIn
from maillage.kernel.rest.reasons import FileReasonIn
from maillage.kernel.tables import BYTE_ORDER_MARK, csv_line
from maillage.people import services as people
from maillage.people.selectors import day_of_house

UNKNOWN = "unknown"


class StandingOut(serializers.Serializer[Any]):
    """Where somebody stands on a subject today; without a stance it is unknown."""

    stance = serializers.ChoiceField(choices=Stance.choices, allow_null=True)
    since = serializers.DateField(allow_null=True, help_text="since when they say the same")
    expires_on = serializers.DateField(allow_null=True, help_text="when it is unknown again, if nothing else is said")
    is_convinced = serializers.BooleanField(help_text="it makes others stop")
    convinced_until = serializers.DateField(allow_null=True)
    is_disputed = serializers.BooleanField()
    lines = serializers.IntegerField(help_text="statements that stand, old ones too")


class LedgerHolderOut(serializers.Serializer[Any]):
    """Who sits."""

    id = serializers.UUIDField()
    full_name = serializers.CharField()
    family_name = serializers.CharField()
    civility = serializers.CharField()


class LedgerRowOut(StandingOut):
    """One office holder on the subject."""

    office_holder = LedgerHolderOut()
    seat = SpokenOfPlaceOut()
    group = GroupOut(allow_null=True)
    known_by = serializers.ChoiceField(choices=KnownBy.choices, allow_null=True)
    said_on = serializers.DateField(allow_null=True)
    contacted_on = serializers.DateField(allow_null=True, help_text="the last entry into communication with them, on whatever subject")


class LedgerOut(serializers.Serializer[Any]):
    """A subject, how many stand where, and everybody who sits below the places that the reader organises."""

    subject = SubjectOut()
    counts = serializers.DictField(
        child=serializers.IntegerField(), help_text="by stance and `unknown`, which sum to all; `convinced` and `disputed` beside them"
    )
    items = LedgerRowOut(many=True)


class HolderAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do about an office holder."""

    say = serializers.BooleanField()
    log = serializers.BooleanField()
    export = serializers.BooleanField()


class HolderStandingOut(StandingOut):
    """Where they stand on one subject."""

    subject = serializers.UUIDField()
    title = serializers.CharField()
    decision = serializers.CharField()


class OwnContactsOut(serializers.Serializer[Any]):
    """How many contacts the reader has begun in twelve months, beside what the register of the country says of it."""

    rule = RegisterRuleOut()
    contacts = serializers.IntegerField()


class HolderStandingsOut(serializers.Serializer[Any]):
    """Where one office holder stands on each subject, the newest first."""

    items = HolderStandingOut(many=True)
    register = OwnContactsOut(allow_null=True, help_text="null where we know of no register")
    abilities = HolderAbilitiesOut()


class HeldExportIn(FileReasonIn):
    """Why all that is held on somebody is taken away, and as what."""

    form = serializers.ChoiceField(choices=["json", "csv"], default="json")


class LedgerView(APIView):
    """The ledger of one subject."""

    policy = "advocacy.ledger"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_ledger", responses=LedgerOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return where each sitting office holder stands, by the code of the seat: organisers, of the places below theirs."""
        instant = now()
        reach = selectors.subject_reach(request.user, now=instant)
        if not reach.organises:
            raise NotFound(code="subject_unknown")
        subject = selectors.subject_seen(reach, id)
        today = day_of_house(instant)
        rows = [(row, selectors.standing_in(row, today=today)) for row in selectors.ledger_rows(request.user, id, now=instant)]
        return Response(
            {
                "subject": subject_shape(subject, leads=reach.leads),
                "counts": _counts(standing for _row, standing in rows),
                "items": [_row_shape(row, standing) for row, standing in rows],
            }
        )


class HolderStandingsView(APIView):
    """Where one office holder stands."""

    policy = "advocacy.positions"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="advocacy_standings", responses=HolderStandingsOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Return where they stand on each open subject, and on closed ones of which something was said."""
        sight = selectors.holder_seen(request.user, id, now=now())
        items = [
            {"subject": on.subject_id, "title": on.title, "decision": on.decision, **standing_shape(on.standing)}
            for on in selectors.standings_of(id, today=day_of_house(now()))
        ]
        register = selectors.our_register(day_of_house(now()))
        own = None
        if register:
            own = {"rule": rule_shape(register), "contacts": selectors.own_contacts(actor(request), today=day_of_house(now()))}
        abilities = policies.holder_abilities(is_organised=sight.is_organised)
        return Response({"items": items, "register": own, "abilities": abilities})


class HeldExportView(APIView):
    """All that is held on one office holder."""

    policy = "advocacy.held"
    permission_classes = [SignedIn, accounts.RecentlyProved]

    @extend_schema(
        operation_id="advocacy_held_export",
        request=HeldExportIn,
        responses={(200, "application/json"): OpenApiTypes.OBJECT, (200, "text/csv"): OpenApiTypes.STR},
    )
    def post(self, request: Request, id: UUID) -> HttpResponse:
        """Download it, undone and disputed lines too, as JSON or CSV. Nobody who wrote is named: it may be handed to whom it speaks of."""
        instant = now()
        sight = selectors.holder_seen(request.user, id, now=instant)
        if not sight.is_organised:
            raise Forbidden(_("An organiser above the place takes this file away."), code="organisers_only")
        wanted = HeldExportIn(data=request.data)
        wanted.is_valid(raise_exception=True)
        people.give_file_reason(reader=actor(request), words=wanted.validated_data["reason"], now=instant)
        held, form = selectors.held_on(id), wanted.validated_data["form"]
        if form == "csv":
            answer = HttpResponse(_table(held), content_type="text/csv; charset=utf-8")
        else:
            answer = HttpResponse(orjson.dumps(held, option=orjson.OPT_INDENT_2), content_type="application/json")
        answer["Content-Disposition"] = f'attachment; filename="office-holder-{id}.{form}"'
        answer["Cache-Control"] = "private, no-store"
        return answer


def standing_shape(standing: Standing) -> dict[str, Any]:
    """Say where somebody stands in the shape of StandingOut."""
    return {
        "stance": standing.stance,
        "since": standing.since,
        "expires_on": standing.expires_on,
        "is_convinced": standing.convinced_until is not None,
        "convinced_until": standing.convinced_until,
        "is_disputed": standing.is_disputed,
        "lines": standing.lines,
    }


def ledger_holder(row: dict[str, Any]) -> dict[str, Any]:
    """Say who sits in the shape of LedgerHolderOut."""
    return {
        "id": row["holder_id"],
        "full_name": f"{row['holder__given_name']} {row['holder__family_name']}",
        "family_name": row["holder__family_name"],
        "civility": row["holder__civility"],
    }


def ledger_group(row: dict[str, Any]) -> dict[str, Any] | None:
    """Say in which group they sit in the shape of GroupOut."""
    if not row["group__name"]:
        return None
    return {"abbreviation": row["group__abbreviation"], "name": row["group__name"], "colour": row["group__colour"]}


def _row_shape(row: dict[str, Any], standing: Standing) -> dict[str, Any]:
    holds = standing.stance is not None
    return {
        "office_holder": ledger_holder(row),
        "seat": {"code": row["area__code"], "name": row["place"]},
        "group": ledger_group(row),
        **standing_shape(standing),
        "known_by": row["known_by"] if holds else None,
        "said_on": row["said_on"] if holds else None,
        "contacted_on": row["contacted_on"],
    }


def _counts(standings: Iterable[Standing]) -> dict[str, int]:
    counted: Counter[str] = Counter({stance.name.lower(): 0 for stance in Stance} | {UNKNOWN: 0, "convinced": 0, "disputed": 0})
    for standing in standings:
        counted[UNKNOWN if standing.stance is None else standing.stance.name.lower()] += 1
        counted["convinced"] += standing.convinced_until is not None
        counted["disputed"] += standing.is_disputed
    return dict(counted)


_COLUMNS = {
    "what": gettext_lazy("What"),
    "day": gettext_lazy("Day"),
    "until": gettext_lazy("Until"),
    "place": gettext_lazy("Place"),
    "about": gettext_lazy("About"),
    "done": gettext_lazy("Said or done"),
    "words": gettext_lazy("Words"),
    "source": gettext_lazy("Source"),
    "initiative": gettext_lazy("Initiative"),
    "readable_by": gettext_lazy("Who may read it"),
    "counts_on": gettext_lazy("Counts since"),
    "written": gettext_lazy("Written down"),
    "remark": gettext_lazy("Remark"),
}


def _table(held: dict[str, Any]) -> bytes:
    """All of it as one table, a line a mandate, office, member of staff, position, dispute, step of a contact and vote, by what it is."""
    lines = [_holder_line(held["office_holder"]), *map(_mandate_line, held["mandates"])]
    lines += [*map(_office_line, held["offices"]), *map(_staff_line, held["staff"])]
    for position in held["positions"]:
        lines += [_position_line(position), *(_dispute_line(dispute, position) for dispute in position["disputes"])]
    for contact in held["contacts"]:
        lines += [_step_line(step, contact) for step in contact["steps"]]
    lines += [_vote_line(vote) for vote in held["votes"]]
    rows: list[list[object]] = [[*_COLUMNS.values()], *([line.get(name) or "" for name in _COLUMNS] for line in lines)]
    return BYTE_ORDER_MARK + b"".join(csv_line(row) for row in rows)


def _holder_line(holder: dict[str, Any]) -> dict[str, object]:
    return {
        "what": _("Office holder"),
        "about": " ".join(filter(None, (holder["civility"], holder["given_name"], holder["family_name"]))),
        "words": holder["office_email"],
        "source": holder["profile_url"],
        "remark": f"{holder['source']} {holder['external_id']}",
    }


def _mandate_line(mandate: dict[str, Any]) -> dict[str, object]:
    return {
        "what": _("Mandate"),
        "day": mandate["begins_on"],
        "until": mandate["ends_on"],
        "place": mandate["place"],
        "about": mandate["body"],
        "done": mandate["group__name"],
    }


def _office_line(office: dict[str, Any]) -> dict[str, object]:
    return {
        "what": _("Office"),
        "day": office["begins_on"],
        "until": office["ends_on"],
        "about": office["body"],
        "done": f"{office['title']}, {office['organ']}",
    }


def _staff_line(member: dict[str, Any]) -> dict[str, object]:
    return {
        "what": _("Works for them"),
        "about": member["name"],
        "done": member["role"],
        "words": member["office_email"],
        "written": member["noted_at"].isoformat(),
    }


def _position_line(position: dict[str, Any]) -> dict[str, object]:
    undone_at, why = position["undone_at"], position["undone_why"]
    return {
        "what": _("Position"),
        "day": position["said_on"],
        "place": position["place"],
        "about": position["about"],
        "done": Stance(position["stance"]).label,
        "words": position["quote"],
        "source": position["source_url"] or KnownBy(position["known_by"]).label,
        "written": position["recorded_at"].isoformat(),
        "remark": _("Undone on %(at)s: %(why)s") % {"at": undone_at.isoformat(), "why": why} if undone_at else "",
    }


def _dispute_line(dispute: dict[str, Any], position: dict[str, Any]) -> dict[str, object]:
    settled_at = dispute["settled_at"]
    settled = {"outcome": Outcome(dispute["outcome"]).label, "at": settled_at.isoformat(), "why": dispute["words"]} if settled_at else None
    return {
        "what": _("Dispute"),
        "day": dispute["opened_at"].date(),
        "place": position["place"],
        "about": position["about"],
        "words": dispute["reason"],
        "written": dispute["opened_at"].isoformat(),
        "remark": _("%(outcome)s, on %(at)s: %(why)s") % settled if settled else "",
    }


def _step_line(step: dict[str, Any], contact: dict[str, Any]) -> dict[str, object]:
    corrected_at = contact["corrected_at"]
    return {
        "what": _("Contact"),
        "day": step["on"],
        "place": contact["place"],
        "about": contact["about"] or contact["decision"],
        "done": f"{ContactKind(contact['kind']).label}: {StepKind(step['kind']).label}",
        "words": step["words"],
        "initiative": Initiative(contact["initiative"]).label,
        "readable_by": ReadableBy(contact["readable_by"]).label,
        "counts_on": contact["counts_on"],
        "written": contact["logged_at"].isoformat(),
        "remark": _("Corrected on %(at)s") % {"at": corrected_at.isoformat()} if corrected_at else "",
    }


def _vote_line(vote: dict[str, Any]) -> dict[str, object]:
    return {
        "what": _("Vote"),
        "day": vote["roll_call__on"],
        "about": f"{vote['roll_call__body']} {vote['roll_call__number']}: {vote['roll_call__title']}",
        "done": Choice(vote["choice"]).label if vote["choice"] else "",
        "source": vote["roll_call__address"],
        "remark": _("Put on record since: %(choice)s") % {"choice": Choice(vote["meant"]).label} if vote["meant"] else "",
    }
