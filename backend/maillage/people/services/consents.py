"""Consent given and withdrawn: one line of the log and the state that it leaves, together (decision 13)."""

import logging
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, Max, OuterRef
from django.utils.translation import gettext as _

from maillage import journal
from maillage.kernel.errors import Conflict, Invalid
from maillage.people.domain import FORMS, Channel, ConsentAct, Form, words_changed
from maillage.people.domain.merging import MERGE_SOURCE, UNMERGE_SOURCE
from maillage.people.models import Consent, ConsentState, ContactPoint, Controller, Merge
from maillage.people.selectors.consents import consent_mismatches, may_contact
from maillage.people.selectors.family import standing_id
from maillage.people.selectors.organisation import organisation
from maillage.people.selectors.sides import side_of
from maillage.people.selectors.wordings import standing_wording
from maillage.people.services.standing import lock_standing

logger = logging.getLogger(__name__)


def record_consent(*, person_id: UUID, purpose: str, channel: Channel, wording: str, source: str, now: datetime) -> Consent:
    """Keep that a person agreed to a purpose on a channel, having read a wording (its version) on a form (its name).

    Called once the person is proved: a box ticked in somebody's name is no consent.
    Facts: consent.given.  Raises: Person.DoesNotExist.
    """
    return _write(ConsentAct.GIVEN, person_id=person_id, purpose=purpose, channel=channel, wording=wording, source=source, now=now)


def withdraw_consent(*, person_id: UUID, purpose: str, channel: Channel, source: str, now: datetime, wording: str = "") -> Consent:
    """Keep that a person wants no more of a purpose on a channel, whether or not they had agreed.

    Facts: consent.withdrawn.  Raises: Person.DoesNotExist.
    """
    return _write(ConsentAct.WITHDRAWN, person_id=person_id, purpose=purpose, channel=channel, wording=wording, source=source, now=now)


def drop_consent(*, person_id: UUID, purpose: str, channel: Channel, act: ConsentAct, source: str, now: datetime) -> Consent:
    """Keep that a record says nothing of a purpose any more, without having taken it back: `act` says why (undone, moved).

    Facts: consent.undone, consent.moved.  Raises: Person.DoesNotExist.
    """
    return _write(act, person_id=person_id, purpose=purpose, channel=channel, wording="", source=source, now=now)


def choose_consent(
    *, person_id: UUID, purpose: str, channel: Channel, is_given: bool, source: str, now: datetime, read: str | None = None
) -> None:
    """Keep what a person chooses among the standing wordings; what they had chosen already is not written again.

    `read`: the version of the wording that they were shown.
    Facts: consent.given, consent.withdrawn.
    Raises: Invalid (no such wording; to agree, no proved contact point on the channel), Conflict (`join_unsettled`).
    """
    wording = standing_wording(purpose)
    if wording is None or not wording.stands_by(channel):
        raise Invalid(code="unknown_consent", fields={"purpose": [_("This is not chosen here.")]})
    if is_given and read is not None and (changed := words_changed({"purpose": read}, {"purpose": wording})):
        raise Invalid(fields=changed)
    if is_given and not ContactPoint.objects.filter(person_id=person_id, channel=channel, verified_at__isnull=False).exists():
        raise Invalid(code="no_contact", fields={"channel": [_("You have given no confirmed contact of this kind.")]})
    with transaction.atomic():
        person_id = lock_standing(person_id).pk
        is_said = may_contact(person_id=person_id, purpose=purpose, channel=channel) == is_given
        if is_said and (is_given or not _is_refused_by_join(person_id, purpose, channel)):
            return
        if is_given and is_held_back(person_id=person_id, purpose=purpose, channel=channel):
            raise join_unsettled()
        act = ConsentAct.GIVEN if is_given else ConsentAct.WITHDRAWN
        said = wording.version if is_given else ""  # who takes it back says nothing of what stands there now
        _write(act, person_id=person_id, purpose=purpose, channel=channel, wording=said, source=source, now=now)


def change_consent(
    *, person_id: UUID, purpose: str, channel: Channel, is_given: bool, source: str, now: datetime, read: str | None = None
) -> bool:
    """Take a consent back, or give it again, with what came with its form; say whether that changed anything.

    What was asked with a form goes with the last way on which it was agreed to (`Form.goes`).
    What it cannot bring back any more (`Form.can_come_back`) is not given here.
    What is taken back need not have been given: so is a service mail stopped. What is given again is the wording that was
    shown (`read`), else the one agreed to last, else the standing one; what has none is left alone.
    Facts: consent.given, consent.withdrawn, and those of the form's hall.  Raises: Conflict (`join_unsettled`).
    """
    with transaction.atomic():
        person_id = lock_standing(person_id).pk
        state = ConsentState.objects.filter(person_id=person_id, purpose=purpose, channel=channel).first()
        if state is not None and state.is_given == is_given and (is_given or not _is_refused_by_join(person_id, purpose, channel)):
            return False
        if is_given and is_held_back(person_id=person_id, purpose=purpose, channel=channel):
            raise join_unsettled()
        form = FORMS.get(purpose)
        if not is_given:
            withdraw_consent(person_id=person_id, purpose=purpose, channel=channel, source=source, now=now)
            given = ConsentState.objects.filter(person_id=person_id, purpose=purpose, is_given=True)
            if form and form.goes(is_given_elsewhere=given.exists()):
                form.take_back(person_id, now)
            return True
        if form and not form.can_come_back(person_id, channel):
            return False
        wording = read or agreed_last(person_id, purpose, channel)
        if wording:
            taken_at = _taken_at(form, state) if form and state else None
            record_consent(person_id=person_id, purpose=purpose, channel=channel, wording=wording, source=source, now=now)
            if form and taken_at:
                form.give_back(person_id, taken_at, now)
        return bool(wording)


def is_held_back(*, person_id: UUID, purpose: str, channel: Channel) -> bool:
    """Say whether nobody can give this now: either of two records whose join is not settled had it taken back, perhaps another's.

    The record that stands says no wherever one of them did, before or since: a withdrawal always wins (ADR 17).
    """
    stands = standing_id(person_id)
    if not ConsentState.objects.filter(person_id=stands, purpose=purpose, channel=channel, is_given=False).exists():
        return False
    return bool(side_of(stands).unsettled)


def join_unsettled() -> Conflict:
    """Why what is held back is not given."""
    return Conflict(
        _("An organiser joined two records, and whether both are yours is not settled: until then, what either took back stays so."),
        code="join_unsettled",
    )


def withdraw_with_form(*, person_id: UUID, purpose: str, channel: Channel, given_by: Collection[str], source: str, now: datetime) -> bool:
    """Withdraw the consent that a form brought, since what was asked with it is taken back; say whether it was.

    `given_by` are the sources of that form, by whichever way it came. It stays where another source gave it too since it was
    last withdrawn, and where it is not given.
    Facts: consent.withdrawn.
    """
    with transaction.atomic():
        person_id = lock_standing(person_id).pk
        if not may_contact(person_id=person_id, purpose=purpose, channel=channel):
            return False
        lines = Consent.objects.filter(person_id=person_id, purpose=purpose, channel=channel)
        since = lines.filter(act=ConsentAct.WITHDRAWN).aggregate(last=Max("id"))["last"] or 0
        if lines.filter(act=ConsentAct.GIVEN, id__gt=since).exclude(source__in=[*given_by, MERGE_SOURCE, UNMERGE_SOURCE]).exists():
            return False
        withdraw_consent(person_id=person_id, purpose=purpose, channel=channel, source=source, now=now)
        return True


def check_consents(*, now: datetime) -> int:
    """Compare every state with the log and say how many differ; a difference is a defect, told to the operators.

    Facts: consents.checked.
    """
    differing = consent_mismatches(limit=1000)
    if differing:
        logger.error("consent states differ from the log: %d, the first of person %s", len(differing), differing[0].person_id)
    journal.record("consents.checked", subject=the_controller(), at=now, differing=len(differing))
    return len(differing)


def the_controller() -> Controller:
    """Return who answers in law for the data: the organisation; written down at first use (decision 1)."""
    controller, _ = Controller.objects.get_or_create(name=organisation().name)
    return controller


def agreed_last(person_id: UUID, purpose: str, channel: Channel) -> str:
    """Return the version of the wording that the person read last, else of the standing one; empty when there is neither."""
    given = Consent.objects.filter(person_id=person_id, purpose=purpose, channel=channel, act=ConsentAct.GIVEN).order_by("-id")
    standing = standing_wording(purpose)
    return given.values_list("wording", flat=True).first() or (standing.version if standing else "")


def _taken_at(form: Form, refused: ConsentState) -> datetime:
    """Return when went what was asked with a form: with the way itself, or with the last of those on which it had been agreed to."""
    if form.shows_contact:
        return refused.changed_at
    key = {"person_id": refused.person_id, "purpose": refused.purpose}
    agreed = Consent.objects.filter(**key, channel=OuterRef("channel"), act=ConsentAct.GIVEN)
    lost = ConsentState.objects.filter(Exists(agreed), **key, is_given=False).aggregate(last=Max("changed_at"))
    return lost["last"] or refused.changed_at


def _is_refused_by_join(person_id: UUID, purpose: str, channel: Channel) -> bool:
    """Say whether a record says no since it was joined to another, and nobody has said so since: taken apart, one says yes again."""
    upto = (
        Merge.objects.filter(person_id=person_id, undone_at__isnull=True).order_by("-pk").values_list("consents__upto", flat=True).first()
    )
    key = {"person_id": person_id, "purpose": purpose, "channel": channel}
    if upto is None or not ConsentState.objects.filter(**key, is_given=False).exists():
        return False
    said = Consent.objects.filter(**key, act=ConsentAct.WITHDRAWN, id__gt=upto)
    return not said.exclude(source__in=[MERGE_SOURCE, UNMERGE_SOURCE]).exists()


def _write(act: ConsentAct, *, person_id: UUID, purpose: str, channel: Channel, wording: str, source: str, now: datetime) -> Consent:
    with transaction.atomic():
        # The person's row is the lock: lines of the log get their numbers in the order in which states change.
        person = lock_standing(person_id)
        controller = the_controller()
        consent = Consent.objects.create(
            person_id=person.pk,
            controller=controller,
            purpose=purpose,
            channel=channel,
            act=act,
            wording=wording,
            source=source,
            at=now,
        )
        if act in (ConsentAct.GIVEN, ConsentAct.WITHDRAWN):
            ConsentState.objects.update_or_create(
                person=person, purpose=purpose, channel=channel, defaults={"is_given": act == ConsentAct.GIVEN, "changed_at": now}
            )
        else:
            ConsentState.objects.filter(person=person, purpose=purpose, channel=channel).delete()
        journal.record(f"consent.{act}", subject=person, at=now, consent_id=consent.pk, purpose=purpose, channel=str(channel))
    return consent
