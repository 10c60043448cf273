"""Reads of accounts."""

from maillage.accounts.selectors.demo import demo_accounts, demo_sign_in_is_open, demo_trouble, demo_user
from maillage.accounts.selectors.grants import areas_reached, holds_role, is_reached, organisers_above, reaches, running_grants

__all__ = [
    "areas_reached",
    "demo_accounts",
    "demo_sign_in_is_open",
    "demo_trouble",
    "demo_user",
    "holds_role",
    "is_reached",
    "organisers_above",
    "reaches",
    "running_grants",
]
