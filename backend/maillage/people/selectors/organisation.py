"""The organisation, read on nearly every answer and changed once a year."""

from datetime import date, datetime
from time import monotonic
from typing import Any

from django.db.models import Count, Q

from maillage.kernel.dates import day_in
from maillage.people.domain import LegalKind
from maillage.people.models import Controller, Organisation
from maillage.territories.models import Area, AreaKind
from maillage.territories.selectors import zone_of_country

HELD_SECONDS = 5
"""For how long a process believes what it read: a change is everywhere after that."""

UNNAMED = "Maillage"

_held: list[tuple[float, Organisation]] = []
_zone: list[tuple[float, str]] = []


def organisation() -> Organisation:
    """Return who runs this installation; before the first run, an unnamed one that is closed. At most a query each five seconds."""
    if _held and monotonic() < _held[0][0]:
        return _held[0][1]
    found = Organisation.objects.select_related("controller").first() or unnamed()
    hold(found)
    return found


def zone_of_house() -> str:
    """Return the time zone in which the organisation's days are said: its country's. At most a query each five seconds."""
    if _zone and monotonic() < _zone[0][0]:
        return _zone[0][1]
    found = zone_of_country(organisation().country)
    _zone[:] = [(monotonic() + HELD_SECONDS, found)]
    return found


def day_of_house(now: datetime) -> date:
    """Return which day it is where the organisation is: days until which something is open, and those of the law, are its days."""
    return day_in(now, zone_of_house())


def hold(found: Organisation, *, seconds: float = HELD_SECONDS) -> None:
    """Believe this for a while, without asking the database."""
    _held[:] = [(monotonic() + seconds, found)]
    _zone.clear()


def forget_held() -> None:
    """Ask the database the next time."""
    _held.clear()
    _zone.clear()


def unnamed() -> Organisation:
    """Return what an installation is before its first run; not a row."""
    return Organisation(controller=Controller(name=UNNAMED), country="FR", legal_kind=LegalKind.ASSOCIATION)


def countries_loaded() -> list[dict[str, Any]]:
    """Return the countries whose territory is loaded, as {code, name, seats, kinds}, by name. Four queries.

    `kinds`: those of places in which a role can be held, as {code, name, places}, from the country down to what bears a seat.
    """
    kinds: dict[str, list[dict[str, Any]]] = {}
    places = dict(Area.objects.filter(valid_until=None).values_list("kind_id").annotate(count=Count("pk")).order_by())
    lowest = dict(AreaKind.objects.filter(bears_seats=True).values_list("country", "level"))
    for kind in AreaKind.objects.order_by("country", "level", "code"):
        if kind.level <= lowest.get(kind.country, -1) and (kind.bears_seats or kind.level < lowest[kind.country]):
            kinds.setdefault(kind.country, []).append({"code": kind.code, "name": kind.called, "places": places.get(kind.pk, 0)})
    bears_seat = Q(below__descendant__kind__bears_seats=True, below__descendant__valid_until=None, below__whole=True)
    countries = Area.objects.filter(kind__level=0).annotate(bearing=Count("below", filter=bears_seat)).order_by("name")
    return [{"code": area.country, "name": area.called, "seats": area.bearing, "kinds": kinds.get(area.country, [])} for area in countries]
