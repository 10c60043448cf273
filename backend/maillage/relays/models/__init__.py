"""Tables of networks, seats, applications and terms."""

from maillage.relays.models.charter import CharterRequest, RequiredQualification, RequiredQualificationText
from maillage.relays.models.hand_overs import HandOver
from maillage.relays.models.notes import SeatNote
from maillage.relays.models.seats import RelayNetwork, RelayNetworkText, Seat
from maillage.relays.models.standings import SeatStanding
from maillage.relays.models.terms import Application, Term

__all__ = ["Application", "HandOver", "RelayNetwork", "RelayNetworkText", "Seat", "SeatNote", "SeatStanding", "Term"]
__all__ = [
    "Application",
    "CharterRequest",
    "RelayNetwork",
    "RelayNetworkText",
    "RequiredQualification",
    "RequiredQualificationText",
    "Seat",
    "SeatStanding",
    "Term",
]
