"""What a person answered, told to them."""

from typing import Any
from uuid import UUID

from django.db.models import BooleanField, Case, CharField, ExpressionWrapper, F, Q, Value, When

from maillage.actions.domain import Answer
from maillage.actions.models import Assignment, LaunchRequest, Opening, RehearsalReader, Reminder, Report, TakeOver
from maillage.actions.selectors.photos import photos_by


def answers_of(person_id: UUID) -> dict[str, Any]:
    """Say what a person was asked and answered, their rehearsals, and the launches that they asked for or settled, for their file."""
    reported_by = Case(
        When(Q(answer=Answer.REPORTED, neighbour__isnull=False), then=Value("neighbour")),
        When(answer=Answer.REPORTED, then=Value("holder")),
        default=Value(""),
        output_field=CharField(),
    )
    asked = Assignment.objects.filter(holder_id=person_id).annotate(reported_by=reported_by).order_by("action__starts_at", "pk")
    as_holder = Q(assignment__holder_id=person_id, take_over__isnull=True)
    reminded = Reminder.objects.filter(as_holder | Q(take_over__person_id=person_id), sent_at__isnull=False)
    next_door = TakeOver.objects.filter(person_id=person_id, sent_at__isnull=False).order_by("asked_at")
    told = Report.objects.filter(author_id=person_id).order_by("reported_at")
    rehearsed = RehearsalReader.objects.filter(user__person=person_id).order_by("rehearsal__rehearsed_at")
    asked_or_settled = Q(by__person=person_id) | Q(settled_by__person=person_id)
    said_no = Case(When(settled_by__person=person_id, then=F("reason")), default=Value(""), output_field=CharField())
    launches = LaunchRequest.objects.filter(asked_or_settled).annotate(own_reason=said_no).order_by("asked_at")
    opened = Opening.objects.filter(Q(person_id=person_id) | Q(user__person=person_id)).order_by("opened_at")
    return {
        "openings": list(opened.values("action_id", "seat__area__code", "version", "way", "opened_at")),
        "launches": list(
            launches.annotate(was_theirs=ExpressionWrapper(Q(by__person=person_id), output_field=BooleanField())).values(
                "action_id", "version", "was_theirs", "asked_at", "status", "settled_at", "own_reason"
            )
        ),
        "rehearsals": list(rehearsed.values("rehearsal__action_id", "rehearsal__seat__area__code", "rehearsal__rehearsed_at")),
        "assignments": list(
            asked.values("action_id", "seat__area__code", "answer", "reported_by", "reason", "answered_at", "excused_until")
        ),
        "reminders": list(
            reminded.order_by("sent_at").values("assignment__action_id", "assignment__seat__area__code", "number", "sent_at")
        ),
        "asked_next_door": list(
            next_door.values("assignment__action_id", "assignment__seat__area__code", "status", "reason", "sent_at", "answered_at")
        ),
        "reports": list(
            told.values(
                "assignment__action_id", "assignment__seat__area__code", "met", "met_on", "stance", "quote", "failed", "reported_at"
            )
        ),
        "report_photos": photos_by(person_id),
    }
