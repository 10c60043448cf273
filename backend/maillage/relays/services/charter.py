"""Who holds a seat, or will, is told of the charter, asked to agree to it, and reminded."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, NotFound
from maillage.messaging import services as messaging
from maillage.messaging.domain import Recipient
from maillage.people import selectors as people
from maillage.people import services as people_services
from maillage.people.domain import AgreedBy, DocumentKind, VersionState
from maillage.people.models import Agreement, DocumentVersion, Person, Qualification
from maillage.relays.domain import CHARTER_AGAIN, REMIND_AGAIN, WAITING_APPLICATION
from maillage.relays.models import Application, CharterRequest, Term
from maillage.relays.selectors.readiness import holders_who_have_not_agreed, requirements_of, running_holders


def tell_of_proposal(*, version_id: UUID, now: datetime) -> int:
    """Tell each holder of a seat that a version of the charter is proposed, one mail each; say how many. Safe to repeat."""
    version = DocumentVersion.objects.filter(pk=version_id, state=VersionState.PROPOSED, document__kind=DocumentKind.CHARTER).first()
    if version is None:
        return 0
    reached = email_reached(running_holders())
    return messaging.queue_messages("relays.charter_proposed", [Recipient(person_id=id, about_id=version.pk) for id in reached], now=now)


def ask_to_agree(*, version_id: UUID, now: datetime) -> int:
    """Ask each holder of a seat to agree to the version that came into force, one mail each; say how many. Safe to repeat.

    Their term goes on, whatever they answer. Facts: charter.asked.
    """
    with transaction.atomic():
        # Locked: the same news told twice at once asks everybody once.
        charters = DocumentVersion.objects.filter(document__kind=DocumentKind.CHARTER)
        version = charters.select_for_update(of=("self",), no_key=True).filter(pk=version_id).first()
        if version is None or version.state != VersionState.ADOPTED:
            return 0
        holders = running_holders()
        asked = set(CharterRequest.objects.filter(version=version).values_list("person_id", flat=True))
        told = email_reached(holders - asked - people.have_agreed(holders, version.pk))
        _ask("relays.charter_adopted", told, version, by=None, now=now)
        journal.record("charter.asked", subject=version, at=now, people=len(told))
    return len(told)


def remind_holders(*, by: User, expected: int, now: datetime) -> int:
    """Remind the holders whom an organiser reaches who have not agreed and were not written to for a week; say how many.

    Two organisers at once remind each of them once. `expected` is the number that was shown.
    Facts: charter.reminded.  Raises: Conflict (`no_charter`, `number_differs`).
    """
    with transaction.atomic():
        version = _in_force_locked()
        told = to_remind(by, version, now=now)
        if len(told) != expected:
            raise Conflict(
                _("The number has changed: it is %(number)s now. Look again before you go on.") % {"number": len(told)},
                code="number_differs",
                number=len(told),
            )
        _ask("relays.charter_reminder", told, version, by=by, now=now)
        journal.record("charter.reminded", subject=version, at=now, actor_id=by.pk, people=len(told))
    return len(told)


def to_remind(user: User, version: DocumentVersion, *, now: datetime) -> list[UUID]:
    """Return whom a reminder by this organiser would reach now."""
    waiting = holders_who_have_not_agreed(user, version, now=now)
    quiet = {row["person_id"] for row in waiting if row["asked_at"] is None or row["asked_at"] <= now - REMIND_AGAIN}
    return email_reached(quiet)


def send_charter(*, application_id: UUID, by: User, now: datetime) -> CharterRequest:
    """Mail an applicant the link to the page where they read the charter and agree to it; once a day.

    Facts: charter.sent.  Raises: NotFound, Conflict (`no_charter`, `application_decided`, `charter_agreed`, `charter_sent`, `no_address`).
    """
    with transaction.atomic():
        version = _in_force_locked()
        person = _applicant(application_id)
        if people.agreement_of(person.pk, version.pk):
            raise Conflict(_("They have agreed to it already."), code="charter_agreed")
        if CharterRequest.objects.filter(person=person, version=version, sent_at__gt=now - CHARTER_AGAIN).exists():
            raise Conflict(_("It was sent to them less than a day ago. Let them read."), code="charter_sent")
        if not email_reached({person.pk}):
            raise Conflict(_("They have no e-mail address. Let them sign the paper, and enter its number."), code="no_address")
        (request,) = _ask("relays.charter_sent", [person.pk], version, by=by, now=now)
        journal.record("charter.sent", subject=request, at=now, actor_id=by.pk, person_id=person.pk, version_id=version.pk)
    return request


def note_paper(*, application_id: UUID, paper_number: str, by: User, now: datetime) -> Agreement:
    """Keep that an applicant agreed on paper to the charter in force.

    Facts: agreement.given.  Raises: NotFound, Invalid (`paper_number`), Conflict (`no_charter`, `application_decided`, `paper_known`).
    """
    with transaction.atomic():
        version = _in_force_locked()
        person = _applicant(application_id)
        return people_services.agree_to_version(
            person_id=person.pk,
            version_id=version.pk,
            source=AgreedBy.PAPER,
            language=person.language,
            paper_number=paper_number,
            by=by,
            now=now,
        )


def note_paper_of_holder(*, term_id: UUID, paper_number: str, by: User, now: datetime) -> Agreement:
    """Keep that whoever holds a seat agreed on paper to the charter in force; who has agreed already is left as they are.

    Facts: agreement.given.  Raises: NotFound, Invalid (`paper_number`), Conflict (`no_charter`, `term_ended`, `paper_known`).
    """
    with transaction.atomic():
        version = _in_force_locked()
        term = _running(term_id)
        return people_services.agree_to_version(
            person_id=term.person_id,
            version_id=version.pk,
            source=AgreedBy.PAPER,
            language=term.person.language,
            paper_number=paper_number,
            by=by,
            now=now,
        )


def qualify_applicant(*, application_id: UUID, code: str, by: User, now: datetime, ends_on: date | None = None) -> Qualification:
    """Write down that an applicant has what the network requires, as of today, until a day or for good.

    Facts: qualification.recorded.  Raises: NotFound (`not_required`), Conflict (`application_decided`), Invalid (`ends_on`).
    """
    with transaction.atomic():
        person = _applicant(application_id)
        network_id = Application.objects.values_list("seat__network_id", flat=True).get(pk=application_id)
        return _qualify(person.pk, network_id=network_id, code=code, ends_on=ends_on, source="relays.application", by=by, now=now)


def qualify_holder(*, term_id: UUID, code: str, by: User, now: datetime, ends_on: date | None = None) -> Qualification:
    """Write down that whoever holds a seat has what the network requires, as of today, until a day or for good.

    It is asked again when they stand in next door, or take over the seat in which they stand in.
    Facts: qualification.recorded.  Raises: NotFound (`not_required`), Conflict (`term_ended`), Invalid (`ends_on`).
    """
    with transaction.atomic():
        term = _running(term_id)
        return _qualify(term.person_id, network_id=term.seat.network_id, code=code, ends_on=ends_on, source="relays.term", by=by, now=now)


def disqualify_applicant(*, application_id: UUID, qualification_id: UUID, by: User, now: datetime) -> None:
    """Undo that a qualification of an applicant was written down. Facts: qualification.taken_back.  Raises: NotFound, Conflict."""
    with transaction.atomic():
        person = _applicant(application_id)
        people_services.take_back_qualification(qualification_id=qualification_id, person_id=person.pk, by=by, now=now)


def disqualify_holder(*, term_id: UUID, qualification_id: UUID, by: User, now: datetime) -> None:
    """Undo that a qualification of whoever holds a seat was written down; their term goes on.

    Facts: qualification.taken_back.  Raises: NotFound, Conflict (`term_ended`).
    """
    with transaction.atomic():
        term = _running(term_id)
        people_services.take_back_qualification(qualification_id=qualification_id, person_id=term.person_id, by=by, now=now)


def agree_by_link(*, person_id: UUID, version_id: UUID, language: str, now: datetime) -> Agreement:
    """Keep that whoever holds the link of a mail agreed, by a POST. Facts: agreement.given.  Raises: NotFound, Conflict."""
    return people_services.agree_to_version(person_id=person_id, version_id=version_id, source=AgreedBy.LINK, language=language, now=now)


def email_reached(person_ids: set[UUID]) -> list[UUID]:
    """Return those among these people who have an e-mail address, in an order that does not change."""
    return sorted(people.email_addresses(person_ids))


def _ask(purpose: str, person_ids: list[UUID], version: DocumentVersion, *, by: User | None, now: datetime) -> list[CharterRequest]:
    """Write down that these people are asked, and the mail to each."""
    requests = CharterRequest.objects.bulk_create(
        CharterRequest(person_id=id, version=version, sent_at=now, sent_by=by) for id in person_ids
    )
    messaging.queue_messages(purpose, [Recipient(person_id=each.person_id, about_id=each.pk) for each in requests], now=now)
    return requests


def _in_force_locked() -> DocumentVersion:
    found = (
        DocumentVersion.objects.select_for_update(of=("self",), no_key=True)
        .filter(document__kind=DocumentKind.CHARTER, state=VersionState.ADOPTED)
        .first()
    )
    if found is None:
        raise Conflict(_("No charter is in force: nothing is asked."), code="no_charter")
    return found


def _qualify(person_id: UUID, *, network_id: UUID, code: str, ends_on: date | None, source: str, by: User, now: datetime) -> Qualification:
    if not requirements_of(network_id).filter(code=code).exists():
        raise NotFound(_("This network does not ask for that."), code="not_required")
    today = people.day_of_house(now)
    return people_services.record_qualification(
        person_id=person_id, code=code, obtained_on=today, ends_on=ends_on, source=source, by=by, now=now
    )


def _running(term_id: UUID) -> Term:
    term = Term.objects.select_related("person", "seat").filter(pk=term_id).first()
    if term is None:
        raise NotFound(code="term_unknown")
    if term.ends_at is not None:
        raise Conflict(_("This term has ended: nothing is asked of them any more."), code="term_ended")
    return term


def _applicant(application_id: UUID) -> Person:
    application = Application.objects.select_related("person").filter(pk=application_id).first()
    if application is None:
        raise NotFound(code="application_unknown")
    if application.status not in WAITING_APPLICATION:
        raise Conflict(_("This application has already been decided."), code="application_decided")
    return application.person
