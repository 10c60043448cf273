"""Who sees what of a person: the table of decision 9, printed on forms and obeyed by the API."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from maillage.accounts.domain import Role


class Seen(models.TextChoices):
    """One thing about a person that somebody may see."""

    GIVEN_NAME = "given_name", _("first name")
    INITIAL = "initial", _("initial of the family name")
    FAMILY_NAME = "family_name", _("family name")
    LOCALITY = "locality", _("commune")
    CHOSEN_CONTACT = "chosen_contact", _("the contact that the person chose for this")
    CONTACT_POINTS = "contact_points", _("e-mail address and telephone")
    HISTORY = "history", _("part taken in actions")
    DONOR = "donor", _("identity as a donor, and gifts")
    DISPLAY_NAME = "display_name", _("displayed name")
    ALL = "all", _("everything")


@dataclass(frozen=True)
class Sight:
    """What one role sees, of whom, and on what condition."""

    role: Role
    seen: frozenset[Seen]
    of_whom: str | LazyText


@dataclass(frozen=True)
class PlacedSight:
    """A line of the table at one place: who that is there, what they see, and of whom."""

    who: str
    seen: tuple[str, ...]
    of_whom: str


Answerer = Callable[[UUID, datetime], list[str]]
"""How the table calls everybody who holds a place, by the id of its area, in the active language; empty where nobody could."""

ANSWERERS: dict[str, Answerer] = {}


def register_answerer(name: str, answerer: Answerer) -> None:
    """Tell who answers for a place; called from a hall's `apps.py`. Raises ValueError on a second one of that name."""
    if name in ANSWERERS:
        raise ValueError(f"the answerer of {name} is registered twice")
    ANSWERERS[name] = answerer


def answerers_in(area_id: UUID, now: datetime) -> list[str]:
    """Return how everybody who holds a place is called: the first hall that knows."""
    return next((said for answerer in ANSWERERS.values() if (said := answerer(area_id, now))), [])


@dataclass(frozen=True)
class SightRow:
    """A line of the table, in the reader's language."""

    role: str
    seen: tuple[str, ...]
    of_whom: str


_RELAY = frozenset({Seen.GIVEN_NAME, Seen.INITIAL, Seen.LOCALITY, Seen.CHOSEN_CONTACT})
_HERE = _("people of this constituency who agreed that their relay may contact them")

WHO_SEES_WHAT: tuple[Sight, ...] = (
    Sight(Role.RELAY, _RELAY, _HERE),
    Sight(Role.STAND_IN, _RELAY, _HERE),
    Sight(
        Role.ORGANISER,
        frozenset({Seen.GIVEN_NAME, Seen.INITIAL, Seen.FAMILY_NAME, Seen.LOCALITY, Seen.CONTACT_POINTS, Seen.HISTORY}),
        _("people of the places that they organise"),
    ),
    Sight(Role.TREASURER, frozenset({Seen.DONOR}), _("people who gave, without what they do otherwise")),
    Sight(Role.MODERATOR, frozenset({Seen.DISPLAY_NAME}), _("people who write in public")),
    Sight(Role.DATA_PROTECTION_OFFICER, frozenset({Seen.ALL}), _("anyone, after typing the reason")),
    Sight(Role.ADMINISTRATOR, frozenset(), _("nobody: settings only")),
)


def sight_of(role: Role) -> frozenset[Seen]:
    """Return what a role sees."""
    return next(sight.seen for sight in WHO_SEES_WHAT if sight.role == role)


def who_sees_what(roles: Iterable[Role]) -> list[SightRow]:
    """Return the lines of the table for these roles, in the active language, to print on a form."""
    wanted = set(roles)
    return [
        SightRow(
            role=str(sight.role.label),
            seen=tuple(str(seen.label) for seen in Seen if seen in sight.seen),
            of_whom=str(sight.of_whom),
        )
        for sight in WHO_SEES_WHAT
        if sight.role in wanted
    ]
