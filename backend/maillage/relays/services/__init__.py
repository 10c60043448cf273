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
from maillage.relays.services.floods import decline_held, forget_networks, release_applications
from maillage.relays.services.leaving import withdraw_and_be_erased
from maillage.relays.services.networks import open_network
from maillage.relays.services.pauses import pause_term, resume_term, resume_terms
from maillage.relays.services.promises import climb_promises
from maillage.relays.services.terms import end_term, note_sign_of_life, open_term

__all__ = [
    "Asked",
    "apply_for_seat",
    "approve_application",
    "climb_promises",
    "compare_grants",
    "confirm_application",
    "decline_application",
    "decline_held",
    "end_term",
    "forget_networks",
    "forget_unconfirmed",
    "note_contact",
    "note_sign_of_life",
    "open_network",
    "open_term",
    "pause_term",
    "release_applications",
    "resume_term",
    "resume_terms",
    "withdraw_and_be_erased",
    "withdraw_application",
]
