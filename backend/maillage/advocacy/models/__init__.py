"""Tables of who decides, what they said and when one spoke with them."""

from maillage.advocacy.models.contacts import AnswerQuestion, Contact, ContactStep
from maillage.advocacy.models.office_holders import Mandate, Office, OfficeHolder, PoliticalGroup, StaffMember
from maillage.advocacy.models.positions import Position, PositionDispute, PositionState
from maillage.advocacy.models.subjects import Subject, SubjectText
from maillage.advocacy.models.votes import RollCall, Vote

__all__ = [
    "AnswerQuestion",
    "Contact",
    "ContactStep",
    "Mandate",
    "Office",
    "OfficeHolder",
    "PoliticalGroup",
    "Position",
    "PositionDispute",
    "PositionState",
    "RollCall",
    "StaffMember",
    "Subject",
    "SubjectText",
    "Vote",
]
