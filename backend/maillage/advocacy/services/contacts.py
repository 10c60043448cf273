"""When one spoke with an office holder: logged, continued, corrected; and what a report of a meeting leaves (ADR 36)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import ProtectedError, Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.advocacy.domain import ContactKind, Initiative, KnownBy, ReadableBy, Stance, StepKind
from maillage.advocacy.domain.contacts import REMOVED_WITHIN, Step, contact_troubles, counts_on
from maillage.advocacy.domain.positions import CORRECTED
from maillage.advocacy.models import Contact, ContactStep, Position
from maillage.advocacy.services.positions import is_disputed, locked_position, take_back, write_position
from maillage.advocacy.services.subjects import require_open_subject, version_conflict
from maillage.kernel import dates
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.territories.models import Area


def log_contact(
    *,
    holder_id: UUID,
    area: Area,
    initiative: Initiative,
    kind: ContactKind,
    readable_by: ReadableBy,
    steps: Sequence[Step],
    author_id: UUID | None,
    by: User,
    now: datetime,
    subject_id: UUID | None = None,
    decision: str = "",
) -> Contact:
    """Write down one entry into communication with an office holder of a place.

    Facts: contact.logged.  Raises: Invalid by field, Conflict (`subject_closed`).
    """
    _check(area, subject_id=subject_id, decision=decision.strip(), steps=steps, now=now)
    with transaction.atomic():
        if subject_id is not None:
            require_open_subject(subject_id)
        contact = Contact(
            holder_id=holder_id,
            area=area,
            initiative=initiative,
            kind=kind,
            subject_id=subject_id,
            decision=decision.strip(),
            readable_by=readable_by,
            author_id=author_id,
            by=by,
            logged_at=now,
        )
        _count(contact, steps)
        contact.save(force_insert=True)
        _write_steps(contact, steps, author_id=author_id, by=by)
        _logged(contact, now=now)
    return contact


def add_step(*, contact_id: UUID, step: Step, author_id: UUID | None, by: User, now: datetime) -> Contact:
    """Say what happened next at a contact. Facts: contact.continued.  Raises: NotFound, Invalid by field."""
    with transaction.atomic():
        contact = locked_contact(contact_id)
        steps = [*_steps(contact), step]
        _check(contact.area, subject_id=contact.subject_id, decision=contact.decision, steps=steps, now=now)
        _write_steps(contact, [step], author_id=author_id, by=by)
        _count(contact, steps)
        contact.version += 1
        contact.save(update_fields=["counts_on", "latest_on", "version"])
        journal.record("contact.continued", subject=contact, at=now, actor_id=by.pk)
    return contact


def take_step_back(*, contact_id: UUID, step_id: int, now: datetime) -> None:
    """Take away a step that one press wrote, which is said otherwise now. Facts: contact.corrected.  Raises: NotFound."""
    with transaction.atomic():
        contact = locked_contact(contact_id)
        contact.steps.filter(pk=step_id).delete()
        _count(contact, _steps(contact))
        _corrected(contact, now=now)


def correct_contact(
    *,
    contact_id: UUID,
    version: int,
    initiative: Initiative,
    kind: ContactKind,
    readable_by: ReadableBy,
    steps: Sequence[Step],
    author_id: UUID | None,
    by: User,
    now: datetime,
    subject_id: UUID | None = None,
    decision: str = "",
) -> Contact:
    """Put one's own contact right; the steps given replace those that its author wrote. What stood is not kept, that it did is a fact.

    Facts: contact.corrected.  Raises: NotFound, Invalid by field, Conflict (`version_conflict`, `subject_closed`).
    """
    with transaction.atomic():
        contact = locked_contact(contact_id)
        if contact.version != version:
            raise version_conflict(contact.version)
        if subject_id is not None and subject_id != contact.subject_id:
            require_open_subject(subject_id)
        own = contact.steps.filter(_written_by(author_id, by))
        others = _steps(contact, but=[step.pk for step in own])
        _check(contact.area, subject_id=subject_id, decision=decision.strip(), steps=[*others, *steps], now=now)
        own.delete()
        _write_steps(contact, steps, author_id=author_id, by=by)
        contact.initiative, contact.kind, contact.readable_by = initiative, kind, readable_by
        contact.subject_id, contact.decision = subject_id, decision.strip()
        _count(contact, [*others, *steps])
        _corrected(contact, now=now)
    return contact


def remove_contact(*, contact_id: UUID, author_id: UUID | None, by: User, now: datetime) -> None:
    """Take away a contact that was logged by mistake, within a day, while nothing hangs on it and nobody else wrote at it.

    Facts: contact.removed.  Raises: NotFound, Conflict (`too_late`, `contact_kept`).
    """
    with transaction.atomic():
        contact = locked_contact(contact_id)
        if contact.logged_at + REMOVED_WITHIN <= now:
            raise Conflict(_("A contact is taken away within a day. You can still correct it."), code="too_late")
        if contact.steps.exclude(_written_by(author_id, by)).exists():
            raise Conflict(_("Somebody else has added what happened next. Correct your own words instead."), code="contact_kept")
        journal.record("contact.removed", subject=contact, at=now, actor_id=by.pk)
        try:
            contact.delete()
        except ProtectedError as kept:
            raise Conflict(_("A position or a report hangs on this contact. Correct it instead."), code="contact_kept") from kept


def write_meeting(
    *,
    contact_id: UUID | None,
    holder_id: UUID,
    area: Area,
    known_by: KnownBy | None,
    stance: Stance | None,
    quote: str,
    subject_id: UUID | None,
    decision: str,
    author_id: UUID,
    held_on: date,
    now: datetime,
) -> UUID | None:
    """Keep what a report says of a meeting: a contact, and where a stance was heard on a subject, a position. Return the contact's id.

    `known_by`: whom one met, None where nobody was. Given `contact_id`, the report corrects what it wrote before: a position that is
    said otherwise is undone and the new one written (other words alone change no position that is disputed, or that somebody undid),
    and a meeting of which nobody came becomes a request without an answer. Nobody met, and nothing written before, is nothing. The
    same again changes nothing. A closed subject bars no report: it was asked before.
    `held_on`: the day that the report says; one that says another day moves what it wrote.
    Facts: contact.logged, contact.corrected, position.said, position.undone.
    """
    kinds = [StepKind.MEETING] if known_by else [StepKind.REQUEST, StepKind.NO_ANSWER]
    with transaction.atomic():
        contact = locked_contact(contact_id) if contact_id else None
        written = _reported(contact, author_id=author_id) if contact else []
        steps = [Step(kind=kind, on=held_on, words=quote) for kind in kinds]
        if contact is None:
            if known_by is None:
                return None
            contact = Contact(
                holder_id=holder_id,
                area=area,
                initiative=Initiative.OURS,
                kind=ContactKind.MEETING,
                subject_id=subject_id,
                decision="" if subject_id else decision,
                readable_by=ReadableBy.RELAYS,
                author_id=author_id,
                by_report=True,
                logged_at=now,
            )
            _count(contact, steps)
            contact.save(force_insert=True)
            _write_steps(contact, steps, author_id=author_id, by=None)
            _logged(contact, now=now)
        else:
            _correct_meeting(contact, written, steps, author_id=author_id, now=now)
        heard = stance if subject_id and known_by else None
        _hear(contact, subject_id, heard, known_by=known_by, quote=quote, author_id=author_id, said_on=held_on, now=now)
    return contact.pk


def _reported(contact: Contact, *, author_id: UUID) -> list[ContactStep]:
    """The steps that a report wrote."""
    return list(contact.steps.filter(author_id=author_id, by=None).order_by("pk"))  # who logs by hand is a user


def _correct_meeting(contact: Contact, written: list[ContactStep], steps: list[Step], *, author_id: UUID, now: datetime) -> None:
    """Put the steps that the report wrote right; what others added stays."""
    if [_step(step) for step in written] == steps:
        return
    others = _steps(contact, but=[step.pk for step in written])
    contact.steps.filter(pk__in=[step.pk for step in written]).delete()
    _write_steps(contact, steps, author_id=author_id, by=None)
    _count(contact, [*others, *steps])
    _corrected(contact, now=now)


def _hear(
    contact: Contact,
    subject_id: UUID | None,
    stance: Stance | None,
    *,
    known_by: KnownBy | None,
    quote: str,
    author_id: UUID,
    said_on: date,
    now: datetime,
) -> None:
    """Let the one position that stands of a meeting be what the report says, where it is not already.

    Other words, or another day, for the same stance end no dispute, and bring nothing back that somebody undid.
    """
    written = Position.objects.filter(contact=contact, author_id=author_id, by=None).order_by("pk")  # who says it by hand is a user
    is_there = False
    for position_id in written.values_list("pk", flat=True):
        position = locked_position(position_id)
        is_undone = position.undone_at is not None
        if is_undone and position.undone_why == CORRECTED:
            continue
        is_same = (position.subject_id, position.stance) == (subject_id, stance)
        if is_same and (
            is_undone or is_disputed(position) or (position.known_by, position.quote, position.said_on) == (known_by, quote, said_on)
        ):
            is_there = True
        elif not is_undone:
            take_back(position, why=CORRECTED, by=None, is_by_author=True, now=now)
    if stance is None or known_by is None or subject_id is None or is_there:
        return
    write_position(
        Position(
            holder_id=contact.holder_id,
            subject_id=subject_id,
            area=contact.area,
            stance=stance,
            known_by=known_by,
            said_on=said_on,
            quote=quote,
            contact=contact,
            author_id=author_id,
            recorded_at=now,
        ),
        now=now,
    )


def _written_by(author_id: UUID | None, by: User) -> Q:
    """What a user wrote: by their account, or as a person, as `selectors.is_own` says it."""
    return Q(by=by) | Q(author_id=author_id) if author_id else Q(by=by)


def _check(area: Area, *, subject_id: UUID | None, decision: str, steps: Sequence[Step], now: datetime) -> None:
    today = dates.day_in(now, area.time_zone)
    if troubles := contact_troubles(has_subject=subject_id is not None, decision=decision, steps=steps, today=today):
        raise Invalid(_("Some fields need another look."), fields=troubles)


def _count(contact: Contact, steps: Sequence[Step]) -> None:
    contact.counts_on = counts_on(ContactKind(contact.kind), steps)
    contact.latest_on = max(step.on for step in steps)


def _steps(contact: Contact, *, but: Sequence[int] = ()) -> list[Step]:
    return [_step(step) for step in contact.steps.exclude(pk__in=but).order_by("pk")]


def _step(step: ContactStep) -> Step:
    return Step(kind=StepKind(step.kind), on=step.on, words=step.words)


def _write_steps(contact: Contact, steps: Sequence[Step], *, author_id: UUID | None, by: User | None) -> None:
    ContactStep.objects.bulk_create(
        ContactStep(contact=contact, kind=step.kind, on=step.on, words=step.words.strip(), author_id=author_id, by=by) for step in steps
    )


def _logged(contact: Contact, *, now: datetime) -> None:
    journal.record("contact.logged", subject=contact, at=now, holder_id=contact.holder_id, area_id=contact.area_id, kind=str(contact.kind))


def _corrected(contact: Contact, *, now: datetime) -> None:
    contact.version += 1
    contact.corrected_at = now
    contact.save()
    journal.record("contact.corrected", subject=contact, at=now, version=contact.version)


def locked_contact(contact_id: UUID) -> Contact:
    """Return a contact, locked until the transaction ends. Raises: NotFound."""
    found = Contact.objects.select_for_update(of=("self",), no_key=True).select_related("area").filter(pk=contact_id).first()
    if found is None:
        raise NotFound(code="contact_unknown")
    return found
