"""What was sent to a person, forgotten; what they refused, kept without them."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from maillage.messaging.models import Message, Suppression
from maillage.messaging.selectors.suppressions import LEFT_BEHIND, address_hash
from maillage.people.domain import Channel
from maillage.people.models import ConsentState, ContactPoint, Person


def erase_messages(person_id: UUID, now: datetime) -> None:
    """Delete what was sent to a person, and to their addresses alone (sign-in codes). What they refused stays refused, as hashes."""
    points = ContactPoint.objects.filter(person_id=person_id)
    signs_in = Person.objects.filter(pk=person_id, user__isnull=False).values_list("user__email", flat=True)
    keep_refusals(person_id, {*points.values_list("value", flat=True), *signs_in}, now)
    addresses = points.filter(channel=Channel.EMAIL).values_list("value", flat=True)
    Message.objects.filter(person__isnull=True, address__in=list(addresses)).delete()
    Message.objects.filter(person_id=person_id).delete()


def keep_refusals(person_id: UUID, values: Collection[str], now: datetime) -> None:
    """Let every way to reach a person say what they refused, on whichever channel: as it did while they were known.

    Only the day is kept, and no fact: the instant would say which erased person the hash is of.
    """
    refused = ConsentState.objects.filter(person_id=person_id, is_given=False).values_list("purpose", "channel")
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    hashes = {value: address_hash(value) for value in values}
    Suppression.objects.bulk_create(
        [
            Suppression(channel=channel, address_hash=hashes[value], purpose=purpose, reason=LEFT_BEHIND, at=day)
            for purpose, channel in refused
            for value in sorted(values, key=hashes.__getitem__)
        ],
        ignore_conflicts=True,
    )
