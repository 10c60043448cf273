"""What an applicant can do until they are called, none of which needs anybody's data."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from maillage.advocacy import selectors as advocacy
from maillage.territories.models import Area


@dataclass(frozen=True)
class ToDo:
    """One thing to do: what it is, why, and the public page below the language on which it is done."""

    title: str
    why: str
    path: str


def while_you_wait(area: Area) -> list[ToDo]:
    """Three things to do until the call, in the active language. One query."""
    official = advocacy.sitting_for(area.pk)
    place = f"places/{area.code}/"
    return [
        ToDo(
            _("Read whom you would meet: %(name)s") % {"name": official.full_name} if official else _("Read who represents this place"),
            _("Their group, since when they sit, and where their votes and questions stand."),
            f"{place}#official" if official else place,
        ),
        ToDo(
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
