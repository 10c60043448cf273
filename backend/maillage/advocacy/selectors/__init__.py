"""What advocacy knows, narrowed to what the actor may see."""

from maillage.advocacy.selectors.answering import about, asked_on, open_questions, response_rate_of, response_rates
from maillage.advocacy.selectors.contacts import contact_row, contact_rows, steps_of
from maillage.advocacy.selectors.held import held_on
from maillage.advocacy.selectors.known import PastContact, contacts_in, standings_in
from maillage.advocacy.selectors.office_holders import Card, card, card_of, card_rows, holder_on, sitting_for, sitting_in
from maillage.advocacy.selectors.positions import (
    StandingOn,
    is_undone_at,
    ledger_rows,
    position_row,
    position_rows,
    standing_in,
    standings_of,
)
from maillage.advocacy.selectors.register import busy_members, our_register, own_contacts, register_year
from maillage.advocacy.selectors.sights import HolderSight, holder_seen, is_own, reader_ids
from maillage.advocacy.selectors.staff import staff_of, staff_seen
from maillage.advocacy.selectors.subjects import SubjectReach, subject_reach, subject_seen, subject_text, subjects_seen
from maillage.advocacy.selectors.votes import Voted, VotesOnSubject, roll_call_row, roll_call_rows, votes_on

__all__ = [
    "Card",
    "HolderSight",
    "PastContact",
    "StandingOn",
    "SubjectReach",
    "Voted",
    "VotesOnSubject",
    "about",
    "asked_on",
    "busy_members",
    "card",
    "card_of",
    "card_rows",
    "contact_row",
    "contact_rows",
    "contacts_in",
    "held_on",
    "holder_on",
    "holder_seen",
    "is_own",
    "is_undone_at",
    "ledger_rows",
    "open_questions",
    "our_register",
    "own_contacts",
    "position_row",
    "position_rows",
    "reader_ids",
    "register_year",
    "response_rate_of",
    "response_rates",
    "roll_call_row",
    "roll_call_rows",
    "sitting_for",
    "sitting_in",
    "staff_of",
    "staff_seen",
    "standing_in",
    "standings_in",
    "standings_of",
    "steps_of",
    "subject_reach",
    "subject_seen",
    "subject_text",
    "subjects_seen",
    "votes_on",
]
