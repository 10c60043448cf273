"""How a list of people can be narrowed and ordered; a hall adds what it knows of places."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from maillage.people.domain.sight import Seen

MOST_COUNTED = 10_000
"""Beyond so many, a total is said as "more than 10,000" (decision 17)."""


NEW_FOR = timedelta(days=30)
"""How long after they joined people are new, and greeted. Not the day on which they joined: their relay is told no more."""


class Sort(StrEnum):
    """In which order; each has its index."""

    NAME = "name"
    JOINED = "joined"


class Agreed(StrEnum):
    """Whether they agreed that their relay contacts them: on a channel, on any, or on none."""

    EMAIL = "email"
    SMS = "sms"
    PHONE = "phone"
    POST = "post"
    ANY = "any"
    NONE = "none"


AreasOf = Callable[[str], set[UUID]]
"""The constituencies of which a hall says something; raises ValueError for a value that it does not know."""

PLACE_FILTERS: dict[str, AreasOf] = {}
"""By the filter's name; a hall adds its own from its `apps.py`."""


def register_place_filter(name: str, areas_of: AreasOf) -> None:
    """Let lists of people be narrowed by what a hall knows of places. Raises ValueError on a second one of that name."""
    if name in PLACE_FILTERS:
        raise ValueError(f"filter {name} is registered twice")
    PLACE_FILTERS[name] = areas_of


TOLD_BY: Mapping[str, Seen | None] = {
    "q": None,
    "area": None,
    "places": None,
    "role": Seen.HISTORY,
    "agreed": Seen.CHOSEN_CONTACT,
    "joined_since": Seen.HISTORY,
    "is_new": None,
    Sort.NAME: None,
    Sort.JOINED: Seen.HISTORY,
}
"""What a filter or an order tells of whom it shows; who may not see that of somebody does not find them by it.

None: it tells what every reader sees, that somebody is new among it: the form to join says that the relay will know.
`q` and the order of names take of each person only the names that the reader sees.
"""


@dataclass(frozen=True)
class Asked:
    """What a reader asks of the list of people; empty where they do not mind."""

    q: str = ""
    area: UUID | None = None
    role: str = ""
    agreed: Agreed | None = None
    joined_since: date | None = None
    is_new: bool = False
    places: Mapping[str, str] | None = None
    sort: Sort = Sort.NAME

    @property
    def asks_more_than_names(self) -> bool:
        """Whether people are left out by more than where they live and what they are called."""
        return bool(self.role) or self.agreed is not None or self.joined_since is not None or self.is_new

    @property
    def told(self) -> frozenset[Seen]:
        """What the answer tells of the people in it, whatever is shown of each."""
        asked = [name for name in TOLD_BY if getattr(self, name, None) not in (None, "")]
        return frozenset(seen for name in [*asked, self.sort] if (seen := TOLD_BY[name]) is not None)
