"""When an action runs, and what launching it would do."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionStatus(models.TextChoices):
    """Where an action stands."""

    DRAFT = "draft", _("draft")
    SCHEDULED = "scheduled", _("scheduled")
    LAUNCHED = "launched", _("launched")
    STOPPED = "stopped", _("stopped")
    CLOSED = "closed", _("closed")


BEFORE_LAUNCH = (ActionStatus.DRAFT, ActionStatus.SCHEDULED)
"""Its organisers alone see it, and its text can be changed."""

REPORTS_TAKEN = timedelta(days=14)
"""How long after its end an action still takes answers; then it closes, and its links end."""

SECOND_PERSON_ABOVE = 1_000
"""How many people, by mail and by hand together, one organiser alone may launch to: "launch (above 1,000 people by a second person)"."""

OVERDUE_AFTER = timedelta(minutes=10)
"""So long after its hour a launch that still waits is looked at."""


def needs_second_person(people: int) -> bool:
    """Say whether a launch to so many people takes the yes of a second organiser of the whole territory."""
    return people > SECOND_PERSON_ABOVE


class RequestStatus(models.TextChoices):
    """What became of asking a second person for the launch. Overtaken: the action or its hour changed, or it left without it."""

    ASKED = "asked", _("asked")
    AGREED = "agreed", _("agreed")
    REFUSED = "refused", _("refused")
    WITHDRAWN = "withdrawn", _("withdrawn")
    OVERTAKEN = "overtaken", _("overtaken")


class ScheduleStatus(models.TextChoices):
    """What became of the hour for which a launch was set."""

    WAITING = "waiting", _("waiting")
    LEFT = "left", _("left")
    MOVED = "moved", _("moved")
    TAKEN_BACK = "taken_back", _("taken back")
    HELD_BACK = "held_back", _("held back")


class HeldBack(models.TextChoices):
    """Why a launch did not leave at its hour."""

    SECOND_PERSON = "second_person", _("it reaches so many people that a second person has to say yes")
    WINDOW_OVER = "window_over", _("the window of the action was over")
    SILENCE = "silence", _("no campaigning is allowed, since a vote is near")
    ORGANISER_GONE = "organiser_gone", _("who set the hour, or said yes to it, organises the territory no more")
    FAILED = "failed", _("an error kept it from leaving, and it was tried again in vain")


@dataclass(frozen=True)
class DryRun:
    """What launching would do now: `messages` mails by language to holders; of those `without_email` a human brings it to `by_hand`.

    The others gave no other way, or want no briefs on it: whoever launches reaches them.
    """

    seats: int
    with_holder: int
    vacant: int
    messages: int
    without_email: int
    by_hand: int
    by_language: dict[str, int]

    @property
    def reached(self) -> int:
        """How many people it reaches, by mail and by hand."""
        return self.messages + self.by_hand
