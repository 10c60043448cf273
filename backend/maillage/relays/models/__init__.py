"""Tables of networks, seats, applications and terms."""

from maillage.relays.models.seats import RelayNetwork, RelayNetworkText, Seat
from maillage.relays.models.standings import SeatStanding
from maillage.relays.models.terms import Application, Term

__all__ = ["Application", "RelayNetwork", "RelayNetworkText", "Seat", "SeatStanding", "Term"]
