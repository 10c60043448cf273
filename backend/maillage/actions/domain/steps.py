"""What an organiser does from the board: to whom, when it leaves, until when it can be undone."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.kernel.daytime import by_day


class StepKind(models.TextChoices):
    """The three next steps."""

    RELAUNCH = "relaunch", _("relaunch")
    HAND_OVER = "hand_over", _("hand to a neighbour")
    EXCUSE = "excuse", _("excuse for today")


LEAVES_AFTER = timedelta(minutes=10)
"""How long the mails of a step wait: undone before they leave, nobody ever learns of it."""


def leaves_at(*, now: datetime, zone: str) -> datetime:
    """Say when the mail of a step leaves: ten minutes later, by night at 8:00 of the place."""
    return by_day(now + LEAVES_AFTER, zone)


def excused_until(*, now: datetime, zone: str) -> datetime:
    """Say until when who is excused for today is not late: midnight of the place."""
    local = now.astimezone(ZoneInfo(zone))
    return datetime.combine(local.date() + timedelta(days=1), time(0), tzinfo=ZoneInfo(zone)).astimezone(now.tzinfo)


@dataclass(frozen=True)
class StepPreview:
    """What a step would do now, to whom. `number` assignments, which is what the organiser confirms.

    Of a relaunch and of a question to a neighbour: `by_mail` and `by_hand` (a human posts, says or texts it) sum to `number`, and
    `in_the_morning` of them leave at 8:00 of the place only. Not among them: `to_call`, reminded twice already; `unreached`, who
    gave no way, or wants nothing more on it; `paused`, who pauses in that seat: nothing is asked of them; `passed_over`, who owes
    nothing, is excused, or has a reminder or a question on its way.
    `leaves_at`: when the first leaves. `until`: when an excuse lapses.
    """

    kind: StepKind
    number: int
    by_mail: int = 0
    by_hand: int = 0
    in_the_morning: int = 0
    to_call: int = 0
    unreached: int = 0
    paused: int = 0
    passed_over: int = 0
    leaves_at: datetime | None = None
    until: datetime | None = None
