"""The table of who sees what (decision 9), as it stands at one place: with the names of who would read you there."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.people.domain import SightRow, who_sees_what
from maillage.people.models import Person
from maillage.people.selectors import ladder
from maillage.relays.domain import TermKind
from maillage.relays.models import SeatStanding
from maillage.territories.models import Area, called

SEEN_BY = (Role.ORGANISER, Role.RELAY, Role.DATA_PROTECTION_OFFICER, Role.ADMINISTRATOR)


@dataclass(frozen=True)
class PlacedSight:
    """A line of the table: who that is at this place, what they see, and of whom."""

    who: str
    seen: tuple[str, ...]
    of_whom: str


def sights_at(standing: SeatStanding, *, now: datetime, is_proved: bool = False) -> list[PlacedSight]:
    """The lines for whoever asks for a seat, in the active language. At most four queries.

    In public a name stands only where its bearer chose to show it, and then the first name alone; `is_proved`: whoever
    asked has proved their address, and reads the organiser's full name, as their mail says it.
    """
    named = {Role.ORGANISER: _organiser(standing.area, now=now, is_proved=is_proved), Role.RELAY: _relay(standing)}
    return [_placed(row, named.get(role, "")) for role in SEEN_BY for row in who_sees_what([role])]


def _placed(row: SightRow, who: str) -> PlacedSight:
    return PlacedSight(who=who or row.role, seen=row.seen, of_whom=row.of_whom)


def _relay(standing: SeatStanding) -> str:
    if standing.holder is None:
        return _("the relay of this place (nobody is, today)")
    name = _shown(standing.holder, is_proved=False)
    if standing.holder_kind == TermKind.STAND_IN:
        return _("the stand-in of this place: %(name)s") % {"name": name} if name else _("the stand-in of this place")
    return _("the relay of this place: %(name)s") % {"name": name} if name else _("the relay of this place")


def _organiser(area: Area, *, now: datetime, is_proved: bool) -> str:
    nearest = next(iter(ladder(area.pk, now=now)), None)
    if nearest is None:
        return _("an organiser of this place (nobody is, today)")
    place = Area.objects.values_list(called(), flat=True).get(pk=nearest.area_id)
    named = nearest.named
    name = _shown(named.person, is_proved=is_proved) if named else ""
    if not name:
        return _("the organiser of %(place)s") % {"place": place}
    return _("the organiser of %(place)s: %(name)s") % {"place": place, "name": name}


def _shown(person: Person, *, is_proved: bool) -> str:
    if is_proved:
        return person.full_name
    return person.given_name if person.shows_given_name else ""
