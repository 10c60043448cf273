"""What state a seat is in (decision 18). Computed on paper: no clock, no table."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

SIGN_OF_LIFE = timedelta(days=60)
"""A holder without sign-in, answer or report for this long makes the seat dormant (decision 18)."""


class SeatState(models.TextChoices):
    """The state of a seat, first that holds; exclusive, they sum to the total."""

    FILLED = "filled", _("filled")
    STAND_IN = "stand_in", _("stand-in")
    DORMANT = "dormant", _("dormant")
    APPLIED = "applied", _("applied")
    VACANT = "vacant", _("vacant")


COVERED = (SeatState.FILLED, SeatState.STAND_IN)
"""Somebody answers for the place (decision 18)."""


class TermKind(models.TextChoices):
    """As what a person holds a seat."""

    RELAY = "relay", _("relay")
    STAND_IN = "stand_in", _("stand-in")


LONGEST_PAUSE = timedelta(days=183)
"""Half a year: who needs longer hands over, so that the place has somebody."""

NEWS = timedelta(days=7)
"""A seat filled for less long than this is news: the map marks it with a white knot."""


@dataclass(frozen=True)
class Coverage:
    """How many seats of a network are in each state; the five sum to `total` (decision 18)."""

    total: int
    filled: int
    stand_in: int
    applied: int
    vacant: int
    dormant: int

    @property
    def covered(self) -> int:
        """Seats with somebody who answers: the headline, and the numerator of every coverage rate."""
        return self.filled + self.stand_in


@dataclass(frozen=True)
class TermFacts:
    """What the rule of seat states asks of a term that has not ended."""

    kind: TermKind
    is_paused: bool
    seen_at: datetime | None


def seat_state(*, terms: list[TermFacts], has_open_application: bool, now: datetime) -> SeatState:
    """Derive a seat's state from its running terms and its applications, first that holds (decision 18)."""
    for term in terms:
        if term.kind == TermKind.RELAY and not term.is_paused and term.seen_at and now - term.seen_at <= SIGN_OF_LIFE:
            return SeatState.FILLED
    if any(term.kind == TermKind.STAND_IN for term in terms):
        return SeatState.STAND_IN
    if terms:
        return SeatState.DORMANT
    return SeatState.APPLIED if has_open_application else SeatState.VACANT
