"""Which donations go back when a person gave more than the law allows: the latest first."""

from collections.abc import Iterable
from uuid import UUID


def going_back(over: int, latest_first: Iterable[tuple[UUID, int]]) -> dict[UUID, int]:
    """Part what is too much, in cents, over donations of which so many cents are left, the latest first; each at most what is left."""
    found: dict[UUID, int] = {}
    for donation, left in latest_first:
        part = min(over, left)
        if part > 0:
            found[donation] = part
            over -= part
    return found
