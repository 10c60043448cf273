"""What higher halls know of a seat's past and of what waits there: the registry that they fill from their `apps.py`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID


@dataclass(frozen=True)
class PastMeeting:
    """Something that was done in a place, by whoever held the seat then: it names none of them.

    `asked` is what it was about, `came_of` what came of it, `said` a sentence of the representative, `hard` what did not work.
    """

    at: datetime
    asked: str
    came_of: str
    said: str = ""
    hard: str = ""


@dataclass(frozen=True)
class Waiting:
    """Something that this seat is asked now: `path` is where it is answered, below the app."""

    title: str
    starts_at: datetime
    ends_at: datetime
    state: str
    path: str


@dataclass(frozen=True)
class SeatHistory:
    """What one hall knows of a seat: what was done there, and what waits; texts in the active language."""

    past: Callable[[UUID], list[PastMeeting]]
    waiting: Callable[[UUID, datetime], list[Waiting]]


SEAT_HISTORY: dict[str, SeatHistory] = {}


def register_seat_history(
    name: str, *, past: Callable[[UUID], list[PastMeeting]], waiting: Callable[[UUID, datetime], list[Waiting]]
) -> None:
    """Tell what a hall knows of a seat (by the seat's id). Raises ValueError on a second one of that name."""
    if name in SEAT_HISTORY:
        raise ValueError(f"the history {name} is registered twice")
    SEAT_HISTORY[name] = SeatHistory(past=past, waiting=waiting)
