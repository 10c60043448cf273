"""What the mails to donors have in common."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from maillage.fundraising.models import Donor
from maillage.messaging.domain import RecipientKind
from maillage.messaging.models import Message
from maillage.messaging.services import queue_message


def to_donor(purpose: str, donor: Donor, *, about_id: UUID, now: datetime) -> None:
    """Write down a mail to the address that a donor gave; nothing where it was forgotten."""
    if donor.email:
        queue_message(purpose, address=donor.email, kind=RecipientKind.ADDRESS, language=donor.language, about_id=about_id, now=now)


def about(message: Message) -> UUID:
    """Return the id of the row that a message speaks of. Raises: LookupError where it speaks of nothing."""
    if message.about_id is None:
        raise LookupError("this message speaks of nothing")
    return message.about_id


def page(message: Message, path: str) -> str:
    """Return the address of a page in the language of a message."""
    return f"{settings.PUBLIC_URL}/{message.language}/{path}"
