"""Sessions ended."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from maillage.accounts.models import AddressChange, Session
from maillage.accounts.services.vaults import end_vaults, forget_vaults


def end_session(*, user_id: UUID, public_id: UUID) -> bool:
    """Sign one of a user's browsers out, at once, and let it wipe what it keeps; say whether there was one.

    Another address that was asked for there is asked for no more.
    """
    with transaction.atomic():
        note_sign_out(user_id=user_id, public_id=public_id)
        end_vaults(user_id=user_id, of_session=public_id)
        deleted, _ = Session.objects.filter(user_id=user_id, public_id=public_id).delete()
    return bool(deleted)


def note_sign_out(*, user_id: UUID, public_id: UUID) -> None:
    """Ask no more for another address that was asked for in a session which ends; what its browser keeps, the app clears itself."""
    AddressChange.objects.filter(user_id=user_id, asked_in__public_id=public_id).delete()


def end_sessions(*, user_id: UUID, but_key: str | None = None) -> int:
    """Sign a user out everywhere, but in the session of this key where one is given; say how many there were.

    What those browsers keep is wiped at their next contact. Another address that was asked for elsewhere than in the spared
    session is asked for no more: who asked may be whom this is to keep out.
    """
    with transaction.atomic():
        spared = Session.objects.filter(session_key=but_key).values_list("public_id", flat=True).first() if but_key else None
        asked = AddressChange.objects.filter(user_id=user_id)
        (asked.exclude(asked_in__public_id=spared) if spared else asked).delete()
        end_vaults(user_id=user_id, but_session=spared)
        deleted, _ = Session.objects.filter(user_id=user_id).exclude(session_key=but_key or "").delete()
    return deleted


def clear_sessions(*, now: datetime) -> int:
    """Delete the sessions that have ended, and say how many; forget what browsers kept and nobody brings any more."""
    forget_vaults(now=now)
    deleted, _ = Session.objects.filter(expire_date__lt=now).delete()
    return deleted
