"""What an applicant can do until they are called, and whoever joined a place from then on; none of it needs anybody's data."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.advocacy import selectors as advocacy
from maillage.kernel.links import sign_link
from maillage.people import selectors as people
from maillage.relays.domain import CHARTER_LINK, CHARTER_LINK_LASTS, COVERED
from maillage.relays.models import SeatStanding
from maillage.territories.models import Area


@dataclass(frozen=True)
class ToDo:
    """One thing to do: what it is, why, and the public page below the language on which it is done."""

    title: str
    why: str
    path: str


def while_you_wait(area: Area, *, person_id: UUID, now: datetime) -> list[ToDo]:
    """Three things to do until the call, in the active language; where a charter is in force, reading it is one. Two queries."""
    official = advocacy.sitting_for(area.pk)
    place = f"places/{area.code}/"
    return [
        ToDo(
            _("Read whom you would meet: %(name)s") % {"name": official.full_name} if official else _("Read who represents this place"),
            _("Their group, since when they sit, and where their votes and questions stand."),
            f"{place}#official" if official else place,
        ),
        _charter(person_id, now=now)
        or ToDo(
            _("Read what a relay does, and what not"),
            _("One page: what is asked of you, who sees what, how you leave."),
            "what-a-relay-does/",
        ),
        ToDo(
            _("Show the page of this place to somebody who lives there"),
            _("It says who sits there and how the seat stands; it does not name you."),
            place,
        ),
    ]


def once_joined(standing: SeatStanding) -> list[ToDo]:
    """Three things to do for whoever has joined a place, in the active language. One query."""
    area = standing.area
    official = advocacy.sitting_for(area.pk)
    place = f"places/{area.code}/"
    is_answered = standing.state in COVERED
    return [
        ToDo(
            _("Say hello to whoever answers for this place"),
            _("Your words reach them, your address does not. They answer through this site."),
            f"relays/write/{area.code}/",
        )
        if is_answered
        else ToDo(
            _("Would you hold the seat of this place?"),
            _("It looks for somebody. A human calls you within 48 hours, and you commit to nothing before that."),
            f"relays/apply/{area.code}/",
        ),
        ToDo(
            _("Read who represents you: %(name)s") % {"name": official.full_name} if official else _("Read who represents this place"),
            _("Their group, since when they sit, and where their votes and questions stand."),
            f"{place}#official" if official else place,
        ),
        ToDo(
            _("Show the page of this place to somebody who lives there"),
            _("It says who sits there and how the seat stands; it does not name you."),
            place,
        ),
    ]


def charter_path(person_id: UUID, *, now: datetime) -> str:
    """Return the page below the language on which one person, and nobody else, reads the charter and agrees to it."""
    return f"relays/charter/{sign_link(CHARTER_LINK, ids=[person_id], ends_at=now + CHARTER_LINK_LASTS)}/"


def _charter(person_id: UUID, *, now: datetime) -> ToDo | None:
    if people.charter_missed_by(person_id) is None:
        return None
    return ToDo(
        _("Read the charter, and agree to it if you do"),
        _("One page: what a relay promises, and what is promised to them. A seat is yours only once you agreed."),
        charter_path(person_id, now=now),
    )
