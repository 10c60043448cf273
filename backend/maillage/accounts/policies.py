"""What a signed-in user may do, for the screens to ask, and what a session has proved."""

from collections.abc import Iterable
from datetime import datetime

from maillage.accounts.domain import DEMO_METHOD, GUARDED, HOLDERS, PROOF_LASTS, RECORDS, Role


def abilities(roles: Iterable[str], *, is_proved: bool = True) -> dict[str, bool]:
    """Return what these running roles open: screens ask this, never a role. Guarded ones open nothing until proved."""
    held = set(roles) if is_proved else set(roles).difference(GUARDED)
    return {
        "organise": Role.ORGANISER in held,
        "answer": bool(held.intersection(HOLDERS)),
        "inspect": Role.DATA_PROTECTION_OFFICER in held,
        "administer": Role.ADMINISTRATOR in held,
        "keep_books": Role.TREASURER in held,
        "moderate": Role.MODERATOR in held,
    }


def has_proved_a_factor(records: RECORDS, *, demo_counts: bool) -> bool:
    """Say whether a second factor was proved in a session; the one click of a demonstration counts where it is open."""
    return any(record.get("method") == "mfa" or (demo_counts and record.get("method") == DEMO_METHOD) for record in records)


def has_proved_lately(records: RECORDS, *, now: datetime) -> bool:
    """Say whether something was proved so lately that what asks for a recent proof is open (PROOF_LASTS)."""
    since = (now - PROOF_LASTS).timestamp()
    return any(float(record.get("at", 0)) > since for record in records)
