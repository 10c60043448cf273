"""Organisers as recipients of mail: most are persons, one who was only appointed has but an address."""

from uuid import UUID

from maillage.accounts.models import User
from maillage.messaging.domain import Recipient, RecipientKind


def recipient_of(user: User, *, about_id: UUID) -> Recipient:
    """Say where an organiser is written to, about a row."""
    if hasattr(user, "person"):
        return Recipient(person_id=user.person.pk, about_id=about_id)
    return Recipient(address=user.email, kind=RecipientKind.ADDRESS, language=user.language, about_id=about_id)
