"""What a person answered, forgotten."""

from datetime import datetime
from uuid import UUID

from maillage.actions.models import Assignment, LaunchRequest, Report, ReportPhoto, TakeOver


def erase_answers(person_id: UUID, now: datetime) -> None:
    """Take a person's own words and photos out of what they answered; what was answered, and what the representative said, stays."""
    Assignment.objects.filter(holder_id=person_id).exclude(reason="").update(reason="", changed_at=now)
    TakeOver.objects.filter(person_id=person_id).exclude(reason="").update(reason="")
    LaunchRequest.objects.filter(settled_by__person=person_id).exclude(reason="").update(reason="")
    Report.objects.filter(author_id=person_id).exclude(failed="").update(failed="")
    ReportPhoto.objects.filter(report__author_id=person_id).delete()
