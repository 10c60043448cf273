"""What lists of people ask about seats."""

from uuid import UUID

from maillage.relays.domain import SeatState
from maillage.relays.models import SeatStanding


def areas_in_state(value: str) -> set[UUID]:
    """Return the constituencies with a seat in a state. Raises: ValueError for a state that there is not."""
    return set(SeatStanding.objects.filter(state=SeatState(value)).values_list("area_id", flat=True))
