"""Writes of accounts."""

from maillage.accounts.services.grants import end_grant, end_grants, grant_role
from maillage.accounts.services.users import choose_language, clear_sessions, delete_user, invite_user, note_sign_in, note_sign_of_life

__all__ = [
    "choose_language",
    "clear_sessions",
    "delete_user",
    "end_grant",
    "end_grants",
    "grant_role",
    "invite_user",
    "note_sign_in",
    "note_sign_of_life",
]
