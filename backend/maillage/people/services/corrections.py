"""What is known of a person is put right: by themself, or for who has no account by the data-protection officer (GDPR, article 16)."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.kernel.errors import Conflict, Invalid
from maillage.kernel.text import typed
from maillage.people.domain import FORMS, RELAY_CONTACT, Channel, normal_value, words_changed
from maillage.people.domain.naming import wrong_names
from maillage.people.domain.silences import keep_refusals
from maillage.people.models import ConsentState, ContactPoint, Merge, Person
from maillage.people.selectors.family import family_ids
from maillage.people.selectors.organisation import organisation
from maillage.people.selectors.places import lives_at
from maillage.people.selectors.sides import side_of
from maillage.people.selectors.wordings import standing_wording
from maillage.people.services.consents import change_consent, record_consent
from maillage.people.services.merge_steps import Steps
from maillage.people.services.standing import lock_standing

NUMBERS = (Channel.PHONE, Channel.SMS)
"""The ways to reach somebody that are put right here; an e-mail address is proved first."""


def correct_name(*, person_id: UUID, given_name: str, family_name: str, by_id: UUID | None, now: datetime) -> bool:
    """Put a person's names right, as they are searched too; say whether anything changed.

    Facts: person.corrected.  Raises: Invalid by field, Conflict (`join_unsettled`).
    """
    if fields := wrong_names(given_name=given_name, family_name=family_name):
        raise Invalid(_("Some fields need another look."), fields=fields)
    given_name, family_name = typed(given_name).strip(), typed(family_name).strip()
    with correcting(person_id) as person:
        if (person.given_name, person.family_name) == (given_name, family_name):
            return False
        person.given_name, person.family_name = given_name, family_name
        person.save(update_fields=["given_name", "family_name", "folded_name"])
        record_corrected(person, "name", by_id=by_id, now=now)
    return True


def correct_place(*, person_id: UUID, commune: str, constituency: str, by_id: UUID | None, now: datetime) -> bool:
    """Put right where a person lives, by codes; say whether anything changed.

    From then on who organises or holds the former place reads them no more, and who does at the new one does. What was done
    for the former place stays with it: a term and its role with their seat, an application with the seat asked for.
    Facts: person.corrected.  Raises: Invalid by field, Conflict (`join_unsettled`).
    """
    home = lives_at(commune=commune, constituency=constituency)
    with correcting(person_id) as person:
        if (person.area_id, person.locality_id) == (home.area.pk, home.locality.pk if home.locality else None):
            return False
        person.area, person.locality, person.placed_by, person.placed_with = home.area, home.locality, home.placed_by, home.placed_with
        person.save(update_fields=["area", "locality", "placed_by", "placed_with"])
        record_corrected(person, "place", by_id=by_id, now=now)
    return True


def correct_number(
    *,
    person_id: UUID,
    channel: Channel,
    number: str,
    by_id: UUID | None,
    source: str,
    now: datetime,
    instead_of: str = "",
    is_proved: bool = False,
    agreed_words: str = "",
) -> bool:
    """Add a number, put another in the place of one (`instead_of`), or take that one away (`number` empty); say whether anything changed.

    A number is proved only where somebody was reached at it (`is_proved`). What was agreed to on this channel ends with the number
    to which it was given: whoever has the new one may be somebody else, and the log names a channel, not a number. What shows it to
    somebody, such as a companion, shows neither from then on. What was asked for on a form, such as a seat, stays asked, since the
    call is owed to the person; where no number is left on the channel, it is by the other ways on which it was agreed to, if there is
    one. `agreed_words`: the version of the wording of `RELAY_CONTACT` that was read and ticked beside the
    new number.
    Facts: person.corrected, consent.withdrawn, consent.given.  Raises: Invalid by field, Conflict (`join_unsettled`).
    """
    if channel not in NUMBERS:
        raise Invalid(fields={"channel": [_("This is not put right here.")]})
    value = _number(channel, number) if number.strip() else ""
    wording = standing_wording(RELAY_CONTACT.purpose) if agreed_words and value else None
    if wording and (changed := words_changed({"agreed_words": agreed_words}, {"agreed_words": wording})):
        raise Invalid(fields=changed)
    with correcting(person_id) as person:
        points = ContactPoint.objects.filter(person=person, channel=channel)
        former = points.filter(value=instead_of).first() if instead_of else None
        if instead_of and former is None:
            raise Invalid(fields={"instead_of": [_("This number is not known any more. Open the page again.")]})
        if former is None and not value:
            raise Invalid(fields={"number": [_("Write the number.")]})
        is_same = former is not None and former.value == value
        if is_same and not (wording or (is_proved and former and former.verified_at is None)):
            return False
        if value and not is_same and points.filter(value=value).exists():
            raise Invalid(fields={"number": [_("This number is known already.")]})
        if former is not None and is_same:
            former.verified_at = now if is_proved else former.verified_at
            former.save(update_fields=["verified_at"])
        else:
            if former is not None:
                keep_refusals(person.pk, [former.value], now)
                is_last = not value and not points.exclude(pk=former.pk).exists()
                _end_agreements(person, channel, is_last=is_last, source=source, now=now)
                give_up_behind(person.pk, channel, former.value)
                former.delete()  # not rewritten: who is shown its row was to see this number, and sees none now
            has_preferred = points.filter(is_preferred=True).exists()
            if value:
                verified_at = now if is_proved else None
                ContactPoint.objects.create(
                    person=person, channel=channel, value=value, verified_at=verified_at, is_preferred=not has_preferred
                )
            elif not has_preferred:
                points.filter(pk__in=points.order_by("pk").values("pk")[:1]).update(is_preferred=True)
        if wording:
            record_consent(person_id=person.pk, purpose=wording.purpose, channel=channel, wording=wording.version, source=source, now=now)
        record_corrected(person, "number", by_id=by_id, now=now)
    return True


@contextmanager
def correcting(person_id: UUID) -> Iterator[Person]:
    """Hold a person's record while it is put right.  Raises: Conflict (`join_unsettled`).

    Of two records that an organiser joined, nobody knows yet whose the names and numbers are that stand there.
    """
    with transaction.atomic():
        person = lock_standing(person_id)
        if side_of(person.pk).unsettled:
            sentence = _("Two records were joined. Until it is settled whether both are of one person, nothing is put right here.")
            raise Conflict(sentence, code="join_unsettled")
        yield person


def give_up_behind(person_id: UUID, channel: Channel, value: str) -> None:
    """Let an address or number that somebody parts with prove nothing on the records hidden behind theirs either.

    A hidden record kept it where both held the same. It is written down with its join: taken apart, that record has it as before.
    """
    for merge in Merge.objects.filter(absorbed__in=family_ids(person_id), undone_at__isnull=True).order_by("pk"):
        same = ContactPoint.objects.filter(person_id=merge.absorbed_id, channel=channel, value=value, verified_at__isnull=False)
        steps = Steps(merge)
        for point in same:
            steps.change(ContactPoint, [point.pk], "verified_at", before=point.verified_at, after=None)
        steps.keep()


def _number(channel: Channel, raw: str) -> str:
    try:
        return normal_value(channel, typed(raw), country=organisation().country)
    except Invalid as invalid:
        raise Invalid(fields={"number": list(invalid.fields[str(channel)])}) from None


def _end_agreements(person: Person, channel: Channel, *, is_last: bool, source: str, now: datetime) -> None:
    """End what was agreed to with a number, and what shows it to others; what was asked for on a form stays asked.

    `is_last`: no number is left on the channel. A form that was agreed to on another way too stands by that one alone from then on.
    """
    stay = {purpose for purpose, form in FORMS.items() if not form.shows_contact}
    if is_last:
        elsewhere = ConsentState.objects.filter(person=person, purpose__in=stay, is_given=True).exclude(channel=channel)
        stay -= set(elsewhere.values_list("purpose", flat=True))
    given = ConsentState.objects.filter(person=person, channel=channel, is_given=True).exclude(purpose__in=stay)
    for purpose in given.order_by("purpose").values_list("purpose", flat=True):
        change_consent(person_id=person.pk, purpose=purpose, channel=channel, is_given=False, source=source, now=now)


def record_corrected(person: Person, what: str, *, by_id: UUID | None, now: datetime) -> None:
    """Write down which thing of a person was put right, and have them compared with everybody anew. Facts: person.corrected."""
    journal.record("person.corrected", subject=person, at=now, actor_id=by_id, what=what)
    journal.jobs.enqueue("people.compare_person", person_id=person.pk)
