"""How a promise of a human contact is kept alive: reminders before its hour, and up the territory after it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

REMINDED_AFTER = (timedelta(hours=24), timedelta(hours=44))
"""When whoever owes the call is reminded: half way, and while four hours are left to make it."""

CLIMBS_EVERY = timedelta(hours=24)
"""How long each organiser up the territory has before the promise climbs further.

Half of the first 48 hours, because somebody has already waited those; not less, because who is told at 8:00 of something
that climbed in the night must have a whole day of theirs to call. From a constituency of France to the country it takes
two or three days at most.
"""

LOOKED_FOR_EVERY = timedelta(hours=6)
"""How often, once the hour has passed, it is looked who may still call: within a working day whoever comes, or is left, is told."""


class StepKind(models.TextChoices):
    """What was done for a promise that nobody had kept yet."""

    REMINDER = "reminder", _("whoever owes the call was reminded")
    CLIMB = "climb", _("its hour passed, and the next organiser up owes the call")
    NOBODY = "nobody", _("its hour passed, and nobody is there to call")


@dataclass(frozen=True)
class StepDue:
    """The next thing to do for a promise, and the instant from which it is to be done."""

    number: int
    kind: StepKind
    at: datetime


def step_due(*, made_at: datetime, due_at: datetime, taken: int, last_at: datetime | None, now: datetime) -> StepDue:
    """Say what comes after the steps taken so far (the number of the last, 0 for none), the last of them at `last_at`.

    First the reminders, then one climb each `CLIMBS_EVERY`. Of two reminders that are due at once the later is given, and
    none once the hour has passed. A climb is reckoned from the one before and not from the promise, so that each organiser
    has their whole time even when the machine had stood still.
    """
    if now < due_at and taken < len(REMINDED_AFTER):
        number = max(taken + 1, sum(made_at + after <= now for after in REMINDED_AFTER))
        return StepDue(number, StepKind.REMINDER, made_at + REMINDED_AFTER[number - 1])
    first = len(REMINDED_AFTER) + 1
    if taken < first or last_at is None:
        return StepDue(first, StepKind.CLIMB, due_at)
    return StepDue(taken + 1, StepKind.CLIMB, last_at + CLIMBS_EVERY)
