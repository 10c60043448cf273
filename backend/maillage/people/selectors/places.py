"""Places, as the people floor asks for them."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid, NotFound
from maillage.people.domain import PlacedBy
from maillage.territories.models import Area
from maillage.territories.selectors import area_by_code, placing_set, seats_of
from maillage.territories.selectors.areas import LOCALITIES


@dataclass(frozen=True)
class Home:
    """Where somebody lives, and how it was decided (decision 3)."""

    area: Area
    locality: Area | None
    placed_by: PlacedBy
    placed_with: str


def place_of_paper(code: str) -> Area:
    """Return the constituency of a code, whatever the case it is typed in. Raises: NotFound."""
    areas = Area.objects.select_related("kind", "parent__kind").filter(code__iexact=code, kind__bears_seats=True)
    area = areas.order_by("country", "pk").first()
    if area is None:
        raise NotFound
    return area


def lives_at(*, commune: str, constituency: str) -> Home:
    """Return the home that two codes name, never by guess: a commune that lies in several constituencies asks for one of them.

    A constituency alone is enough; a commune (or a country abroad) in one constituency is certain.  Raises: Invalid by field.
    """
    seat = _constituency(constituency) if constituency else None
    set_now = placing_set()
    placed_with = set_now.hash if set_now else ""
    if not commune:
        if seat is None:
            raise Invalid(fields={"commune": [_("Choose a commune or a constituency.")]})
        return Home(seat, None, PlacedBy.CHOSEN, placed_with)
    localities = Area.objects.filter(code=commune, kind__code__in=LOCALITIES, valid_until=None)
    locality = (localities.filter(country=seat.country) if seat else localities).order_by("country", "pk").first()
    if locality is None:
        raise Invalid(fields={"commune": [_("We know no such commune.")]})
    seats = list(seats_of(locality).filter(valid_until=None))
    if seat is None and len(seats) != 1:
        raise Invalid(fields={"constituency": [_("This commune lies in several constituencies: choose yours.")]})
    if seat is not None and seat not in seats:
        raise Invalid(fields={"constituency": [_("This commune does not lie in that constituency.")]})
    return Home(seat or seats[0], locality, PlacedBy.CERTAIN if len(seats) == 1 else PlacedBy.CHOSEN, placed_with)


def _constituency(code: str) -> Area:
    try:
        area = area_by_code(code)
    except NotFound:
        area = None
    if area is None or area.valid_until is not None:
        raise Invalid(fields={"constituency": [_("We know no such constituency.")]})
    return area
