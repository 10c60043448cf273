"""The table of who sees what (decision 9), as it stands at one place: everybody who would read you there, level by level."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from maillage.accounts.domain import Role
from maillage.people.domain.sight import PlacedSight, who_sees_what
from maillage.people.models import Person
from maillage.people.selectors.ladder import Rung, ladder
from maillage.territories.models import Area, called


def sights_in(
    area_id: UUID, *, roles: Collection[Role], answerers: Sequence[str], now: datetime, is_proved: bool = False
) -> list[PlacedSight]:
    """The lines for a place, in the active language, in the order of `roles`. At most three queries.

    The organisers of each level above have a line of their own, the nearest first: those further up read as much. So has each
    of those who hold the place, called as `answerers` say. In public a name stands only where its bearer chose to show it, and
    then the first name alone; `is_proved`: the reader proved their address, and reads the nearest organiser's full name, as
    their mail says it.
    """
    named = {Role.ORGANISER: _organisers(area_id, now=now, is_proved=is_proved), Role.RELAY: answerers or [""]}
    return [
        PlacedSight(who=who or row.role, seen=row.seen, of_whom=row.of_whom)
        for role in roles
        for row in who_sees_what([role])
        for who in named.get(role, [""])
    ]


def _organisers(area_id: UUID, *, now: datetime, is_proved: bool) -> list[str]:
    rungs = ladder(area_id, now=now)
    if not rungs:
        return [_("an organiser of this place (nobody is, today)")]
    places: dict[UUID, str] = dict(Area.objects.filter(pk__in=[rung.area_id for rung in rungs]).values_list("pk", called()))
    return [_level(rung, places[rung.area_id], is_proved=is_proved and rung is rungs[0]) for rung in rungs]


def _level(rung: Rung, place: str, *, is_proved: bool) -> str:
    if is_proved:
        names = [rung.named.person.full_name] if rung.named else []
    else:
        names = [name for user in rung.organisers if hasattr(user, "person") and (name := name_shown(user.person))]
    said = {"place": place, "name": ", ".join(names)}
    if len(rung.organisers) == 1 or is_proved:
        return _("the organiser of %(place)s: %(name)s") % said if names else _("the organiser of %(place)s") % said
    return _("the organisers of %(place)s, among them: %(name)s") % said if names else _("the organisers of %(place)s") % said


def name_shown(person: Person) -> str:
    """The first name of who chose to show it in public; nothing otherwise."""
    return person.given_name if person.shows_given_name else ""
