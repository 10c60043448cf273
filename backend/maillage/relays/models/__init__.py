"""Tables of networks, seats, applications and terms, and of how relays look after each other."""

from maillage.relays.models.charter import CharterRequest, RequiredQualification, RequiredQualificationText
from maillage.relays.models.companions import Companion, Welcome
from maillage.relays.models.concerns import Concern, SafetyContact
from maillage.relays.models.conversations import Conversation, Turn
from maillage.relays.models.filling import Filling, FillingStep, SeatAsk
from maillage.relays.models.hand_overs import HandOver
from maillage.relays.models.joinings import Joining
from maillage.relays.models.notes import SeatNote
from maillage.relays.models.photos import RelayPhoto
from maillage.relays.models.quiet import FriendlyCall, QuietAnswer, QuietStep
from maillage.relays.models.seats import RelayNetwork, RelayNetworkText, Seat
from maillage.relays.models.standings import SeatStanding
from maillage.relays.models.terms import Application, Term

__all__ = [
    "Application",
    "CharterRequest",
    "Companion",
    "Concern",
    "Conversation",
    "FriendlyCall",
    "HandOver",
    "Joining",
    "QuietAnswer",
    "QuietStep",
    "RelayNetwork",
    "RelayNetworkText",
    "RelayPhoto",
    "RequiredQualification",
    "RequiredQualificationText",
    "SafetyContact",
    "Seat",
    "SeatNote",
    "SeatStanding",
    "Term",
    "Turn",
    "Welcome",
]
__all__ = ["Application", "Filling", "FillingStep", "RelayNetwork", "RelayNetworkText", "Seat", "SeatAsk", "SeatStanding", "Term"]
