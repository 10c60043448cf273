"""The table of who sees what (decision 9), as it stands at a seat: with whoever holds it, and who organises above."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.people.domain import PlacedSight
from maillage.people.selectors.sights import name_shown, sights_in
from maillage.relays.domain import TermKind
from maillage.relays.models import SeatStanding
from maillage.relays.selectors.networks import current_network

SEEN_BY = (Role.ORGANISER, Role.RELAY, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR)


def sights_at(standing: SeatStanding, *, now: datetime, is_proved: bool = False) -> list[PlacedSight]:
    """The lines for whoever asks for a seat, in the active language. At most four queries; names as `sights_in` says."""
    return sights_in(standing.area_id, roles=SEEN_BY, answerer=_relay(standing), now=now, is_proved=is_proved)


def relay_at(area_id: UUID, now: datetime) -> str:
    """How the table calls whoever holds a place in the network of today, for pages of lower floors; empty where it has no seat."""
    network = current_network(now=now)
    if network is None:
        return ""
    standing = SeatStanding.objects.select_related("holder").filter(network_id=network.pk, area_id=area_id).first()
    return _relay(standing) if standing else ""


def _relay(standing: SeatStanding) -> str:
    if standing.holder is None:
        return _("the relay of this place (nobody is, today)")
    name = name_shown(standing.holder)
    if standing.holder_kind == TermKind.STAND_IN:
        return _("the stand-in of this place: %(name)s") % {"name": name} if name else _("the stand-in of this place")
    return _("the relay of this place: %(name)s") % {"name": name} if name else _("the relay of this place")
