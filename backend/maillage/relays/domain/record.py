"""How the promise of a call was kept, as the public may read it: told by the floor that publishes figures, above."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class PromiseRecord:
    """Of `asked` people who asked for a seat in a place, `called` were called within 48 hours: at least so many if it says so.

    From `begins` to `ends`, both days included. It adds up what was published of fixed weeks that are over, and nothing else.
    """

    area_name: str
    begins: date
    ends: date
    asked: int
    called: int
    is_at_least: bool


RecordReader = Callable[[UUID, UUID], PromiseRecord | None]

_READERS: list[RecordReader] = []


def register_record(reader: RecordReader) -> None:
    """Tell how a record is read, by network and area. Raises ValueError on a second one: a record is told by one voice."""
    if _READERS:
        raise ValueError("the record of the promise is told already")
    _READERS.append(reader)


def published_record(network_id: UUID, area_id: UUID) -> PromiseRecord | None:
    """Return what was published of how the promise was kept around an area, None where that would point at somebody."""
    return next((reader(network_id, area_id) for reader in _READERS), None)
