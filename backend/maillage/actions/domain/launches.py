"""When an action runs, and what launching it would do."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionStatus(models.TextChoices):
    """Where an action stands."""

    DRAFT = "draft", _("draft")
    LAUNCHED = "launched", _("launched")
    STOPPED = "stopped", _("stopped")
    CLOSED = "closed", _("closed")


REPORTS_TAKEN = timedelta(days=14)
"""How long after its end an action still takes answers; then it closes, and its links end."""


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
