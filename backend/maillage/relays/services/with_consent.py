"""An applicant's consent and their applications go together: one is taken back with the other, and comes back with it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from maillage import journal
from maillage.people import services as people
from maillage.relays.domain import WAITING_APPLICATION, ApplicationStatus
from maillage.relays.models import Application
from maillage.relays.services.applications import withdraw_application


def withdraw_applications(person_id: UUID, now: datetime) -> None:
    """Take back what a person asked for, since nobody may contact them about it any more. Facts: application.withdrawn."""
    asked = Application.objects.filter(person_id=person_id, status__in=WAITING_APPLICATION).order_by("pk")
    for application_id in asked.values_list("pk", flat=True):
        withdraw_application(application_id=application_id, now=now)


def reopen_applications(person_id: UUID, taken_at: datetime, now: datetime) -> None:
    """Open again the applications that went with the consent at that instant: whoever unticked it may not have been them.

    One whose seat was asked for again meanwhile stays taken back. Facts: application.reopened, promise.made.
    """
    gone = Application.objects.select_for_update(of=("self",)).select_related("promise", "person", "seat__area")
    for application in gone.filter(person_id=person_id, status=ApplicationStatus.WITHDRAWN, decided_at=taken_at).order_by("pk"):
        was_called = application.promise is not None and application.promise.kept_at is not None
        is_held = application.promise is None  # it waited for somebody to look, and waits again
        waiting = ApplicationStatus.HELD if is_held else ApplicationStatus.SUBMITTED
        application.status = ApplicationStatus.CONTACTED if was_called else waiting
        application.decided_at, application.withdrawal_words = None, ""
        try:
            with transaction.atomic():
                if not was_called and not is_held:  # nobody owed a call meanwhile: 48 hours begin now
                    application.promise = people.make_promise(
                        person=application.person,
                        area=application.seat.area,
                        now=now,
                        brought_by=application.paper.entered_by if application.paper else None,
                    )
                application.save(update_fields=["status", "decided_at", "withdrawal_words", "promise"])
        except IntegrityError:
            continue
        journal.record("application.reopened", subject=application, at=now, seat_id=application.seat_id)
