"""What people choose without a login, from the link in their mails."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Invalid, NotFound, Refusal
from maillage.kernel.limits import happens_at_most
from maillage.messaging.domain import BY_HAND, PURPOSES
from maillage.messaging.domain.preferences import CHANGES_AN_HOUR, LINKS_A_DAY, OWN_DATA_MAIL
from maillage.messaging.models import Message
from maillage.messaging.selectors.preferences import Choice, preferences_of
from maillage.messaging.services.by_hand import refuse_stopped
from maillage.messaging.services.queue import known_language, queue_message
from maillage.people import services as people
from maillage.people.domain import FORMS, WORDINGS, Channel, normal_value
from maillage.people.models import ConsentState, Person
from maillage.people.selectors import own_address, people_reached, running_reason, side_of, standing_id

SOURCE = "preferences"
"""The page, as the log of consents names it."""
SAID = "said"
"""Said to a relay, an organiser or the data-protection officer, who wrote it down: as the log of consents names it."""

CHANGED = "messaging.preferences_changed"
LINK = "messaging.preferences_link"


class ChangedTooOften(Refusal):
    """Choices were changed too often in this hour."""

    status = 429
    code = "changed_too_often"


def save_choices(
    *, record_id: UUID, wanted: Mapping[str, bool], language: str, now: datetime, read: Mapping[str, str] | None = None
) -> int:
    """Give or take back what was ticked or unticked (by `Choice.key`), keep the language, and say how much changed.

    `read`: by box, the version of the wording that the page showed.
    `record_id` is the record that the link proves. Boxes that are not theirs are left alone. Whatever changed is told to the
    person's own address, since the link may have been forwarded.
    Facts: consent.given, consent.withdrawn, person.language_chosen.
    Raises: ChangedTooOften, Person.DoesNotExist, Conflict (`people_busy`; of some boxes, while all else is kept: `join_unsettled`,
    `wording_changed`).
    """
    with transaction.atomic():
        person_id = _locked(record_id)
        offered = people.read_as_own(record_id, preferences_of, now=now)
        asked = [(choice, wanted[choice.key]) for choice in [*offered.consents, *offered.mails] if choice.key in wanted]
        changes = [(choice, is_given) for choice, is_given in asked if choice.is_given != is_given]
        if any(is_given for _choice, is_given in changes) and _changed_lately(record_id, now=now) >= CHANGES_AN_HOUR:
            raise ChangedTooOften(_("Your choices were changed too often in this hour. Nothing was changed; try again later."))
        shown = {choice.key: choice.version for choice, _is_given in changes} if read is None else read
        changed = {choice.key for choice, is_given in changes if is_given and shown.get(choice.key, "") != choice.version}
        changes = [(choice, is_given) for choice, is_given in changes if choice.key not in changed]
        held_back = {choice.key for choice, is_given in changes if is_given and _is_held_back(choice, person_id)}
        changes = [(choice, is_given) for choice, is_given in changes if choice.key not in held_back]
        # Taken back last: whoever unticks one way and ticks another keeps what they asked with the form.
        changes.sort(key=lambda change: change[0].purpose in FORMS and not change[1])
        done = sum(_change(choice, person_id, is_given=is_given, now=now) for choice, is_given in changes)
        chosen = people.choose_language(person_id=person_id, language=known_language(language), now=now)
        if done or chosen:
            _tell(record_id, now=now)
    refusals = [people.join_unsettled()] if held_back else []
    if changed:
        said = _("The words of a box changed while you were choosing: read them again, and tick it if you agree.")
        refusals.append(Conflict(said, code="wording_changed"))
    if refusals:
        raise Conflict(" ".join(refusal.detail for refusal in refusals), code=refusals[0].code)
    return done + chosen


def stop_everything(*, record_id: UUID, now: datetime, source: str = SOURCE) -> int:
    """Take back every consent and stop every mail that can be stopped, also those never sent yet; say how much of it stood.

    A kind of mail is stopped on whatever a human would post, say or text it too, with what waits for that. Whatever stands for
    itself is refused on every channel, also where nothing was ever given: an older paper in a file, or another record of theirs that
    is joined to this one, does not bring it back. What the person asks for themself, like a sign-in code, still comes. No list has
    them asked any more whether an address is theirs. Facts: consent.withdrawn.
    """
    with transaction.atomic():
        person_id = _locked(record_id)
        running = set(ConsentState.objects.filter(person_id=person_id).values_list("purpose", "channel"))
        ways = (Channel.EMAIL, *BY_HAND)
        running |= {(name, str(channel)) for name, purpose in PURPOSES.items() if purpose.carries_stop for channel in ways}
        running |= {(wording.purpose, str(channel)) for wording in WORDINGS.values() for channel in Channel if wording.stands_by(channel)}
        return _stop(running, record_id=record_id, person_id=person_id, source=source, now=now)


def stop_as_said(*, person_id: UUID, purpose: str, by: User, reason_id: UUID | None, now: datetime) -> int:
    """Write down that somebody said they want no more of a purpose on any channel, or of anything at all; say how much of it stood.

    Said to their relay or an organiser, who reaches them, or to the data-protection officer (`reason_id`: a running reason of
    theirs, about that person). `purpose`: what a wording asks for; empty for everything. Whoever has a proved address is told.
    What was asked with a form goes with its consent, as when they take it back themself.
    Facts: person.stop_said, consent.withdrawn, and those of the form's hall.
    Raises: NotFound (not theirs to reach), Forbidden (`reason_ended`), Invalid (purpose).
    """
    if purpose and purpose not in {wording.purpose for wording in WORDINGS.values()}:
        raise Invalid(fields={"purpose": [_("Nobody is asked to agree to this.")]})
    with transaction.atomic():
        if reason_id is not None:
            reason = running_reason(reason_id, reader=by, now=now)
            is_reached = reason.person_id == person_id
        else:
            is_reached = people_reached(by, now=now).filter(pk=person_id).exists()
        if not is_reached:
            raise NotFound
        person = Person.objects.get(pk=_locked(person_id))
        journal.record("person.stop_said", subject=person, at=now, actor_id=by.pk, purpose=purpose)
        if not purpose:
            return stop_everything(record_id=person.pk, now=now, source=SAID)
        wordings = [wording for wording in WORDINGS.values() if wording.purpose == purpose]
        running = {(purpose, str(channel)) for channel in Channel if any(wording.stands_by(channel) for wording in wordings)}
        given = ConsentState.objects.filter(person_id=person.pk, purpose=purpose, is_given=True)
        running |= set(given.values_list("purpose", "channel"))
        return _stop(running, record_id=person.pk, person_id=person.pk, source=SAID, now=now)


def _stop(running: Collection[tuple[str, str]], *, record_id: UUID, person_id: UUID, source: str, now: datetime) -> int:
    """Refuse purposes on channels, with what waits to be sent for them, and tell the person; say how many they had not refused."""
    offered = preferences_of(person_id)
    stood = {(choice.purpose, str(choice.channel)) for choice in [*offered.consents, *offered.mails] if choice.is_given}
    done = [
        (purpose, channel)
        for purpose, channel in sorted(running)
        if people.change_consent(person_id=person_id, purpose=purpose, channel=Channel(channel), is_given=False, source=source, now=now)
    ]
    people.pass_over_refused(person_id=person_id)
    refuse_stopped(person_id=person_id)
    if done:
        _tell(record_id, now=now)
    return len(stood.intersection(done))


def mail_own_data_link(*, record_id: UUID, now: datetime) -> None:
    """Mail a person, at the proved address that their record brought, a link that shows and erases what is known of them.

    At most three a day.
    """
    person_id = side_of(record_id).record_id
    lately = Message.objects.filter(person_id=person_id, purpose=OWN_DATA_MAIL, queued_at__gt=now - timedelta(days=1)).count()
    if lately < LINKS_A_DAY:
        queue_message(OWN_DATA_MAIL, person=Person.objects.get(pk=person_id), now=now)


def mail_link_to_present(*, record_id: UUID, now: datetime) -> None:
    """Mail a person the way to their choices at the address that is theirs now, whichever mailbox asks; who has none gets nothing.

    At most three a day.
    """
    if address := own_address(record_id):
        language = Person.objects.values_list("language", flat=True).get(pk=side_of(record_id).record_id)
        mail_preferences_link(email=address, language=language, now=now)


def mail_preferences_link(*, email: str, language: str, now: datetime) -> None:
    """Mail an address the way to its choices, or that nothing is known of it: what the browser is told is the same.

    At most three a day, whoever types it.  Raises: Invalid (email).
    """
    address = normal_value(Channel.EMAIL, email)
    if happens_at_most("preferences", to=address, most=LINKS_A_DAY, over=timedelta(days=1), now=now):
        queue_message(LINK, address=address, language=language, now=now)


def _locked(record_id: UUID) -> UUID:
    """Lock whoever a link proves to be its reader, before anything of theirs, and return the record that stands for them.

    Raises: Person.DoesNotExist (they were erased).
    """
    people.lock_side(record_id)
    person_id = standing_id(record_id)
    return Person.objects.only("pk").get(pk=person_id, erased_at__isnull=True).pk


def _is_held_back(choice: Choice, person_id: UUID) -> bool:
    return people.is_held_back(person_id=person_id, purpose=choice.purpose, channel=choice.channel)


def _change(choice: Choice, person_id: UUID, *, is_given: bool, now: datetime) -> bool:
    purpose = PURPOSES.get(choice.purpose)
    if is_given and purpose is not None and purpose.can_be_stopped:
        # They receive it for what they do here: to take it up again is to undo the stop, however it would reach them.
        refused = ConsentState.objects.filter(person_id=person_id, purpose=choice.purpose, channel__in=BY_HAND, is_given=False)
        for channel in [choice.channel, *refused.order_by("channel").values_list("channel", flat=True)]:
            people.record_consent(
                person_id=person_id, purpose=choice.purpose, channel=Channel(channel), wording="messaging.again.1", source=SOURCE, now=now
            )
        return True
    return people.change_consent(
        person_id=person_id, purpose=choice.purpose, channel=choice.channel, is_given=is_given, source=SOURCE, now=now, read=choice.version
    )


def _changed_lately(record_id: UUID, *, now: datetime) -> int:
    person_id = side_of(record_id).record_id
    return Message.objects.filter(person_id=person_id, purpose=CHANGED, queued_at__gt=now - timedelta(hours=1)).count()


def _tell(record_id: UUID, *, now: datetime) -> None:
    if own_address(record_id):  # who has none is told nothing by hand either: they said it themselves
        queue_message(CHANGED, person=Person.objects.get(pk=side_of(record_id).record_id), now=now)
