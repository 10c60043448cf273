"""The photo of a report goes: by whoever sent it or organises the place, and after its time."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.actions.domain import PHOTOS_KEPT
from maillage.actions.models import Assignment, Report, ReportPhoto


def keep_photo(report: Report, jpeg: bytes, *, now: datetime) -> None:
    """Keep a photo that was drawn anew with a report, in place of the one before. In the transaction of the report."""
    ReportPhoto.objects.filter(report=report).delete()
    ReportPhoto.objects.create(report=report, jpeg=jpeg, added_at=now)


def remove_report_photo(*, assignment_id: UUID, by_id: UUID, now: datetime) -> None:
    """Take the photo of a report out: it is gone at once, and the words stay. Safe to repeat. Facts: report.photo_removed."""
    with transaction.atomic():
        assignment = Assignment.objects.select_for_update(of=("self",)).get(pk=assignment_id)
        photo = ReportPhoto.objects.filter(report__assignment_id=assignment_id).select_related("report").first()
        if photo is None:
            return
        photo.delete()
        assignment.changed_at = now
        assignment.save(update_fields=["changed_at"])
        journal.record("report.photo_removed", subject=photo.report, at=now, assignment_id=assignment_id, by_id=by_id)


def forget_photos(*, now: datetime) -> int:
    """Delete the photos of reports of actions that ended a year ago. Say how many."""
    with transaction.atomic():
        photos = ReportPhoto.objects.filter(report__assignment__action__ends_at__lte=now - PHOTOS_KEPT)
        seen = dict(photos.values_list("pk", "report__assignment_id"))
        Assignment.objects.filter(pk__in=seen.values()).update(changed_at=now)
        return ReportPhoto.objects.filter(pk__in=seen).delete()[0]
