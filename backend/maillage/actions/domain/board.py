"""Where each assignment stands on the board."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.actions.domain.assignments import Answer


class BoardState(models.TextChoices):
    """How the board counts an assignment; exclusive, they sum to the assignments. `board_state` says which."""

    REPORTED = "reported", _("reported")
    LATE = "late", _("late")
    ACCEPTED = "accepted", _("accepted")
    NO_ANSWER = "no_answer", _("no answer")
    EMPTY = "empty", _("empty")


def board_state(*, answer: Answer, has_holder: bool, starts_at: datetime, ends_at: datetime, now: datetime) -> BoardState:
    """Say where an assignment stands, first that holds.

    Reported. Empty: nobody holds the seat, or its holder declined: the worklist. Late: no answer when the action starts,
    or accepted and no report when it ends. Accepted. Else no answer yet.
    """
    if answer == Answer.REPORTED:
        return BoardState.REPORTED
    if not has_holder or answer == Answer.DECLINED:
        return BoardState.EMPTY
    if late_since(answer=answer, starts_at=starts_at, ends_at=ends_at) <= now:
        return BoardState.LATE
    return BoardState.ACCEPTED if answer == Answer.ACCEPTED else BoardState.NO_ANSWER


def late_since(*, answer: Answer, starts_at: datetime, ends_at: datetime) -> datetime:
    """From when an assignment that waits for its holder is late: an answer is due by the start, a report by the end."""
    return ends_at if answer == Answer.ACCEPTED else starts_at


@dataclass(frozen=True)
class Counts:
    """How many assignments stand where; the five sum to `total`."""

    total: int
    reported: int
    late: int
    accepted: int
    no_answer: int
    empty: int
