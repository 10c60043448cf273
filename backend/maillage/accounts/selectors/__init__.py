"""Reads of accounts."""

from maillage.accounts.selectors.demo import demo_accounts, demo_sign_in_is_open, demo_trouble, demo_user
from maillage.accounts.selectors.grants import (
    areas_reached,
    as_administrator,
    holds_role,
    is_reached,
    organisers_above,
    reaches,
    running_grants,
)
from maillage.accounts.selectors.proofs import (
    RecentlyProved,
    is_guarded,
    require_recent_proof,
    require_second_factor,
    second_factor,
    ways_open_to,
)

__all__ = [
    "RecentlyProved",
    "areas_reached",
    "as_administrator",
    "demo_accounts",
    "demo_sign_in_is_open",
    "demo_trouble",
    "demo_user",
    "holds_role",
    "is_guarded",
    "is_reached",
    "organisers_above",
    "reaches",
    "require_recent_proof",
    "require_second_factor",
    "running_grants",
    "second_factor",
    "ways_open_to",
]
