"""To which mailbox a link was mailed: it opens only as long as that one is its reader's."""

from collections.abc import Sequence
from uuid import UUID

from maillage.journal.models import Entry
from maillage.kernel.sealing import keyed_hash, keyed_hashes
from maillage.people.models import Person
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
    return any(mailbox[0].hex == hashed[:32] for address in own_addresses(record_id) for hashed in keyed_hashes(address, purpose=_MARK))
