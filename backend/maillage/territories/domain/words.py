"""The words of places: what a set is good for, how sure an answer is, what a vote limits."""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class SetUse(models.TextChoices):
    """What a set of boundaries is good enough for: placing a point, or drawing the whole country."""

    LOCATE = "locate", _("placing people and close maps")
    OVERVIEW = "overview", _("the national map")


class WindowKind(models.TextChoices):
    """What an election limits while a window is open, asked by messaging, fundraising, events, canvassing."""

    SILENCE = "silence", _("no campaigning")
    ADVERTISING = "advertising", _("political advertising is limited")
    COLLECTING = "collecting", _("money for the campaign is collected by its agent only")


class CalendarKind(models.TextChoices):
    """Why people are away, or may not be asked, on some days."""

    RECESS = "recess", _("parliamentary recess")
    HOLIDAY = "holiday", _("holidays")
    SILENCE = "silence", _("silence before a vote")
    OTHER = "other", _("other")


NEAR_BOUNDARY_METRES = 100.0
"""Below this distance to another seat, nobody is placed for certain, however fine the set."""

NEAREST_METRES = 500.0
"""A point outside every polygon (a quay, an island) belongs to the nearest seat up to this distance."""


class Confidence(models.TextChoices):
    """How sure the answer to "which seat is this point in?" is."""

    CERTAIN = "certain", _("certain")
    NEAR_BOUNDARY = "near_boundary", _("near a boundary")
    NEAREST = "nearest", _("the nearest seat")


def near_boundary_metres(*, precision_m: float) -> float:
    """Give the distance to another seat below which a set of this precision is not certain: 100 m, or twice its precision."""
    return max(NEAR_BOUNDARY_METRES, 2 * precision_m)


def confidence(*, inside: bool, doubtful: bool, metres_to_other: float | None, precision_m: float) -> Confidence:
    """Judge a placed point. `doubtful`: an approximate set cannot tell the seats of this commune apart."""
    if not inside:
        return Confidence.NEAREST
    if doubtful or (metres_to_other is not None and metres_to_other < near_boundary_metres(precision_m=precision_m)):
        return Confidence.NEAR_BOUNDARY
    return Confidence.CERTAIN


@dataclass(frozen=True)
class Position:
    """A place on Earth in WGS 84 degrees. It is answered, never stored (decision 3)."""

    lat: float
    lon: float


ARTICLES = frozenset({"le", "la", "les", "l", "the"})
"""Leading articles that do not count when a place is looked for, in the languages that people search in, folded."""
