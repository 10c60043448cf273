"""The friendly ladder of quiet days (decision 18)."""

from collections.abc import Collection
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.relays.domain.seats import SIGN_OF_LIFE

CALL_AFTER = timedelta(days=21)
"""A human calls whoever was quiet for this long (decision 18)."""

MAIL_AFTER = timedelta(days=45)
"""A friendly mail asks whoever was quiet for this long: fifteen days are left until the seat is shown as dormant."""

STILL_HERE_LINK = "relays.still_here"
"""Purpose of the signed link by which a quiet relay answers from a mail: the id is the term."""

WORDS_OF_A_CALL = 280
"""How long the words about a friendly call are, at most: the person reads them, so that they are few and kind."""


class QuietStepKind(models.TextChoices):
    """A rung of the friendly ladder, in the order in which they are climbed; of a stand-in the last one changes no seat's state."""

    CALL = "call", _("somebody was asked to call")
    MAIL = "mail", _("a friendly mail was sent")
    DORMANT = "dormant", _("the seat is shown as dormant")


class CallOutcome(models.TextChoices):
    """What came of a friendly call."""

    WELL = "well", _("all is well")
    BREAK = "break", _("needs a break")
    HAND_OVER = "hand_over", _("wants to hand over")
    NOT_REACHED = "not_reached", _("could not be reached")


class CallClosed(models.TextChoices):
    """Why a friendly call is asked of nobody any more."""

    BACK = "back", _("they were back")
    PAUSED = "paused", _("they pause")
    ENDED = "ended", _("the term ended")


class StillHere(models.TextChoices):
    """What a quiet relay answers."""

    HERE = "here", _("still here")
    BREAK = "break", _("needs a break")
    HAND_OVER = "hand_over", _("wants to hand over")


def days_later(instant: datetime, days: timedelta, *, zone: str) -> datetime:
    """Say when so many days have passed on the wall clock of a place: the same hour of the day there, summer time or not."""
    return (instant.astimezone(ZoneInfo(zone)) + days).astimezone(UTC)


def quiet_days(*, seen_at: datetime, is_paused: bool, now: datetime, zone: str) -> int:
    """Count the whole days since a holder's last sign of life, on the wall clock of the place; none while they pause.

    A sign of life is a sign-in, an answer or a report (decision 18), and so is the end of a pause: days of a pause never count.
    """
    if is_paused or now <= seen_at:
        return 0
    there = ZoneInfo(zone)
    since, until = seen_at.astimezone(there).replace(tzinfo=None), now.astimezone(there).replace(tzinfo=None)
    return max(0, (until - since).days)


def quiet_step(*, seen_at: datetime, is_paused: bool, taken: Collection[QuietStepKind], now: datetime, zone: str) -> QuietStepKind | None:
    """Say which rung of the ladder is due for a quiet term; None where none is, or where it was taken since that sign of life.

    A call at 21 days, a mail at 45, dormant at 60 exactly as the state of the seat says it. Of several that are due at once,
    because the machine had stood still, the last one is taken: nobody gets two at a time, and none goes back.
    """
    if is_paused:
        return None
    due = [
        kind
        for kind, is_due in (
            (QuietStepKind.CALL, now >= days_later(seen_at, CALL_AFTER, zone=zone)),
            (QuietStepKind.MAIL, now >= days_later(seen_at, MAIL_AFTER, zone=zone)),
            (QuietStepKind.DORMANT, now - seen_at > SIGN_OF_LIFE),
        )
        if is_due
    ]
    order = list(QuietStepKind)
    if not due or any(order.index(step) >= order.index(due[-1]) for step in taken):
        return None
    return due[-1]
