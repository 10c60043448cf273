"""Messages written down to be sent, in the caller's transaction (decision 12)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from maillage import journal
from maillage.kernel.ids import uuid7
from maillage.kernel.sealing import seal
from maillage.messaging.domain import PURPOSES, Recipient, RecipientKind
from maillage.messaging.models import Message
from maillage.people.models import Person
from maillage.people.selectors.organisation import organisation

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
    return Message.objects.get(pk=made[0]) if made else None


def queue_messages(purpose: str, recipients: Sequence[Recipient], *, now: datetime) -> int:
    """Write down a message for each recipient in a handful of statements, whatever their number; say how many were new.

    Raises: LookupError for a purpose that nobody registered.
    """
    return len(_write(purpose, recipients, now=now, secret=None))


def _write(purpose_name: str, recipients: Sequence[Recipient], *, now: datetime, secret: bytes | None) -> list[UUID]:
    purpose = PURPOSES.get(purpose_name)
    if purpose is None:
        raise LookupError(f"nobody registered the purpose {purpose_name}")
    if not recipients:
        return []
    languages = _languages_of(recipients)
    columns: list[list[Any]] = [
        [uuid7() for _ in recipients],
        [str(recipient.kind) for recipient in recipients],
        [recipient.person_id for recipient in recipients],
        [recipient.address.strip() for recipient in recipients],
        [recipient.reply_to for recipient in recipients],
        [known_language(recipient.language or languages.get(recipient.person_id, "")) for recipient in recipients],
        [recipient.about_id for recipient in recipients],
    ]
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_INSERT, [purpose.name, purpose.lane.value, secret, now, *columns])
            new = [row[0] for row in cursor.fetchall()]
        journal.jobs.enqueue_many(DELIVER, [{"message_id": id} for id in new], queue=purpose.lane.value)
    return new


# One statement with an array a column: Django's bulk_create of 577 messages takes 5 times as long, nearly all of it in
# writing and reading 8,000 placeholders.
_INSERT = """
INSERT INTO messaging_message (purpose, channel, lane, secret, queued_at, status, refusal,
    id, recipient_kind, person_id, address, reply_to, language, about_id)
SELECT %s, 'email', %s, %s, %s, 'queued', '', asked.*
FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::text[], %s::text[], %s::uuid[]) AS asked
ON CONFLICT DO NOTHING
RETURNING id
"""


def _languages_of(recipients: Sequence[Recipient]) -> dict[UUID | None, str]:
    asked = [recipient.person_id for recipient in recipients if recipient.person_id and not recipient.language]
    return dict(Person.objects.filter(pk__in=asked).values_list("pk", "language")) if asked else {}


def known_language(wanted: str) -> str:
    """Return the language in which the organisation writes to somebody: the one wanted, its base, else its usual one."""
    return organisation().language_for(wanted)
