"""What a signed-in user may do, for the screens to ask."""

from collections.abc import Iterable

from maillage.accounts.domain import HOLDERS, Role


def abilities(roles: Iterable[str]) -> dict[str, bool]:
    """Return what these running roles open: screens ask this, never a role."""
    held = set(roles)
    return {
        "organise": Role.ORGANISER in held,
        "answer": bool(held.intersection(HOLDERS)),
        "inspect": Role.DATA_PROTECTION_OFFICER in held,
        "administer": Role.ADMINISTRATOR in held,
    }
