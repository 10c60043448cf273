"""The photo that came with a report, for whoever may read the report."""

import base64
from datetime import datetime
from typing import Any
from uuid import UUID

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.models import Assignment, ReportPhoto
from maillage.kernel.errors import NotFound


def photo_of(assignment: Assignment) -> ReportPhoto:
    """The photo of an assignment that the reader sees. Raises: NotFound."""
    found = ReportPhoto.objects.filter(report__assignment_id=assignment.pk).first()
    if found is None:
        raise NotFound(code="photo_unknown")
    return found


def may_remove_photo(user: Actor, assignment: Assignment, *, now: datetime) -> bool:
    """Whether a user may take the photo of an assignment that they see out: who sent it, and who organises the place."""
    report = getattr(assignment, "report", None)
    if report is not None and report.author_id is not None and report.author.user_id == user.pk:
        return True
    return accounts.is_reached(user, roles=[Role.ORGANISER], area_id=assignment.seat.area_id, now=now)


def photos_by(person_id: UUID) -> list[dict[str, Any]]:
    """Say the photos that a person sent with their reports, for the file that they take away."""
    sent = ReportPhoto.objects.filter(report__author_id=person_id).select_related("report__assignment").order_by("added_at")
    return [
        {
            "action_id": photo.report.assignment.action_id,
            "added_at": photo.added_at,
            "jpeg_base64": base64.b64encode(bytes(photo.jpeg)).decode(),
        }
        for photo in sent
    ]
