"""An applicant's consent and their applications go together: one is taken back with the other, and comes back with it."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from maillage import journal
from maillage.kernel.errors import Conflict
from maillage.people import services as people
from maillage.relays.domain import WAITING_APPLICATION, ApplicationStatus
from maillage.relays.models import Application, SeatStanding
from maillage.relays.services.applications import check_open, withdraw_application
from maillage.relays.services.clocks import start_clock


def withdraw_applications(person_id: UUID, now: datetime) -> None:
    """Take back what a person asked for, since nobody may contact them about it any more. Facts: application.withdrawn."""
    asked = Application.objects.filter(person_id=person_id, status__in=WAITING_APPLICATION).order_by("pk")
    for application_id in asked.values_list("pk", flat=True):
        withdraw_application(application_id=application_id, now=now)


def reopen_applications(person_id: UUID, taken_at: datetime, now: datetime) -> None:
    """Open again the applications that went with the consent at that instant: whoever unticked it may not have been them.

    A call that was missed by then is owed still, and stays missed; of any other 48 hours begin now, and both sides are told.
    One whose seat was asked for again meanwhile, or takes no applications now, stays taken back.
    Facts: application.reopened, and promise.owed_again, or promise.made and application.confirmed.
    """
    gone = Application.objects.select_for_update(of=("self",)).select_related("promise", "person", "seat__area", "paper")
    for application in gone.filter(person_id=person_id, status=ApplicationStatus.WITHDRAWN, decided_at=taken_at).order_by("pk"):
        try:
            with transaction.atomic():
                check_open(SeatStanding.objects.select_related("network").get(seat_id=application.seat_id), now=now)
                _reopen(application, now=now)
        except (IntegrityError, Conflict):
            continue
        journal.record("application.reopened", subject=application, at=now, seat_id=application.seat_id)


def _reopen(application: Application, *, now: datetime) -> None:
    promise = application.promise
    if promise is None:
        application.status = ApplicationStatus.HELD  # it waited for somebody to look, and waits again
    else:
        application.status = ApplicationStatus.SUBMITTED if promise.kept_at is None else ApplicationStatus.CONTACTED
    application.decided_at, application.withdrawal_words = None, ""
    application.save(update_fields=["status", "decided_at", "withdrawal_words"])
    if promise is None or promise.kept_at is not None:
        return
    if promise.released_at is not None and promise.released_at <= promise.due_at:
        start_clock(application, now=now)  # nobody owed a call when its hour came
    else:
        people.owe_again(promise_id=promise.pk, now=now)
