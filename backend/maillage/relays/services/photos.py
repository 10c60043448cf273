"""A relay shows their photo on the public page of their seat, and takes it back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.kernel.errors import Forbidden, Invalid
from maillage.kernel.images import square_portrait
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import Person
from maillage.people.selectors import wording_in_force
from maillage.relays.domain.photos import PHOTO, PHOTO_SIDE, PHOTO_SOURCE
from maillage.relays.models import RelayPhoto
from maillage.relays.selectors.photos import holds_a_seat


def show_photo(*, person_id: UUID, sent: bytes, agrees: str, now: datetime) -> RelayPhoto:
    """Show the photo of who holds a seat on its public page, as they agreed to; it takes the place of the one before.

    `agrees` is the version of the wording that they read. What is kept is a small square that we drew from it: nothing else
    of the file stays.
    Facts: photo.shown, consent.given.  Raises: Forbidden (`no_seat`), Invalid (agrees, photo).
    """
    if not holds_a_seat(person_id):
        raise Forbidden(_("Only who holds a seat shows a photo on its page."), code="no_seat")
    wording = wording_in_force(PHOTO.purpose)
    if agrees != wording.version:
        raise Invalid(code="not_agreed", fields={"agrees": [_("Nothing is shown without your agreement to these words.")]})
    jpeg = square_portrait(sent, side=PHOTO_SIDE)
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(pk=person_id)
        if not holds_a_seat(person_id):  # the term may have ended while the picture was drawn
            raise Forbidden(_("Only who holds a seat shows a photo on its page."), code="no_seat")
        RelayPhoto.objects.filter(person_id=person_id).delete()
        photo = RelayPhoto.objects.create(person_id=person_id, jpeg=jpeg, shown_since=now)
        people.record_consent(
            person_id=person_id, purpose=PHOTO.purpose, channel=Channel.EMAIL, wording=wording.version, source=PHOTO_SOURCE, now=now
        )
        journal.record("photo.shown", subject=photo, at=now, person_id=person_id)
    return photo


def take_photo_back(*, person_id: UUID, now: datetime) -> None:
    """Take a photo back, with what was agreed to: it is gone at once. Safe to repeat. Facts: photo.taken_back, consent.withdrawn."""
    with transaction.atomic():
        if _throw_away(person_id, now=now):
            people.withdraw_consent(person_id=person_id, purpose=PHOTO.purpose, channel=Channel.EMAIL, source=PHOTO_SOURCE, now=now)


def throw_photo_away(person_id: UUID, now: datetime) -> None:
    """What goes with the consent that is taken back elsewhere, from a mail. Facts: photo.taken_back."""
    _throw_away(person_id, now=now)


def show_nothing_again(person_id: UUID, taken_at: datetime, now: datetime) -> None:
    """What was thrown away stays so: who ticks the box of a mail again chooses a photo anew on their page."""


def end_photo_with_term(*, person_id: UUID, now: datetime) -> None:
    """Throw the photo of who holds no seat any more away, with its consent, which was for as long as they held one."""
    if not holds_a_seat(person_id):
        take_photo_back(person_id=person_id, now=now)


def _throw_away(person_id: UUID, *, now: datetime) -> bool:
    photo = RelayPhoto.objects.select_for_update().filter(person_id=person_id).first()
    if photo is None:
        return False
    journal.record("photo.taken_back", subject=photo, at=now, person_id=person_id)
    photo.delete()
    return True
