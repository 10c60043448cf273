"""Shapes that several resources of actions share."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import get_language
from rest_framework import serializers

from maillage.accounts.models import User
from maillage.actions import policies, selectors
from maillage.actions.domain import REPORTS_TAKEN, ActionStatus, Answer, BoardState, Met, VacantRule
from maillage.actions.models import Action, Assignment, Report
from maillage.advocacy import selectors as advocacy
from maillage.advocacy.domain import Stance
from maillage.relays.models import Seat


class ActionSeatOut(serializers.Serializer[Any]):
    """Which seat."""

    id = serializers.UUIDField()
    code = serializers.CharField()
    name = serializers.CharField()


class ActionSubjectOut(serializers.Serializer[Any]):
    """On which subject."""

    id = serializers.UUIDField()
    title = serializers.CharField()


class TextOut(serializers.Serializer[Any]):
    """An action's words in one language."""

    title = serializers.CharField(max_length=120)
    summary = serializers.CharField(max_length=280, allow_blank=True, default="", help_text="what the public reads")
    brief = serializers.CharField(max_length=20_000, help_text="what the relay reads, in markdown")


class TextIn(TextOut):
    """The same, as written."""


class ActionAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may do with the action."""

    edit = serializers.BooleanField()
    launch = serializers.BooleanField()
    correct = serializers.BooleanField(help_text="the words of its brief, while it runs")
    agree_to_launch = serializers.BooleanField(help_text="somebody else asked for the launch, and waits for a yes or a no")
    stop = serializers.BooleanField()
    see_board = serializers.BooleanField()
    take_steps = serializers.BooleanField(help_text="relaunch, hand to a neighbour, excuse: in the seats that the reader organises")


class ActionOut(serializers.Serializer[Any]):
    """An action as its organisers see it."""

    id = serializers.UUIDField()
    network = serializers.UUIDField()
    subject = ActionSubjectOut(allow_null=True, help_text="on what its reports say where each stands")
    status = serializers.ChoiceField(choices=ActionStatus.choices)
    title = serializers.CharField(help_text="in the reader's language, else in the default one")
    default_language = serializers.CharField()
    texts = serializers.DictField(child=TextOut(), help_text="by language")
    vacant_rule = serializers.ChoiceField(choices=VacantRule.choices, help_text="what is done about seats on which nobody acts")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    version = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    launch_asked_at = serializers.DateTimeField(allow_null=True, help_text="since when the launch waits for the yes of a second person")
    launch_at = serializers.DateTimeField(allow_null=True, help_text="when it leaves by itself")
    time_zone = serializers.CharField(help_text="of the network's country, in which that hour is said")
    launched_at = serializers.DateTimeField(allow_null=True)
    stopped_at = serializers.DateTimeField(allow_null=True)
    abilities = ActionAbilitiesOut()


class ReportOut(serializers.Serializer[Any]):
    """What came of an assignment."""

    met = serializers.ChoiceField(choices=Met.choices)
    met_on = serializers.DateField(help_text="on which day of the place one met, or tried to")
    stance = serializers.ChoiceField(choices=Stance.choices, allow_null=True)
    quote = serializers.CharField()
    failed = serializers.CharField()
    reported_at = serializers.DateTimeField()
    version = serializers.IntegerField(help_text="grows with each correction")
    photo = serializers.CharField(help_text="path of the picture, for whoever may read the report; empty: none came with it")


class AssignedActionOut(serializers.Serializer[Any]):
    """The action as whoever is asked reads it."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    summary = serializers.CharField()
    brief_html = serializers.CharField(help_text="safe to show as it is")
    language = serializers.CharField()
    subject = serializers.CharField(allow_null=True, help_text="on what the report says where they stand")
    is_fallback = serializers.BooleanField(help_text="nobody wrote it in the reader's language")
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    launched_at = serializers.DateTimeField(allow_null=True, help_text="a report is of no day before")
    reports_until = serializers.DateTimeField(help_text="until then reports are taken, and a device may keep the brief")
    status = serializers.ChoiceField(choices=ActionStatus.choices)


class AssignedAreaOut(serializers.Serializer[Any]):
    """Where the seat is, for who asks other halls about it."""

    country = serializers.CharField()
    kind = serializers.CharField()
    code = serializers.CharField()
    time_zone = serializers.CharField()


class AssignmentAbilitiesOut(serializers.Serializer[Any]):
    """What the reader may answer."""

    accept = serializers.BooleanField()
    decline = serializers.BooleanField()
    block = serializers.BooleanField()
    report = serializers.BooleanField()


class AssignmentOut(serializers.Serializer[Any]):
    """What one seat is asked, and what became of it."""

    id = serializers.UUIDField()
    action = AssignedActionOut()
    seat = ActionSeatOut()
    area = AssignedAreaOut()
    answer = serializers.ChoiceField(choices=Answer.choices, help_text="of its holder; to a neighbour who took it over, their own")
    reason = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)
    is_next_door = serializers.BooleanField(help_text="the reader took it over next door")
    is_relieved = serializers.BooleanField(help_text="the reader holds it, and somebody next door took it over")
    report = ReportOut(allow_null=True)
    version = serializers.IntegerField(help_text="of the brief")
    copy_of = serializers.CharField(help_text="whose copy of the brief it is: the reader's name")
    paper = serializers.CharField(help_text="path of the page that prints the brief")
    abilities = AssignmentAbilitiesOut()


class CountsOut(serializers.Serializer[Any]):
    """Assignments by state; the six sum to `total`."""

    total = serializers.IntegerField()
    reported = serializers.IntegerField()
    late = serializers.IntegerField()
    neighbour = serializers.IntegerField()
    accepted = serializers.IntegerField()
    no_answer = serializers.IntegerField()
    empty = serializers.IntegerField()


class LineOut(serializers.Serializer[Any]):
    """An assignment on the board."""

    id = serializers.UUIDField()
    seat = ActionSeatOut()
    state = serializers.ChoiceField(choices=BoardState.choices)
    answer = serializers.ChoiceField(choices=Answer.choices)
    reason = serializers.CharField(help_text="why the holder does not go, if they said so")
    holder_id = serializers.UUIDField(allow_null=True)
    holder = serializers.CharField(allow_null=True)
    neighbour_id = serializers.UUIDField(allow_null=True)
    neighbour = serializers.CharField(allow_null=True, help_text="who took it over next door, and acts")
    neighbour_since = serializers.DateTimeField(allow_null=True)
    excused_until = serializers.DateTimeField(allow_null=True)
    reminded = serializers.IntegerField(help_text="how often who acts now was reminded; after two a human calls")
    answered_at = serializers.DateTimeField(allow_null=True)
    heard_at = serializers.DateTimeField(allow_null=True, help_text="the last answer, report or take-over")
    changed_at = serializers.DateTimeField()
    report = ReportOut(allow_null=True)
    opened_at = serializers.DateTimeField(allow_null=True, help_text="when who acts first opened the latest version that they read")
    opened_version = serializers.IntegerField(allow_null=True, help_text="which one; null: not opened yet")
    is_undone = serializers.BooleanField(help_text="the position that the report heard was undone since")


def seat_shape(seat: Seat) -> dict[str, Any]:
    """Say a seat in the shape of ActionSeatOut."""
    return {"id": seat.pk, "code": seat.area.code, "name": seat.area.called}


def action_shape(action: Action) -> dict[str, Any]:
    """Say an action that `selectors.actions_seen` returned in the shape of ActionOut."""
    reach = selectors.reach_of(action)
    text, _is_fallback = selectors.text_of(action, language=get_language() or "")
    return {
        "id": action.pk,
        "network": action.network_id,
        "subject": {"id": action.subject.pk, "title": _subject_title(action)} if action.subject else None,
        "status": action.status,
        "title": text.title,
        "default_language": action.default_language,
        "texts": {text.language: {"title": text.title, "summary": text.summary, "brief": text.brief} for text in action.texts.all()},
        "vacant_rule": action.vacant_rule,
        "starts_at": action.starts_at,
        "ends_at": action.ends_at,
        "version": action.version,
        "created_at": action.created_at,
        "launch_asked_at": reach.asked_at if reach.organises_all else None,
        "launch_at": reach.launch_at,
        "time_zone": action.network.country.time_zone,
        "launched_at": action.launched_at,
        "stopped_at": action.stopped_at,
        "abilities": policies.action_abilities(
            status=action.status,
            organises_all=reach.organises_all,
            organises_some=reach.organises_some,
            is_second_person=reach.asked_at is not None and not reach.is_asked_by_reader,
        ),
    }


def assignment_shape(
    assignment: Assignment, brief: selectors.Brief, *, reader_id: UUID | None, now: datetime, other_reader: User | None = None
) -> dict[str, Any]:
    """Say an assignment and its brief in the shape of AssignmentOut, to the account of its holder, of a neighbour or of an organiser.

    `other_reader`: the account, where it may be an organiser's.
    """
    is_next_door = assignment.neighbour is not None and assignment.neighbour.user_id == reader_id
    holds_it = assignment.holder is not None and assignment.holder.user_id == reader_id
    acts = is_next_door or (holds_it and assignment.neighbour_id is None)
    answer = assignment.acting_answer if is_next_door else Answer(assignment.answer)
    action, area, text = assignment.action, assignment.seat.area, brief.text
    report: Report | None = getattr(assignment, "report", None)
    return {
        "id": assignment.pk,
        "action": {
            "id": action.pk,
            "title": text.title,
            "summary": text.summary,
            "brief_html": brief.html,
            "language": text.language,
            "is_fallback": brief.is_fallback,
            "subject": _subject_title(action),
            "starts_at": action.starts_at,
            "ends_at": action.ends_at,
            "launched_at": action.launched_at,
            "reports_until": action.ends_at + REPORTS_TAKEN,
            "status": action.status,
        },
        "seat": seat_shape(assignment.seat),
        "area": {"country": area.country, "kind": area.kind.code, "code": area.code, "time_zone": area.time_zone},
        "answer": answer,
        "reason": "" if is_next_door else assignment.reason,
        "answered_at": assignment.neighbour_since if is_next_door and report is None else assignment.answered_at,
        "is_next_door": is_next_door,
        "is_relieved": holds_it and not acts,
        "report": report_shape(report, photo_id=vars(assignment).get("photo_id")) if report else None,
        "version": action.version,
        "copy_of": selectors.reader_name(assignment.neighbour if is_next_door else assignment.holder if holds_it else other_reader),
        "paper": reverse(
            "brief-paper",
            kwargs={"token": selectors.paper_token(assignment, author_id=assignment.acting_id if acts else None, user_id=reader_id)},
        ),
        "abilities": policies.assignment_abilities(action_status=action.status, answer=answer, ends_at=action.ends_at, acts=acts, now=now),
    }


def _subject_title(action: Action) -> str | None:
    return advocacy.subject_text(action.subject, language=get_language() or "").title if action.subject else None


def report_shape(report: Report, *, photo_id: UUID | None) -> dict[str, Any]:
    """Say what came of an assignment in the shape of ReportOut."""
    return {
        "met": report.met,
        "met_on": report.met_on,
        "stance": report.stance,
        "quote": report.quote,
        "failed": report.failed,
        "reported_at": report.reported_at,
        "version": report.version,
        "photo": _photo_path(report.assignment_id, photo_id),
    }


def _photo_path(assignment_id: UUID, photo_id: UUID | None) -> str:
    """Where a photo is read: another photo has another address, which a browser may keep."""
    return f"{reverse('report-photo', kwargs={'id': assignment_id})}?photo={photo_id}" if photo_id else ""


def line_shape(row: Mapping[str, Any]) -> dict[str, Any]:
    """Say a row of `selectors.board_rows` in the shape of LineOut."""
    return {
        "id": row["id"],
        "seat": {"id": row["seat_id"], "code": row["seat__area__code"], "name": row["place"]},
        "state": row["state"],
        "answer": row["answer"],
        "reason": row["reason"],
        "holder_id": row["holder_id"],
        "holder": f"{row['holder__given_name']} {row['holder__family_name']}".strip() if row["holder_id"] else None,
        "neighbour_id": row["neighbour_id"],
        "neighbour": f"{row['neighbour__given_name']} {row['neighbour__family_name']}".strip() if row["neighbour_id"] else None,
        "neighbour_since": row["neighbour_since"],
        "excused_until": row["excused_until"],
        "reminded": row["reminded"],
        "answered_at": row["answered_at"],
        "heard_at": row["heard_at"],
        "changed_at": row["changed_at"],
        "report": {
            "met": row["report__met"],
            "met_on": row["report__met_on"],
            "stance": row["report__stance"],
            "quote": row["report__quote"],
            "failed": row["report__failed"],
            "reported_at": row["report__reported_at"],
            "version": row["report__version"],
            "photo": _photo_path(row["id"], row["report__photo__id"]),
        }
        if row["report__met"]
        else None,
        "opened_at": row["opened_at"],
        "opened_version": row["opened_version"],
        "is_undone": row["is_undone"] and row["report__stance"] is not None,
    }
