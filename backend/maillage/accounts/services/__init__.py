"""Writes of accounts."""

from maillage.accounts.services.addresses import (
    ask_address_change,
    change_address,
    change_gone,
    forget_address_changes,
    stop_address_change,
)
from maillage.accounts.services.appointments import appoint, end_appointment, keep_an_administrator
from maillage.accounts.services.demo import enter_as_demo
from maillage.accounts.services.factors import (
    note_added_factor,
    note_removed_factor,
    note_renewed_codes,
    remove_password,
    reset_factors,
    set_password,
)
from maillage.accounts.services.grants import end_grant, end_grants, grant_role
from maillage.accounts.services.sessions import clear_sessions, end_session, end_sessions, note_sign_out
from maillage.accounts.services.step_up import prove_by_code, prove_by_password, send_step_up_code
from maillage.accounts.services.users import choose_language, delete_user, invite_user, note_sign_in, note_sign_of_life
from maillage.accounts.services.vaults import end_vaults, forget_vaults, is_vault_over

__all__ = [
    "appoint",
    "ask_address_change",
    "change_address",
    "change_gone",
    "choose_language",
    "clear_sessions",
    "delete_user",
    "end_appointment",
    "end_grant",
    "end_grants",
    "end_session",
    "end_sessions",
    "end_vaults",
    "enter_as_demo",
    "forget_address_changes",
    "forget_vaults",
    "grant_role",
    "invite_user",
    "is_vault_over",
    "keep_an_administrator",
    "note_added_factor",
    "note_removed_factor",
    "note_renewed_codes",
    "note_sign_in",
    "note_sign_of_life",
    "note_sign_out",
    "prove_by_code",
    "prove_by_password",
    "remove_password",
    "reset_factors",
    "send_step_up_code",
    "set_password",
    "stop_address_change",
]
