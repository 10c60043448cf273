"""Words and rules of the people floor."""

from maillage.people.domain.accesses import ACCESSES_KEPT, READINGS, register_reading
from maillage.people.domain.contact import normal_value
from maillage.people.domain.halls import HALLS, register_hall
from maillage.people.domain.processing import REGISTER, Processing, register_processing
from maillage.people.domain.sight import WHO_SEES_WHAT, Seen, Sight, SightRow, who_sees_what
from maillage.people.domain.wordings import RELAY_CONTACT, WORDINGS, Wording
from maillage.people.domain.words import CONTACT_PROMISE, UNCONFIRMED_KEPT, Channel, ConsentAct, PlacedBy

__all__ = [
    "ACCESSES_KEPT",
    "CONTACT_PROMISE",
    "HALLS",
    "READINGS",
    "REGISTER",
    "RELAY_CONTACT",
    "UNCONFIRMED_KEPT",
    "WHO_SEES_WHAT",
    "WORDINGS",
    "Channel",
    "ConsentAct",
    "PlacedBy",
    "Processing",
    "Seen",
    "Sight",
    "SightRow",
    "Wording",
    "normal_value",
    "register_hall",
    "register_processing",
    "register_reading",
    "who_sees_what",
]
