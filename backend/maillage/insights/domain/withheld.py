"""When figures about people are made public: fixed periods, once each (which of them: `people.domain.withheld`).

Figures are published for fixed periods that do not overlap, once, when they are over, and never written again. So the
periods share no application, and one edition cannot be subtracted from another. Within one, each person stands in one cell.
"""

from datetime import date, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class Measured(models.TextChoices):
    """What a public figure counts of the people who asked for a seat in its period."""

    APPLICATIONS = "applications", _("asked for a seat")
    CALLED_IN_TIME = "called_in_time", _("were called within 48 hours")
    CALLED_AT_LEAST = "called_at_least", _("were called within 48 hours, at least")


PERIOD = timedelta(weeks=4)
_FIRST_MONDAY = date(2024, 1, 1)

SETTLED_AFTER = timedelta(days=3)
"""How long after its end a period is published: the 48 hours of its last application have passed everywhere."""


def period_of(day: date) -> date:
    """Give the first day, a Monday, of the fixed four weeks in which a day lies."""
    return _FIRST_MONDAY + (day - _FIRST_MONDAY) // PERIOD * PERIOD


def periods_over(*, first: date, today: date, most: int) -> list[date]:
    """Give the first days of the latest periods that are over and settled, none before the one of `first`, the oldest first."""
    found: list[date] = []
    begins = period_of(today - SETTLED_AFTER) - PERIOD
    while begins >= period_of(first) and len(found) < most:
        found.append(begins)
        begins -= PERIOD
    return found[::-1]
