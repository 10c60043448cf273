"""Who makes the promised call."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from maillage.people.models import Person
from maillage.people.selectors import ladder
from maillage.relays.models import Application
from maillage.territories.models import Area


@dataclass(frozen=True)
class Caller:
    """Who calls the applicants of an area: `person`, who is named, or the organisers of `place`, where none of them is."""

    person: Person | None
    place: str

    @property
    def shown_name(self) -> str:
        """The first name, which pages say only of who chose to show it."""
        return self.person.given_name if self.person and self.person.shows_given_name else ""


def kept_out(application: Application) -> frozenset[UUID]:
    """Who neither calls an applicant nor decides, though they organise the place: whoever entered them from a paper, and they themself."""
    entered_by = application.paper.entered_by_id if application.paper else None
    return frozenset(user_id for user_id in (entered_by, application.person.user_id) if user_id)


def caller_at(area: Area, *, now: datetime, without: Collection[UUID] = ()) -> Caller | None:
    """Return who calls applicants of an area, `without` some organisers: of the nearest, who are the ones told of it.

    None where nobody organises. Two queries, three where nobody is named.
    """
    nearest = next(iter(ladder(area.pk, now=now, without=without)), None)
    if nearest is None:
        return None
    if nearest.named is not None:
        return Caller(nearest.named.person, "")
    return Caller(None, Area.objects.get(pk=nearest.area_id).called)
