"""Messages written down to be sent, in the caller's transaction (decision 12)."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction

from maillage import journal
from maillage.kernel.sealing import seal
from maillage.messaging.domain import PURPOSES, Lane, Purpose, Recipient, RecipientKind
from maillage.messaging.models import Message
from maillage.people.models import Person

DELIVER = "messaging.deliver"


def queue_message(
    purpose: str,
    *,
    now: datetime,
    person: Person | None = None,
    address: str = "",
    kind: RecipientKind | None = None,
    language: str = "",
    about_id: UUID | None = None,
    reply_to: str = "",
    secret: str = "",
) -> Message | None:
    """Write down one message to a person, or to an address, and the job that delivers it once this transaction commits.

    A person alone is written to where they are reached when it leaves. `address` beside `person` is the mail that asks
    to confirm that address. `language` defaults to the person's. `secret` (a sign-in code) is kept encrypted and erased
    once sent. The same purpose, person and `about_id` is one message: None when it was known.
    Raises: LookupError for a purpose that nobody registered.
    """
    recipient = Recipient(
        person_id=person.pk if person else None,
        address=address,
        kind=kind or (RecipientKind.ADDRESS if address else RecipientKind.PERSON),
        language=language or (person.language if person else ""),
        about_id=about_id,
        reply_to=reply_to,
    )
    made = _write(purpose, [recipient], now=now, secret=seal(secret) if secret else None)
    return made[0] if made else None


def queue_messages(purpose: str, recipients: Sequence[Recipient], *, now: datetime) -> int:
    """Write down a message for each recipient in a handful of statements, whatever their number; say how many were new.

    Raises: LookupError for a purpose that nobody registered.
    """
    return len(_write(purpose, recipients, now=now, secret=None))


def _write(purpose_name: str, recipients: Sequence[Recipient], *, now: datetime, secret: bytes | None) -> list[Message]:
    purpose = PURPOSES.get(purpose_name)
    if purpose is None:
        raise LookupError(f"nobody registered the purpose {purpose_name}")
    languages = _languages_of(recipients)
    messages = [_message(purpose, recipient, languages, now=now, secret=secret) for recipient in recipients]
    with transaction.atomic():
        Message.objects.bulk_create(messages, ignore_conflicts=True)
        if any(message.person_id and message.about_id for message in messages):
            new = set(Message.objects.filter(pk__in=[message.pk for message in messages]).values_list("pk", flat=True))
            messages = [message for message in messages if message.pk in new]
        queue = "transactional" if purpose.lane == Lane.TRANSACTIONAL else "mail"
        journal.jobs.enqueue_many(DELIVER, [{"message_id": message.pk} for message in messages], queue=queue)
    return messages


def _message(purpose: Purpose, recipient: Recipient, languages: dict[UUID, str], *, now: datetime, secret: bytes | None) -> Message:
    language = recipient.language or languages.get(recipient.person_id or UUID(int=0), "")
    return Message(
        purpose=purpose.name,
        lane=purpose.lane,
        recipient_kind=recipient.kind,
        person_id=recipient.person_id,
        address=recipient.address.strip(),
        reply_to=recipient.reply_to,
        language=known_language(language),
        about_id=recipient.about_id,
        secret=secret,
        queued_at=now,
    )


def _languages_of(recipients: Sequence[Recipient]) -> dict[UUID, str]:
    asked = [recipient.person_id for recipient in recipients if recipient.person_id and not recipient.language]
    return dict(Person.objects.filter(pk__in=asked).values_list("pk", "language")) if asked else {}


def known_language(wanted: str) -> str:
    """Return a language that the fixed texts speak: the one wanted, its base (`fr` for `fr-CA`), else the installation's."""
    known = dict(settings.LANGUAGES)
    return next((code for code in (wanted, wanted.split("-", 1)[0]) if code in known), settings.LANGUAGE_CODE)
