"""What browsers keep is theirs to keep only while we vouch for it (ADR 18)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from maillage.accounts.models import User, Vault
from maillage.kernel.sealing import keyed_hashes

VAULTS_KEPT = timedelta(days=400)
"""How long a vault that nobody brings is remembered: as long as browsers keep the cookie that names it. A forgotten one is
wiped like one that was never known."""


def is_vault_over(*, name: str, user: User | None, session_id: UUID | None, now: datetime) -> bool:
    """Say whether a browser that brings a vault of this name must wipe it.

    Over: the vault was ended with the sessions of its user; it is another user's than who is signed in; or nobody is
    signed in and it is unknown, as its user is gone. A new one is noted as the user's who is signed in. That a session
    ran out ends nothing (decision 16). One that was noted before SECRET_KEY was changed is known by its former mark.
    """
    marks = keyed_hashes(name, purpose="vault")
    vaults = list(Vault.objects.filter(mark__in=marks))
    if not vaults:
        if user is None:
            return True
        Vault.objects.bulk_create(
            [Vault(mark=marks[0], user=user, session=session_id, made_at=now, seen_on=now.date())], ignore_conflicts=True
        )
        return False
    _keep_under_present_key(vaults, mark=marks[0])
    if any(vault.is_over or (user is not None and vault.user_id != user.pk) for vault in vaults):
        return True
    if user is not None and any(vault.session != session_id or vault.seen_on != now.date() for vault in vaults):
        Vault.objects.filter(mark__in=marks).update(session=session_id, seen_on=now.date())
    return False


def end_vaults(*, user_id: UUID, of_session: UUID | None = None, but_session: UUID | None = None) -> int:
    """Let every vault of a user be wiped at its next contact, or that of one session, or all but that of one; say how many."""
    ended = Vault.objects.filter(user_id=user_id, is_over=False)
    if of_session is not None:
        ended = ended.filter(session=of_session)
    if but_session is not None:
        ended = ended.exclude(session=but_session, session__isnull=False)
    return ended.update(is_over=True)


def forget_vaults(*, now: datetime) -> int:
    """Delete the rows of vaults that nobody has brought for longer than a browser keeps their name; say how many."""
    deleted, _each = Vault.objects.filter(seen_on__lt=(now - VAULTS_KEPT).date()).delete()
    return deleted


def _keep_under_present_key(vaults: Sequence[Vault], *, mark: str) -> None:
    """Write down under the present key what is known by a former one, which may be taken away some day."""
    if len(vaults) == 1 and vaults[0].mark != mark:
        Vault.objects.filter(mark=vaults[0].mark).update(mark=mark)
