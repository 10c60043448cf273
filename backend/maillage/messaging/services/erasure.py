"""What was sent to a person, forgotten."""

from datetime import datetime
from uuid import UUID

from maillage.messaging.models import Message
from maillage.people.domain import Channel
from maillage.people.models import ContactPoint


def erase_messages(person_id: UUID, now: datetime) -> None:
    """Delete what was sent to a person, and to their addresses alone (sign-in codes). What they stopped stays stopped, as hashes."""
    addresses = ContactPoint.objects.filter(person_id=person_id, channel=Channel.EMAIL).values_list("value", flat=True)
    Message.objects.filter(person__isnull=True, address__in=list(addresses)).delete()
    Message.objects.filter(person_id=person_id).delete()
