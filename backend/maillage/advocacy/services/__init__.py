"""What advocacy does."""

from maillage.advocacy.services.contacts import add_step, correct_contact, log_contact, remove_contact, write_meeting
from maillage.advocacy.services.office_holders import load_office_holders
from maillage.advocacy.services.positions import check_positions, dispute_position, say_position, settle_dispute, undo_position
from maillage.advocacy.services.subjects import close_subject, edit_subject, open_subject, require_open_subject

__all__ = [
    "add_step",
    "check_positions",
    "close_subject",
    "correct_contact",
    "dispute_position",
    "edit_subject",
    "load_office_holders",
    "log_contact",
    "open_subject",
    "remove_contact",
    "require_open_subject",
    "say_position",
    "settle_dispute",
    "undo_position",
    "write_meeting",
]
