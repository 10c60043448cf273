"""A person agrees to the version in force, and what they have learnt is written down."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.people.domain import AgreedBy, DocumentKind, VersionState
from maillage.people.models import Agreement, DocumentVersion, Person, Qualification


def agree_to_version(
    *,
    person_id: UUID,
    version_id: UUID,
    source: AgreedBy,
    language: str,
    now: datetime,
    paper_number: str = "",
    by: User | None = None,
) -> Agreement:
    """Keep that a person agreed to the version in force, which they read in a language; on paper, with its number. Safe to repeat.

    Facts: agreement.given.  Raises: NotFound, Conflict (`not_in_force`, `paper_known`), Invalid (`paper_number`).
    """
    number = paper_number.strip()
    if source == AgreedBy.PAPER and not number:
        raise Invalid(fields={"paper_number": [_("Copy the number of the paper that was signed.")]})
    with transaction.atomic():
        # Adopting another version changes this row too: whoever agrees at that very moment waits, and reads which one is in force.
        charters = DocumentVersion.objects.filter(document__kind=DocumentKind.CHARTER)
        version = charters.select_for_update(of=("self",), no_key=True).filter(pk=version_id).first()
        if version is None:
            raise NotFound(code="version_unknown")
        known = Agreement.objects.filter(person_id=person_id, version=version).first()
        if known is not None:
            return known
        if version.state != VersionState.ADOPTED:
            raise Conflict(_("Another version is in force now. Read that one, and agree to it."), code="not_in_force")
        agreement = _keep(
            Agreement(
                person_id=person_id,
                version=version,
                at=now,
                source=source,
                language=language,
                paper_number=number if source == AgreedBy.PAPER else "",
                noted_by=by,
            )
        )
        journal.record(
            "agreement.given",
            subject=agreement,
            at=now,
            actor_id=by.pk if by else None,
            person_id=person_id,
            version_id=version.pk,
            source=str(source),
        )
    return agreement


def record_qualification(
    *, person_id: UUID, code: str, obtained_on: date, source: str, now: datetime, ends_on: date | None = None, by: User | None = None
) -> Qualification:
    """Write down that a person has learnt something, until a day or for good.

    Facts: qualification.recorded.  Raises: Invalid (the days).
    """
    if ends_on is not None and ends_on < obtained_on:
        raise Invalid(fields={"ends_on": [_("It ends after the day on which it was obtained.")]})
    with transaction.atomic():
        qualification = Qualification.objects.create(
            person_id=person_id, code=code, obtained_on=obtained_on, ends_on=ends_on, recorded_at=now, given_by=by, source=source
        )
        journal.record(
            "qualification.recorded", subject=qualification, at=now, actor_id=by.pk if by else None, person_id=person_id, code=code
        )
    return qualification


def take_back_qualification(*, qualification_id: UUID, person_id: UUID, by: User, now: datetime) -> None:
    """Undo that a qualification was written down, by mistake. Facts: qualification.taken_back.  Raises: NotFound."""
    with transaction.atomic():
        found = Qualification.objects.select_for_update(of=("self",)).filter(pk=qualification_id, person_id=person_id).first()
        if found is None:
            raise NotFound(code="qualification_unknown")
        journal.record("qualification.taken_back", subject=found, at=now, actor_id=by.pk, person_id=person_id, code=found.code)
        found.delete()


def erase_agreements(*, person_id: UUID) -> None:
    """Apply the fates: numbers of papers and qualifications go; that somebody agreed stays, with ids and instants."""
    Agreement.objects.filter(person_id=person_id).update(paper_number="")
    Qualification.objects.filter(person_id=person_id).delete()


def _keep(agreement: Agreement) -> Agreement:
    if not Person.objects.filter(pk=agreement.person_id, erased_at__isnull=True).exists():
        raise NotFound(code="person_unknown")
    try:
        with transaction.atomic():
            agreement.save(force_insert=True)
    except IntegrityError:
        same = Agreement.objects.filter(person_id=agreement.person_id, version_id=agreement.version_id).first()
        if same is not None:
            return same
        raise Conflict(_("Another person's agreement has this paper's number. Look at the paper again."), code="paper_known") from None
    return agreement
