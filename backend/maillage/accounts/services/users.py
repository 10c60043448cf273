"""Users made, and their signs of life."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from maillage import journal
from maillage.accounts.models import User


def invite_user(*, email: str, language: str, now: datetime) -> User:
    """Make sure that someone can sign in with this address, and return their user, new or known.

    An inactive user stays inactive. Facts: user.invited (of a new one).
    """
    address = email.strip().lower()
    with transaction.atomic():
        user, is_new = User.objects.get_or_create(email=address, defaults={"language": language, "created_at": now, "password": "!"})
        if is_new:
            user.set_unusable_password()
            user.save(update_fields=["password"])
            journal.record("user.invited", subject=user, at=now)
    return user


def choose_language(*, user: User, language: str) -> User:
    """Keep the language in which the user reads and is written to."""
    user.language = language
    user.save(update_fields=["language"])
    return user


def note_sign_in(*, user_id: UUID, now: datetime) -> None:
    """Keep that a user signed in, which is a sign of life (decision 18). Facts: user.signed_in."""
    with transaction.atomic():
        note_sign_of_life(user_id=user_id, now=now)
        journal.record("user.signed_in", subject=User(pk=user_id), at=now, actor_id=user_id)


def note_sign_of_life(*, user_id: UUID, now: datetime) -> None:
    """Move a user's last sign of life forward, never back: a sign-in, an answer, a report; never a mail open."""
    User.objects.filter(Q(seen_at__isnull=True) | Q(seen_at__lt=now), pk=user_id).update(seen_at=now)


def delete_user(*, user_id: UUID) -> None:
    """Forget somebody who signs in: their address and roles go, and their sessions open nothing any more."""
    User.objects.filter(pk=user_id).delete()
