"""What a person answered, forgotten."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from maillage.actions.models import Assignment, LaunchRequest, Opening, Report, ReportPhoto, TakeOver


def erase_answers(person_id: UUID, now: datetime) -> None:
    """Take a person's own words and photos out of what they answered, and delete what they opened; the rest of it stays."""
    Assignment.objects.filter(holder_id=person_id).exclude(reason="").update(reason="", changed_at=now)
    TakeOver.objects.filter(person_id=person_id).exclude(reason="").update(reason="")
    Opening.objects.filter(person_id=person_id).delete()
    LaunchRequest.objects.filter(settled_by__person=person_id).exclude(reason="").update(reason="")
    # Boards that are open hear that words or a photo are gone.
    said = Report.objects.filter(Q(failed__gt="") | Q(photo__isnull=False), author_id=person_id)
    Assignment.objects.filter(pk__in=list(said.values_list("assignment_id", flat=True))).update(changed_at=now)
    Report.objects.filter(author_id=person_id).exclude(failed="").update(failed="")
    ReportPhoto.objects.filter(report__author_id=person_id).delete()
