"""What stands under a map: the states with their counts, and who drew the boundaries."""

from typing import Any

from maillage.relays.domain import Coverage, SeatState

ORDER = (SeatState.FILLED, SeatState.STAND_IN, SeatState.APPLIED, SeatState.VACANT, SeatState.DORMANT)
"""From most held to least, and what sleeps last."""


def legend(coverage: Coverage) -> list[dict[str, Any]]:
    """Return each state with its count, as the legend shows them."""
    return [{"value": state.value, "label": state.label, "count": getattr(coverage, state.value)} for state in ORDER]


def credit(attribution: str, licence: str) -> str:
    """Say whom a picture is owed to and under which licence, once."""
    return attribution if licence.split()[0] in attribution else f"{attribution}, {licence}"
