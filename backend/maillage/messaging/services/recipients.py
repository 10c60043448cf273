"""Users as recipients and readers of mail: most are persons, one who was only appointed has but an address."""

from uuid import UUID

from maillage.accounts.models import User
from maillage.messaging.domain import Recipient, RecipientKind
from maillage.messaging.models import Message


def reader_id_of(message: Message) -> UUID | None:
    """Say which user reads a message that was written to `recipient_of`; None where nobody has that address any more."""
    if message.person is not None:
        return message.person.user_id
    return User.objects.filter(email=message.address).values_list("pk", flat=True).first()


def recipient_of(user: User, *, about_id: UUID) -> Recipient:
    """Say where a user is written to, about a row."""
    if hasattr(user, "person"):
        return Recipient(person_id=user.person.pk, about_id=about_id)
    return Recipient(address=user.email, kind=RecipientKind.ADDRESS, language=user.language, about_id=about_id)
