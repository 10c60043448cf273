"""What advocacy does."""

from maillage.advocacy.services.answering import ask_if_answered, linked_question, own_question, say_if_answered
from maillage.advocacy.services.contacts import add_step, correct_contact, log_contact, remove_contact, write_meeting
from maillage.advocacy.services.office_holders import load_office_holders
from maillage.advocacy.services.positions import check_positions, dispute_position, say_position, settle_dispute, undo_position
from maillage.advocacy.services.staff import forget_staff, note_staff, remove_staff
from maillage.advocacy.services.subjects import close_subject, edit_subject, open_subject, require_open_subject
from maillage.advocacy.services.votes import load_roll_calls, tie_roll_call, untie_roll_call

__all__ = [
    "add_step",
    "ask_if_answered",
    "check_positions",
    "close_subject",
    "correct_contact",
    "dispute_position",
    "edit_subject",
    "forget_staff",
    "linked_question",
    "load_office_holders",
    "load_roll_calls",
    "log_contact",
    "note_staff",
    "open_subject",
    "own_question",
    "remove_contact",
    "remove_staff",
    "require_open_subject",
    "say_if_answered",
    "say_position",
    "settle_dispute",
    "tie_roll_call",
    "undo_position",
    "untie_roll_call",
    "write_meeting",
]
