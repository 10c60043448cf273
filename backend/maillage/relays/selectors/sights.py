"""The table of who sees what (decision 9), as it stands at a seat: with everybody who holds it, and who organises above."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.people.domain import PlacedSight
from maillage.people.selectors.sights import name_shown, sights_in
from maillage.relays.domain import TermKind
from maillage.relays.models import Seat, SeatStanding, Term
from maillage.relays.selectors.networks import current_network

SEEN_BY = (Role.ORGANISER, Role.RELAY, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR)


def sights_at(standing: SeatStanding, *, now: datetime, is_proved: bool = False) -> list[PlacedSight]:
    """The lines for whoever asks for a seat, in the active language. At most four queries; names as `sights_in` says."""
    return sights_in(standing.area_id, roles=SEEN_BY, answerers=_holders(standing.seat_id), now=now, is_proved=is_proved)


def holders_at(area_id: UUID, now: datetime) -> list[str]:
    """How the table calls those who hold a place in the network of today, for pages of lower floors; empty where it has no seat."""
    network = current_network(now=now)
    seat_id = Seat.objects.filter(network=network, area_id=area_id).values_list("pk", flat=True).first() if network else None
    return _holders(seat_id) if seat_id else []


def _holders(seat_id: UUID) -> list[str]:
    """Everybody whose term runs there, the relay first: who pauses reads on, and a stand-in beside a relay reads as much."""
    running = Term.objects.filter(seat_id=seat_id, ends_at__isnull=True).select_related("person").order_by("kind")
    return [_called(term) for term in running] or [_("the relay of this place (nobody is, today)")]


def _called(term: Term) -> str:
    name = name_shown(term.person)
    if term.kind == TermKind.STAND_IN:
        return _("the stand-in of this place: %(name)s") % {"name": name} if name else _("the stand-in of this place")
    return _("the relay of this place: %(name)s") % {"name": name} if name else _("the relay of this place")
