"""The 48 hours of an application begin."""

from datetime import datetime

from maillage import journal
from maillage.messaging import services as messaging
from maillage.messaging.services.recipients import recipient_of
from maillage.people import services as people
from maillage.people.selectors import ladder
from maillage.relays.models import Application
from maillage.relays.selectors.promises import kept_out


def start_clock(application: Application, *, now: datetime) -> None:
    """Promise a call, tell the applicant who calls by when, and the nearest organisers that somebody waits.

    Neither whoever entered it from a paper nor the applicant, where they organise, is the one who calls: two pairs of eyes
    see each applicant. Of one whose clock starts again the mails are about the new promise: they were told of the first.
    Facts: promise.made, application.confirmed.
    """
    brought_by = application.paper.entered_by if application.paper else None
    is_again = application.promise_id is not None
    application.promise = people.make_promise(person=application.person, area=application.seat.area, now=now, brought_by=brought_by)
    application.save(update_fields=["promise"])
    about_id = application.promise.pk if is_again else application.pk
    messaging.queue_message("relays.application_received", person=application.person, about_id=about_id, now=now)
    nearest = next(iter(ladder(application.seat.area_id, now=now, without=kept_out(application))), None)
    if nearest is not None:
        told = [recipient_of(user, about_id=about_id) for user in nearest.organisers]
        messaging.queue_messages("relays.application_waiting", told, now=now)
    journal.record("application.confirmed", subject=application, at=now, seat_id=application.seat_id, person_id=application.person_id)
