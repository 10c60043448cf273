"""To which mailbox a link was mailed: it opens only as long as that one is its reader's."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from maillage.journal.models import Entry
from maillage.kernel.sealing import keyed_hash, keyed_hashes
from maillage.people.models import ContactPoint, Person
from maillage.people.selectors.family import standing_id
from maillage.people.selectors.sides import own_addresses, side_of

_MARK = "mailbox"


def mailbox_mark(address: str) -> UUID:
    """Say in a link to which address it is mailed, so that nobody reads the address there."""
    return UUID(keyed_hash(address, purpose=_MARK)[:32])


def is_still_theirs(record_id: UUID, *, mailbox: Sequence[UUID]) -> bool:
    """Say whether the mailbox to which a link was mailed is still proved to be that of whom a record is of.

    `mailbox`: the mark in the link. Links of before there was one bring none: they open until an address of theirs is changed.
    """
    if not mailbox:
        people = [str(id) for id in side_of(record_id).ids]
        corrected = Entry.objects.filter(subject_kind=Person._meta.label_lower, subject_id__in=people, name="person.corrected")
        return not corrected.filter(data__what="address").exists()
    return _is_among(own_addresses(record_id), mailbox[0])


def is_still_at(contact_point_id: UUID, *, mailbox: UUID) -> bool:
    """Say whether a contact point, proved or not, is still the mailbox to which a link was mailed (`mailbox`: its mark).

    Of a record that was joined to another, the one that stands has to hold the same.
    """
    point = ContactPoint.objects.filter(pk=contact_point_id).first()
    if point is None:
        return False
    standing = ContactPoint.objects.filter(person_id=standing_id(point.person_id), channel=point.channel, value=point.value)
    return _is_among(standing.values_list("value", flat=True), mailbox)


def _is_among(addresses: Iterable[str], mark: UUID) -> bool:
    return any(mark.hex == hashed[:32] for address in addresses for hashed in keyed_hashes(address, purpose=_MARK))
