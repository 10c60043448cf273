"""What relays does."""

from maillage.relays.services.applications import (
    Asked,
    apply_for_seat,
    confirm_application,
    forget_unconfirmed,
    withdraw_application,
)
from maillage.relays.services.checks import compare_grants
from maillage.relays.services.decisions import approve_application, decline_application, note_contact
from maillage.relays.services.networks import open_network
from maillage.relays.services.terms import end_term, note_sign_of_life, open_term

__all__ = [
    "Asked",
    "apply_for_seat",
    "approve_application",
    "compare_grants",
    "confirm_application",
    "decline_application",
    "end_term",
    "forget_unconfirmed",
    "note_contact",
    "note_sign_of_life",
    "open_network",
    "open_term",
    "withdraw_application",
]
