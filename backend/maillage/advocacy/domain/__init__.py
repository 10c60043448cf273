"""Words and rules of who decides, what they said and when one spoke with them."""

from maillage.advocacy.domain.contacts import ContactKind, Initiative, ReadableBy, StepKind
from maillage.advocacy.domain.office_holders import FR_ASSEMBLEE, FR_SENAT, Group, Line, Loaded, OfficeHeld
from maillage.advocacy.domain.positions import KnownBy, Outcome, Stance
from maillage.advocacy.domain.votes import Choice, Record, RecordsLoaded, Result, Side, Tally

__all__ = [
    "FR_ASSEMBLEE",
    "FR_SENAT",
    "Choice",
    "ContactKind",
    "Group",
    "Initiative",
    "KnownBy",
    "Line",
    "Loaded",
    "OfficeHeld",
    "Outcome",
    "ReadableBy",
    "Record",
    "RecordsLoaded",
    "Result",
    "Side",
    "Stance",
    "StepKind",
    "Tally",
]
