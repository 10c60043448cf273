"""A recipient wants no more."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage import journal
from maillage.kernel.errors import NotFound
from maillage.messaging.models import Message, Suppression
from maillage.messaging.selectors.suppressions import address_hash, address_hashes
from maillage.people import services as people
from maillage.people.domain import Channel


def stop_purpose(*, message_id: UUID, now: datetime) -> None:
    """Stop what a message was, for the person to whom it was sent. Only what goes to people can be stopped (`register`).

    Safe to repeat. Facts: consent.withdrawn.  Raises: NotFound when the message is gone.
    """
    with transaction.atomic():
        message = Message.objects.filter(pk=message_id).first()
        if message is None or message.person_id is None:
            raise NotFound(code="message_gone")
        people.withdraw_consent(
            person_id=message.person_id, purpose=message.purpose, channel=Channel(message.channel), source="mail_link", now=now
        )


def release_address(*, address: str, purpose: str, reason: str, now: datetime, channel: Channel = Channel.EMAIL) -> bool:
    """Undo that an address was suppressed for a purpose, for this reason and no other; say whether it was. Facts: address.released."""
    with transaction.atomic():
        known = Suppression.objects.select_for_update().filter(channel=channel, address_hash__in=address_hashes(address), purpose=purpose)
        suppressions = list(known.filter(reason=reason))
        for suppression in suppressions:
            journal.record("address.released", subject=suppression, at=now, purpose=purpose, reason=reason)
            suppression.delete()
    return bool(suppressions)


def suppress_address(*, address: str, purpose: str, reason: str, now: datetime, channel: Channel = Channel.EMAIL) -> Suppression:
    """Never write to an address again for a purpose (all when empty); the address itself is not kept, only its keyed hash.

    Facts: address.suppressed (of a new one).
    """
    with transaction.atomic():
        suppression, is_new = Suppression.objects.get_or_create(
            channel=channel, address_hash=address_hash(address), purpose=purpose, defaults={"reason": reason, "at": now}
        )
        if is_new:
            journal.record("address.suppressed", subject=suppression, at=now, purpose=purpose, reason=reason)
    return suppression
