"""What the letters of relays share: the row that a message speaks of, how people are greeted, where its links lead."""

from datetime import datetime
from uuid import UUID

from django.conf import settings

from maillage.kernel.links import sign_link
from maillage.messaging.models import Message
from maillage.people.models import Person
from maillage.relays.domain import WITHDRAW_WITHIN
from maillage.relays.models import Application


def about(message: Message) -> UUID:
    """The id of the row that a message speaks of. Raises: LookupError where it speaks of nothing."""
    if message.about_id is None:
        raise LookupError("this message speaks of nothing")
    return message.about_id


def greeted(person: Person) -> str:
    """How a person is called at the beginning of a letter."""
    return person.given_name or person.full_name


def page(message: Message, path: str) -> str:
    """The address of a public page in the reader's language."""
    return f"{settings.PUBLIC_URL}/{message.language}/{path}"


def signed_page(message: Message, path: str, *, purpose: str, application: Application, since: datetime) -> str:
    """The address of an applicant's own page, which opens for as long as the links in their mails do."""
    token = sign_link(purpose, ids=[application.pk], ends_at=since + WITHDRAW_WITHIN)
    return page(message, f"{path}/{token}/")
