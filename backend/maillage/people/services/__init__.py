"""Writes of people."""

from maillage.people.services.consents import check_consents, record_consent, withdraw_consent
from maillage.people.services.contact_points import verify_contact_point
from maillage.people.services.persons import Meeting, forget_unconfirmed, give_account, meet_person
from maillage.people.services.promises import keep_promise, make_promise

__all__ = [
    "Meeting",
    "check_consents",
    "forget_unconfirmed",
    "give_account",
    "keep_promise",
    "make_promise",
    "meet_person",
    "record_consent",
    "verify_contact_point",
    "withdraw_consent",
]
