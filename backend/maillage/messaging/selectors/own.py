"""What was sent to a person, told to them."""

from typing import Any
from uuid import UUID

from maillage.messaging.models import Message


def messages_of(person_id: UUID) -> dict[str, Any]:
    """Say what was sent to a person, for the file that they take away: why, how, when."""
    sent = Message.objects.filter(person_id=person_id).order_by("queued_at").values("purpose", "channel", "status", "queued_at", "sent_at")
    return {"messages": list(sent)}
