"""Which places are alike, by what official figures say of them. Computed on paper: no table, no clock.

Each figure is standardised over the places compared: how many standard deviations a place stands from the mean. The
distance of two places is the root of the mean square of the differences over the figures that both have, so that a place
of which one figure is not known can still be compared. One that lacks more than half of the figures is compared with none.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import fmean, pstdev
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _

CLOSE = 0.5
"""Standard deviations within which a figure is called alike: half of what parts two places drawn at hazard, or less."""


class Theme(models.TextChoices):
    """What a figure speaks of, in a word that everybody says."""

    INCOME = "income", _("income")
    AGE = "age", _("age")
    TOWN = "town", _("town and country")
    WORK = "work", _("unemployment")
    HOMES = "homes", _("owners and tenants")


@dataclass(frozen=True)
class Likeness:
    """How near a place is to the one that was asked about: `distance` in standard deviations, `close` the figures alike,
    the closest first."""

    place: UUID
    distance: float
    close: tuple[str, ...]


def most_alike(here: UUID, figures: Mapping[UUID, Mapping[str, float]], *, most: int) -> list[Likeness]:
    """Rank the places most like one, the nearest first, itself left out; none where too little is known of it.

    `figures` says of each place what is known, by the figure's code. A figure that is the same everywhere tells nothing.
    """
    values: dict[str, list[float]] = {}
    for known in figures.values():
        for code, value in known.items():
            values.setdefault(code, []).append(value)
    spread = {code: deviation for code, found in values.items() if (deviation := pstdev(found)) > 0}
    own = figures.get(here, {})
    ranked = []
    for place, known in figures.items():
        apart = {code: abs(own[code] - known[code]) / spread[code] for code in spread if code in own and code in known}
        if place == here or not apart or 2 * len(apart) < len(spread):
            continue
        distance = sqrt(fmean(difference**2 for difference in apart.values()))
        close = tuple(sorted((code for code in apart if apart[code] <= CLOSE), key=lambda code: (apart[code], code)))
        ranked.append(Likeness(place, distance, close))
    ranked.sort(key=lambda likeness: (likeness.distance, str(likeness.place)))
    return ranked[:most]
