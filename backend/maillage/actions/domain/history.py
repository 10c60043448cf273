"""What happened to one assignment, as the board tells it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import models
from django.utils.translation import gettext_lazy as _


class Happening(models.TextChoices):
    """What a line of an assignment's history says."""

    ASKED = "asked", _("the brief left")
    OPENED = "opened", _("the brief was opened")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    BLOCKED = "blocked", _("blocked")
    STARTED = "started", _("the action started")
    ENDED = "ended", _("the action ended")
    REMINDED = "reminded", _("reminded")
    EXCUSED = "excused", _("excused for today")
    ASKED_NEXT_DOOR = "asked_next_door", _("a neighbour was asked")
    TAKEN_OVER = "taken_over", _("a neighbour took it over")
    DECLINED_NEXT_DOOR = "declined_next_door", _("a neighbour declined")
    WITHDRAWN_NEXT_DOOR = "withdrawn_next_door", _("the question to a neighbour was taken back")
    REPORTED = "reported", _("reported")


@dataclass(frozen=True)
class Happened:
    """One line of it. `number`: which reminder, or which version was opened. `who` and `person_id`: the neighbour who was asked, the
    organiser who excused, or who opened it."""

    at: datetime
    what: Happening
    number: int | None = None
    who: str = ""
    person_id: UUID | None = None
