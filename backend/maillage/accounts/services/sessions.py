"""Sessions ended."""

from datetime import datetime
from uuid import UUID

from maillage.accounts.models import Session


def end_session(*, user_id: UUID, public_id: UUID) -> bool:
    """Sign one of a user's browsers out, at once; say whether there was one."""
    deleted, _ = Session.objects.filter(user_id=user_id, public_id=public_id).delete()
    return bool(deleted)


def end_sessions(*, user_id: UUID, but_key: str | None = None) -> int:
    """Sign a user out everywhere, but in the session of this key where one is given; say how many there were."""
    deleted, _ = Session.objects.filter(user_id=user_id).exclude(session_key=but_key or "").delete()
    return deleted


def clear_sessions(*, now: datetime) -> int:
    """Delete the sessions that have ended, and say how many."""
    deleted, _ = Session.objects.filter(expire_date__lt=now).delete()
    return deleted
