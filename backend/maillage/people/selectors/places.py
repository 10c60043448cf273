"""Places, as the people floor asks for them."""

from maillage.kernel.errors import NotFound
from maillage.territories.models import Area


def place_of_paper(code: str) -> Area:
    """Return the constituency of a code, whatever the case it is typed in. Raises: NotFound."""
    areas = Area.objects.select_related("kind", "parent__kind").filter(code__iexact=code, kind__bears_seats=True)
    area = areas.order_by("country", "pk").first()
    if area is None:
        raise NotFound
    return area
