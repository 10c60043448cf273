"""Words and rules of seats (decision 18). Computed on paper: no clock, no table."""

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


class TermKind(models.TextChoices):
    """As what a person holds a seat."""

    RELAY = "relay", _("relay")
    STAND_IN = "stand_in", _("stand-in")


class ApplicationStatus(models.TextChoices):
    """Where an application stands; it is open until approved, declined or withdrawn."""

    UNCONFIRMED = "unconfirmed", _("waiting for its confirming mail")
    SUBMITTED = "submitted", _("submitted")
    CONTACTED = "contacted", _("contacted")
    APPROVED = "approved", _("approved")
    DECLINED = "declined", _("declined")
    WITHDRAWN = "withdrawn", _("withdrawn")


OPEN_APPLICATION = (ApplicationStatus.SUBMITTED, ApplicationStatus.CONTACTED)


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
