"""Which seats are filled in the demo: about a third, in clumps, as a young network really looks."""

from collections.abc import Sequence
from hashlib import blake2b

from maillage.relays.domain import SeatState

# Shares of the seats, in thousandths, cumulated; the figure to beat is a third of the seats filled.
_SHARES = ((SeatState.FILLED, 333), (SeatState.STAND_IN, 375), (SeatState.DORMANT, 398), (SeatState.APPLIED, 470), (SeatState.VACANT, 1000))


def _score(text: str) -> int:
    """Draw a number from 0 to 999 that depends on the text alone."""
    return int.from_bytes(blake2b(text.encode(), digest_size=4).digest()) % 1000


def spread(codes: Sequence[str]) -> dict[str, SeatState]:
    """Give each seat a state. Seats of one department lean the same way, since people bring their neighbours.

    `codes` are canonical constituency codes; the department is all but the last two characters.
    """
    drawn = sorted(codes, key=lambda code: (0.6 * _score(f"department {code[:-2]}") + 0.4 * _score(f"seat {code}"), code))
    states: dict[str, SeatState] = {}
    for rank, code in enumerate(drawn):
        share = rank * 1000 // len(drawn)
        states[code] = next(state for state, until in _SHARES if share < until)
    return states


def part(text: str, *, of: int) -> int:
    """Draw a number from 0 to `of` - 1 that depends on the text alone."""
    return _score(text) * of // 1000
