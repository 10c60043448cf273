"""Words and rules of who decides, what they said and when one spoke with them."""

from maillage.advocacy.domain.contacts import ContactKind, Initiative, ReadableBy, StepKind
from maillage.advocacy.domain.office_holders import FR_ASSEMBLEE, Group, Line, Loaded
from maillage.advocacy.domain.positions import KnownBy, Outcome, Stance

__all__ = [
    "FR_ASSEMBLEE",
    "ContactKind",
    "Group",
    "Initiative",
    "KnownBy",
    "Line",
    "Loaded",
    "Outcome",
    "ReadableBy",
    "Stance",
    "StepKind",
]
