"""Agreeing to welcome newcomers, and taking it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.kernel.errors import Forbidden, Invalid
from maillage.people import services as people
from maillage.people.domain import Channel, words_changed
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors import wording_in_force
from maillage.relays.domain import MOST_COMPANIONS, WELCOME, CompanionKind
from maillage.relays.models import Welcome
from maillage.relays.selectors.welcomes import may_welcome_as
from maillage.relays.services.companions import lock_newcomers, open_with, stop_accompanying

SOURCE = "relays.welcome"
"""The form on which it is agreed, as the log of consents names it."""


def agree_to_welcome(
    *, person_id: UUID, contact_id: UUID, places: int, as_facilitator: bool, as_buddy: bool, now: datetime, read: str | None = None
) -> Welcome:
    """Keep that a person welcomes newcomers from now on, by one of their proved contacts; again with another choice, that holds.

    `read`: the version of the wording that they were shown. Whom they accompany already stays, and sees the contact that was chosen last.
    Facts: welcome.agreed, consent.given.  Raises: Forbidden (`no_standing`), Invalid (contact, places, as_buddy, as_facilitator).
    """
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=person_id)
        allowed = may_welcome_as(person_id, now=now)
        if not allowed:
            raise Forbidden(_("Relays welcome newcomers after six weeks in their seat, organisers at any time."), code="no_standing")
        if as_buddy and CompanionKind.BUDDY not in allowed:
            raise Invalid(fields={"as_buddy": [_("A buddy is a relay of a seat next door.")]})
        wording = wording_in_force(WELCOME.purpose)
        if changed := words_changed({"agrees": read} if read is not None else None, {"agrees": wording}):
            raise Invalid(fields=changed)
        if not (as_facilitator or as_buddy):
            raise Invalid(fields={"as_facilitator": [_("Choose at least one of the two.")]})
        if not 1 <= places <= MOST_COMPANIONS:
            raise Invalid(fields={"places": [_("Choose a number from 1 to 5.")]})
        contact = ContactPoint.objects.filter(pk=contact_id, person_id=person_id, verified_at__isnull=False).first()
        if contact is None:
            raise Invalid(fields={"contact": [_("Choose one of your confirmed contacts.")]})
        before = Welcome.objects.select_related("contact").filter(person_id=person_id).first()
        if before and before.ended_at is None and before.contact.channel != contact.channel:
            _take_consent_back(before, now=now)
        chosen = {"contact": contact, "places": places, "as_facilitator": as_facilitator, "as_buddy": as_buddy, "ended_at": None}
        is_running = before is not None and before.ended_at is None
        welcome, _is_new = Welcome.objects.update_or_create(
            person_id=person_id, defaults=chosen if is_running else {**chosen, "since": now}
        )
        people.record_consent(
            person_id=person_id,
            purpose=WELCOME.purpose,
            channel=Channel(contact.channel),
            wording=wording.version,
            source=SOURCE,
            now=now,
        )
        journal.record("welcome.agreed", subject=welcome, at=now, person_id=person_id, places=places)
    return welcome


def stop_welcoming(*, person_id: UUID, now: datetime) -> None:
    """Take it back: nobody is offered them any more, and whom they accompany sees their contact no more, and is told.

    Safe to repeat. Facts: welcome.withdrawn, consent.withdrawn, companion.ended, each.
    """
    with transaction.atomic():
        welcome = Welcome.objects.select_related("contact").filter(person_id=person_id, ended_at=None).first()
        if welcome is not None:
            _take_consent_back(welcome, now=now)
            _end(person_id, now=now)


def take_welcome_back(person_id: UUID, now: datetime) -> None:
    """What goes with the consent that is taken back elsewhere, from the page of one's data or a mail."""
    _end(person_id, now=now)


def give_welcome_back(person_id: UUID, taken_at: datetime, now: datetime) -> None:
    """Welcome newcomers again, as was chosen; whom they accompanied has been told, and is not imposed on again."""
    Welcome.objects.filter(person_id=person_id, ended_at=taken_at).update(ended_at=None, since=now)


def _take_consent_back(welcome: Welcome, *, now: datetime) -> None:
    people.withdraw_consent(
        person_id=welcome.person_id, purpose=WELCOME.purpose, channel=Channel(welcome.contact.channel), source=SOURCE, now=now
    )


def _end(person_id: UUID, *, now: datetime) -> None:
    lock_newcomers(open_with(person_id))
    welcome = Welcome.objects.select_for_update().filter(person_id=person_id, ended_at=None).first()
    if welcome is None:
        return
    welcome.ended_at = now
    welcome.save(update_fields=["ended_at"])
    journal.record("welcome.withdrawn", subject=welcome, at=now, person_id=person_id)
    stop_accompanying(person_id=person_id, now=now)
