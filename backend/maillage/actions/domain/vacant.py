"""What happens to seats on which nobody acts: the rule that the organiser chose for an action."""

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db import models
from django.utils.translation import gettext_lazy as _


class VacantRule(models.TextChoices):
    """What is done about seats that nobody holds, or whose holder does not go."""

    WORKLIST = "worklist", _("they wait on the worklist")
    NEIGHBOUR = "neighbour", _("a neighbour is asked")
    ORGANISER = "organiser", _("the organisers of the place are told")


SILENT_AFTER = timedelta(days=2)
"""How long a neighbour whom the rule asks has to answer at most."""


def silent_at(*, asked_at: datetime, ends_at: datetime) -> datetime:
    """Say when a neighbour who has not answered is asked no more: after two days, or a third of what was left until the end."""
    return asked_at + min(SILENT_AFTER, (ends_at - asked_at) / 3)


Place = TypeVar("Place", bound=Hashable)
Person = TypeVar("Person", bound=Hashable)


def shared_out(beside: Mapping[Place, Sequence[Person]], *, carries: Mapping[Person, int], busy: Collection[Person]) -> dict[Place, Person]:
    """Choose for each place whom next door to ask: who carries least, then the first. Nobody is asked about two places at a time.

    Places with the fewest neighbours choose first, so that as many as possible find somebody.
    """
    free = {person for people in beside.values() for person in people} - set(busy)
    chosen: dict[Place, Person] = {}
    for place in sorted(beside, key=lambda one: len(beside[one])):
        able = [person for person in beside[place] if person in free]
        if able:
            chosen[place] = min(able, key=lambda person: carries.get(person, 0))
            free.discard(chosen[place])
    return chosen


@dataclass(frozen=True)
class Relief:
    """What the rule would do now: `asked` seats for which a neighbour is asked, `later` once one is free, `none` without anybody."""

    asked: int
    later: int
    none: int
