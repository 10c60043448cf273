"""Asking for a seat: typed into a public form, confirmed from the mail, taken back at will."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.text import typed
from maillage.messaging import services as messaging
from maillage.messaging.domain import BY_HAND
from maillage.people import services as people
from maillage.people.domain import Channel, PlacedBy, words_changed
from maillage.people.models import ContactPoint
from maillage.people.selectors import wordings_in_force
from maillage.relays.domain import (
    APPLICANT_CONTACT,
    APPLY_SOURCE,
    CONFIRM_WITHIN,
    PAPER_SOURCE,
    WAITING_APPLICATION,
    WHY_WITHDRAWN,
    WITHDRAWN_KEPT,
    ApplicationStatus,
    SeatState,
)
from maillage.relays.domain.filling import ASKED_SOURCE, SEAT_ASKING
from maillage.relays.models import Application, SeatStanding
from maillage.relays.selectors import takes_applications
from maillage.relays.services.clocks import start_clock
from maillage.relays.services.floods import comes_in_a_flood, tell_held
from maillage.relays.services.forms import note_wanted, typed_too_often, what_is_wrong
from maillage.territories.models import Area

FORGOTTEN_AT_ONCE = 1000
"""How many one run of the sweep takes; the next one takes the rest."""


@dataclass(frozen=True)
class Asked:
    """What the browser may be told of an application: the same whoever the address belongs to."""

    seat: SeatStanding
    confirm_before: datetime


def apply_for_seat(
    *,
    seat_id: UUID,
    given_name: str,
    family_name: str,
    email: str,
    language: str,
    agrees_to_contact: bool,
    now: datetime,
    phone: str = "",
    motivation: str = "",
    shows_given_name: bool = False,
    agrees_to_be_asked: bool = False,
    read: Mapping[str, str] | None = None,
    is_of_age: bool = False,
    locality: Area | None = None,
    placed_by: PlacedBy = PlacedBy.CHOSEN,
    placed_with: str = "",
) -> Asked:
    """Keep an unconfirmed application and mail its address a link that confirms it; nobody else learns of it before.

    `read`: by box (`agrees_to_contact`, `agrees_to_be_asked`) the version of the wording that the form showed beside it.
    The answer is the same for a known address, an unknown one, and one that was typed too often today (which gets no
    further mail). Facts: application.made.
    Raises: NotFound (seat), Conflict (`seat_filled`, `network_closed`), Invalid by field.
    """
    fields = what_is_wrong(given_name=given_name, email=email, phone=phone, is_of_age=is_of_age)
    if not agrees_to_contact:
        fields["agrees_to_contact"] = [_("We can only call you if you agree to it.")]
    wordings = wordings_in_force()
    contact, asking = wordings[APPLICANT_CONTACT.purpose], wordings[SEAT_ASKING.purpose]
    fields |= words_changed(read, {"agrees_to_contact": contact} | ({"agrees_to_be_asked": asking} if agrees_to_be_asked else {}))
    if fields:
        raise Invalid(_("Some fields need another look."), fields=fields)
    seat = SeatStanding.objects.select_related("area", "network").filter(seat_id=seat_id).first()
    if seat is None:
        raise NotFound(code="seat_unknown")
    check_open(seat, now=now)
    asked = Asked(seat=seat, confirm_before=now + CONFIRM_WITHIN)
    if typed_too_often("ask", email, now=now):
        return asked
    with transaction.atomic():
        meeting = people.meet_person(
            given_name=given_name,
            family_name=family_name,
            email=email,
            phone=phone,
            language=language,
            locality=locality,
            area=seat.area,
            placed_by=placed_by,
            placed_with=placed_with,
            now=now,
        )
        application = Application.objects.create(
            seat_id=seat_id,
            person=meeting.person,
            motivation=motivation.strip(),
            consent_wording=contact.version,
            asking_wording=asking.version if agrees_to_be_asked else "",
            shows_given_name=shows_given_name,
            is_of_age=is_of_age,
            created_at=now,
        )
        messaging.queue_message(
            "relays.confirm_application",
            person=meeting.person,
            address=meeting.contact_point.value,
            language=language,
            about_id=application.pk,
            now=now,
        )
        journal.record("application.made", subject=application, at=now, seat_id=seat_id)
    return asked


def confirm_application(*, application_id: UUID, contact_point_id: UUID, now: datetime, network: str = "") -> Application:
    """Start the 48 hours: the address is proved, the consent kept, the applicant told who calls by when, the organiser told.

    `network` is the keyed mark of where it was confirmed. Beyond `domain.FLOOD` the application is held: an organiser looks
    first, the applicant is told so, and no clock starts (`services.floods`).
    Safe to repeat. When the same person already has a waiting application for the seat, that one is returned.
    Facts: application.confirmed or application.held.  Raises: NotFound, Conflict (`application_withdrawn`).
    """
    with transaction.atomic():
        application = _locked(application_id)
        if application.status == ApplicationStatus.WITHDRAWN:
            raise Conflict(_("This application was taken back. You can make a new one."), code="application_withdrawn")
        if application.status != ApplicationStatus.UNCONFIRMED:
            return application
        theirs = Q(person_id=application.person_id) | Q(person__merged_into_id=application.person_id)
        point = ContactPoint.objects.filter(theirs, pk=contact_point_id).first()
        if point is None:
            raise NotFound(code="link_broken")
        people.verify_contact_point(contact_point_id=contact_point_id, now=now)
        note_wanted("ask", point.value)
        is_flood = comes_in_a_flood(network, now=now)
        if not submit(application, status=ApplicationStatus.HELD if is_flood else ApplicationStatus.SUBMITTED, network=network, now=now):
            application.status = ApplicationStatus.WITHDRAWN
            application.save(update_fields=["status"])
            return Application.objects.get(seat=application.seat_id, person=application.person_id, status__in=WAITING_APPLICATION)
        for channel in _ways(application):
            people.record_consent(
                person_id=application.person_id,
                purpose=APPLICANT_CONTACT.purpose,
                channel=channel,
                wording=application.consent_wording,
                source=APPLY_SOURCE,
                now=now,
            )
        if application.asking_wording:
            people.record_consent(
                person_id=application.person_id,
                purpose=SEAT_ASKING.purpose,
                channel=Channel.EMAIL,
                wording=application.asking_wording,
                source=APPLY_SOURCE,
                now=now,
            )
        if is_flood:
            tell_held(application, now=now)
            journal.record("application.held", subject=application, at=now, seat_id=application.seat_id, person_id=application.person_id)
        else:
            start_clock(application, now=now)
    return application


def deny_application(*, application_id: UUID, now: datetime) -> None:
    """Erase what was typed in somebody's name, who says that it was not them; what they had confirmed stays. Safe to repeat.

    Facts: application.denied, person.forgotten.  Raises: Conflict (`application_confirmed`).
    """
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).filter(pk=application_id).first()
        if application is None:
            return
        if application.status != ApplicationStatus.UNCONFIRMED:
            raise Conflict(_("This application was confirmed. Its own link takes it back."), code="application_confirmed")
        journal.record("application.denied", subject=application, at=now, seat_id=application.seat_id)
        application.delete()
        people.forget_never_confirmed(person_ids=[application.person_id], now=now)


def withdraw_application(*, application_id: UUID, now: datetime, words: str = "", by: User | None = None) -> Application:
    """Take an application back: from the signed link of a mail, by its signed-in applicant, or by who hears it from them.

    `words` say why, where somebody said it; `by` is who heard it from an applicant whom no mail reaches. Safe to repeat.

    Nobody owes a call for it any more; a promise whose hour had passed stays missed.
    Facts: application.withdrawn, promise.released.  Raises: NotFound, Conflict (`application_decided`).
    """
    with transaction.atomic():
        application = _locked(application_id)
        if application.status == ApplicationStatus.WITHDRAWN:
            return application
        if application.status not in (ApplicationStatus.UNCONFIRMED, *WAITING_APPLICATION):
            raise Conflict(_("This application has already been decided."), code="application_decided")
        was_open = application.status in WAITING_APPLICATION
        application.status = ApplicationStatus.WITHDRAWN
        application.decided_at, application.decided_by = now, by
        application.withdrawal_words = typed(words).strip()[:WHY_WITHDRAWN]
        application.save(update_fields=["status", "decided_at", "decided_by", "withdrawal_words"])
        if application.promise_id:
            people.release_promise(promise_id=application.promise_id, now=now)
        others = Application.objects.filter(person=application.person_id, status__in=WAITING_APPLICATION)
        if was_open and not others.exists():
            _take_consent_back(application.person_id, now=now)
        journal.record("application.withdrawn", subject=application, at=now, actor_id=by.pk if by else None, seat_id=application.seat_id)
    return application


def forget_unconfirmed(*, now: datetime) -> int:
    """Delete the applications that nobody confirmed in their week, with whom and which address they named; say how many.

    Facts: application.forgotten, person.forgotten, each.
    """
    with transaction.atomic():
        never = (ApplicationStatus.UNCONFIRMED, ApplicationStatus.WITHDRAWN)  # taken back by whom it was, before they confirmed it
        old = Application.objects.filter(status__in=never, confirmed_at__isnull=True, created_at__lt=now - CONFIRM_WITHIN)
        forgotten = list(old.select_for_update(of=("self",), skip_locked=True).order_by("pk")[:FORGOTTEN_AT_ONCE])
        for application in forgotten:
            journal.record("application.forgotten", subject=application, at=now, seat_id=application.seat_id)
        Application.objects.filter(pk__in=[application.pk for application in forgotten]).delete()
        people.forget_never_confirmed(person_ids={application.person_id for application in forgotten}, now=now)
    return len(forgotten)


def forget_withdrawn(*, now: datetime) -> int:
    """Empty what was written in the applications taken back long ago; say how many. That they were made stays, for the record."""
    gone = Application.objects.filter(status=ApplicationStatus.WITHDRAWN, decided_at__lt=now - WITHDRAWN_KEPT)
    return gone.exclude(motivation="", withdrawal_words="").update(motivation="", withdrawal_words="")


def _ways(application: Application) -> list[Channel]:
    """On which ways an applicant agreed to be contacted: at the address, and at the number where it came with this form.

    Of somebody who was known already no number is kept from a form.
    """
    person = application.person
    brought = person.created_at == application.created_at and person.contact_points.filter(channel=Channel.PHONE).exists()
    return [Channel.EMAIL, Channel.PHONE] if brought else [Channel.EMAIL]


def _take_consent_back(person_id: UUID, *, now: datetime) -> None:
    """Take back what was agreed to with the applications, by mail or on paper, where nothing else gave it too."""
    for channel in (Channel.EMAIL, *BY_HAND):
        people.withdraw_with_form(
            person_id=person_id,
            purpose=APPLICANT_CONTACT.purpose,
            channel=channel,
            given_by=(APPLY_SOURCE, ASKED_SOURCE, PAPER_SOURCE),
            source="relays.withdraw",
            now=now,
        )


def check_open(seat: SeatStanding, *, now: datetime) -> None:
    """Stop where nobody may ask for a seat now. Raises: Conflict (`network_closed`, `seat_filled`)."""
    if not takes_applications(seat.network, now=now):
        raise Conflict(_("This network takes no applications now."), code="network_closed")
    if seat.state == SeatState.FILLED:
        raise Conflict(_("Somebody already holds this seat. Another one near you may be vacant."), code="seat_filled")


def submit(application: Application, *, status: ApplicationStatus, network: str, now: datetime) -> bool:
    """Let the application wait; False when the same person already has one waiting for this seat: the database says so."""
    application.status, application.network, application.confirmed_at = status, network, now
    try:
        with transaction.atomic():
            application.save(update_fields=["status", "network", "confirmed_at"])
    except IntegrityError:
        application.confirmed_at = None
        return False
    return True


def _locked(application_id: UUID) -> Application:
    found = (
        Application.objects.select_for_update(of=("self",))
        .select_related("seat__area", "person", "paper__entered_by")
        .filter(pk=application_id)
        .first()
    )
    if found is None:
        raise NotFound(code="application_unknown")
    return found
