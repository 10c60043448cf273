"""What was sent to a person, told to them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from maillage.messaging.domain.preferences import OWN_DATA_MAIL
from maillage.messaging.models import Message
from maillage.people.selectors import standing_id


def messages_of(person_id: UUID) -> dict[str, Any]:
    """Say what was sent to a person, for the file that they take away: why, how, when."""
    sent = Message.objects.filter(person_id=person_id).order_by("queued_at").values("purpose", "channel", "status", "queued_at", "sent_at")
    return {"messages": list(sent)}


def is_data_link_alive(record_id: UUID, *, letter_ids: Sequence[UUID]) -> bool:
    """Say whether the message that brought somebody the link to their data is still kept, and theirs; a join moves it with them."""
    readers = Message.objects.filter(pk__in=letter_ids, purpose=OWN_DATA_MAIL, person__isnull=False).values_list("person_id", flat=True)
    return any(standing_id(reader) == standing_id(record_id) for reader in readers)
