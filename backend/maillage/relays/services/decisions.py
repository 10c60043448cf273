"""What organisers decide about an application. Each of these is a human contact, so each keeps the promise."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Forbidden, Invalid, NotFound
from maillage.messaging import services as messaging
from maillage.people import services as people
from maillage.people.models import Person
from maillage.relays.domain import OPEN_APPLICATION, ApplicationStatus, TermKind
from maillage.relays.models import Application, Term
from maillage.relays.selectors.promises import kept_out
from maillage.relays.services.terms import open_term, taken_by


def note_contact(*, application_id: UUID, by: User, now: datetime) -> Application:
    """Keep that a human spoke with the applicant, and with it the promise. Safe to repeat.

    Facts: application.contacted.  Raises: NotFound, Forbidden (`entered_by_you`, `own_application`), Conflict (`application_decided`).
    """
    with transaction.atomic():
        application = _locked_open(application_id, by=by)
        if application.status == ApplicationStatus.CONTACTED:
            return application
        application.status = ApplicationStatus.CONTACTED
        application.save(update_fields=["status"])
        _keep_promise(application, by=by, now=now)
        journal.record("application.contacted", subject=application, at=now, actor_id=by.pk, seat_id=application.seat_id)
    return application


def approve_application(*, application_id: UUID, by: User, now: datetime, kind: TermKind = TermKind.RELAY) -> Term:
    """Appoint an applicant: their term, account and grant open together, and a mail welcomes them with a way to sign in.

    Other open applications for the seat stay open, for the organiser to answer each. Of two organisers at once one
    succeeds, and the other is told who was faster.
    Facts: application.approved, term.opened.
    Raises: NotFound, Forbidden (`entered_by_you`, `own_application`),
    Conflict (`application_decided`, `seat_taken`, `charter_missing`, `qualification_missing`).
    """
    with transaction.atomic():
        application = _locked_open(application_id, by=by)
        application.status = ApplicationStatus.APPROVED
        application.decided_at, application.decided_by = now, by
        application.save(update_fields=["status", "decided_at", "decided_by"])
        term = open_term(seat=application.seat, person=application.person, kind=kind, now=now, by=by, application=application)
        if application.shows_given_name:
            Person.objects.filter(pk=application.person_id).update(shows_given_name=True)
        _keep_promise(application, by=by, now=now)
        messaging.queue_message("relays.welcome", person=application.person, about_id=term.pk, now=now)
        journal.record("application.approved", subject=application, at=now, actor_id=by.pk, seat_id=application.seat_id)
    return term


def decline_application(*, application_id: UUID, words: str, by: User, now: datetime) -> Application:
    """Say no to an applicant, in the organiser's own words, which the mail carries.

    Facts: application.declined.
    Raises: NotFound, Invalid (no words), Forbidden (`entered_by_you`, `own_application`), Conflict (`application_decided`).
    """
    if not words.strip():
        raise Invalid(fields={"words": [_("Write a sentence: it is what the applicant reads.")]})
    with transaction.atomic():
        application = _locked_open(application_id, by=by)
        application.status = ApplicationStatus.DECLINED
        application.decided_at, application.decided_by = now, by
        application.decision_words = words.strip()
        application.save(update_fields=["status", "decided_at", "decided_by", "decision_words"])
        _keep_promise(application, by=by, now=now)
        messaging.queue_message("relays.application_declined", person=application.person, about_id=application.pk, now=now)
        journal.record("application.declined", subject=application, at=now, actor_id=by.pk, seat_id=application.seat_id)
    return application


def not_yours_to_decide(*, is_own: bool) -> Forbidden:
    """Refuse an organiser who asked for the seat themselves, or entered who asks: two pairs of eyes see each applicant."""
    if is_own:
        return Forbidden(_("You asked for this seat yourself: another organiser calls and decides."), code="own_application")
    return Forbidden(_("You entered this application: another organiser calls and decides."), code="entered_by_you")


def _keep_promise(application: Application, *, by: User, now: datetime) -> None:
    if application.promise_id:
        people.keep_promise(promise_id=application.promise_id, by=by, now=now)


def _locked_open(application_id: UUID, *, by: User) -> Application:
    # Who decided is read after the lock, not joined: a join would show the row as it was before we waited.
    found = (
        Application.objects.select_for_update(of=("self",))
        .select_related("seat__area", "person", "paper")
        .filter(pk=application_id)
        .exclude(status=ApplicationStatus.UNCONFIRMED)
        .first()
    )
    if found is None:
        raise NotFound(code="application_unknown")
    if by.pk in kept_out(found):
        raise not_yours_to_decide(is_own=found.person.user_id == by.pk)
    if found.status not in OPEN_APPLICATION:
        raise taken_by(found.decided_by, code="application_decided", otherwise=_("This application has already been decided."))
    return found
