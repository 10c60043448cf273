"""How a list of donations is narrowed and ordered."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class Sort(StrEnum):
    """In which order; each has its index."""

    LATEST = "latest"
    OLDEST = "oldest"
    LARGEST = "largest"


class Before(StrEnum):
    """Whether the same giver had given to this recipient before."""

    NEW = "new"
    RETURNING = "returning"


class Rhythm(StrEnum):
    """Whether a donation was made once or is an instalment."""

    ONCE = "once"
    MONTHLY = "monthly"


@dataclass(frozen=True)
class Asked:
    """What a treasurer asks of the list; empty where they do not mind. Amounts in cents; `since` and `until` are both within."""

    words: tuple[str, ...] = ()
    email: str = ""
    exactly: int | None = None
    envelope: str = ""
    state: str = ""
    method: str = ""
    rhythm: Rhythm | None = None
    since: date | None = None
    until: date | None = None
    least: int | None = None
    most: int | None = None
    area: UUID | None = None
    ref: str = ""
    before: Before | None = None
    sort: Sort = Sort.LATEST
