"""May this person hold a seat? Asked by whatever opens a term."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from maillage.kernel.errors import Conflict
from maillage.relays.selectors.readiness import readiness_of


def assert_may_hold(*, person_id: UUID, network_id: UUID, now: datetime) -> None:
    """Stop unless a person agreed to the charter in force and has what the network requires; without a charter nothing is asked.

    Raises: Conflict (`charter_missing` with the version's `number`, `qualification_missing` with `codes` and `names`).
    """
    ready = readiness_of(person_id, network_id=network_id, language=get_language() or "", now=now)
    if ready.charter is not None and ready.misses_charter:
        raise Conflict(
            _("They have not agreed to the charter yet. Send it to them, or enter the number of the paper that they signed."),
            code="charter_missing",
            number=ready.charter.number,
        )
    if ready.missing:
        names = ", ".join(each.name for each in ready.missing)
        raise Conflict(
            _("This network asks for more before somebody holds a seat: %(names)s.") % {"names": names},
            code="qualification_missing",
            codes=[each.code for each in ready.missing],
            names=names,
        )
