"""What one seat is asked, and who owes what of it."""

from datetime import datetime
from enum import Enum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Answer(models.TextChoices):
    """What became of one seat's assignment, as its holder said it; expired is said by the end of the action."""

    WAITING = "waiting", _("no answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    BLOCKED = "blocked", _("blocked")
    EXPIRED = "expired", _("expired")
    REPORTED = "reported", _("reported")


TURNED_DOWN = (Answer.DECLINED, Answer.BLOCKED)
"""The holder does not go: because they would rather not, or because something outside prevents it."""


class Owes(Enum):
    """What whoever acts on an assignment owes next."""

    NOTHING = "nothing"
    ANSWER = "answer"
    REPORT = "report"


def owes(*, answer: Answer, has_holder: bool, has_neighbour: bool) -> Owes:
    """Say what is owed of an assignment: of a neighbour who took it over a report, of its holder an answer, then a report."""
    if answer in (Answer.REPORTED, Answer.EXPIRED):
        return Owes.NOTHING
    if has_neighbour:
        return Owes.REPORT
    if not has_holder or answer in TURNED_DOWN:
        return Owes.NOTHING
    return Owes.REPORT if answer == Answer.ACCEPTED else Owes.ANSWER


def answer_by(*, starts_at: datetime, ends_at: datetime, now: datetime) -> datetime:
    """Say by when a yes or a no is asked for: by the start; once it has begun by the end, until which they are taken."""
    return starts_at if now < starts_at else ends_at


def owed_at(owed: Owes, *, ends_at: datetime, now: datetime) -> Owes:
    """Say what of it is owed at an instant: after the end nobody says yes or no any more, and who owes an answer owes a report."""
    return Owes.REPORT if owed == Owes.ANSWER and ends_at <= now else owed
