"""The commune that somebody chooses on a form, among those of the place that it is about."""

from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid
from maillage.territories.models import Area
from maillage.territories.selectors.areas import localities_of


def chosen_locality(area: Area, code: str) -> Area | None:
    """Return the commune, or country abroad, of this code in a place; None where none was chosen.  Raises: Invalid."""
    if not code:
        return None
    found = localities_of(area).filter(code=code).first()
    if found is None:
        raise Invalid(_("Some fields need another look."), fields={"locality": [_("Choose a commune of this place, or none.")]})
    return found
