"""Where each assignment stands on the board."""

from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from maillage.actions.domain.assignments import Answer, Owes, owes


class BoardState(models.TextChoices):
    """How the board counts an assignment; exclusive, they sum to the assignments. `board_state` says which."""

    REPORTED = "reported", _("reported")
    LATE = "late", _("late")
    NEIGHBOUR = "neighbour", _("taken over next door")
    ACCEPTED = "accepted", _("accepted")
    NO_ANSWER = "no_answer", _("no answer")
    EMPTY = "empty", _("empty")


def board_state(
    *,
    answer: Answer,
    has_holder: bool,
    has_neighbour: bool,
    starts_at: datetime,
    ends_at: datetime,
    excused_until: datetime | None,
    now: datetime,
) -> BoardState:
    """Say where an assignment stands, first that holds.

    Reported. Late: somebody owes an answer when the action starts, or a report when it ends, and is not excused. Neighbour:
    taken over next door. Accepted. No answer yet. Empty: nobody holds the seat, or its holder does not go, or the action
    closed on it: the worklist.
    """
    if answer == Answer.REPORTED:
        return BoardState.REPORTED
    owed = owes(answer=answer, has_holder=has_holder, has_neighbour=has_neighbour)
    due = {Owes.ANSWER: starts_at, Owes.REPORT: ends_at}.get(owed)
    is_excused = excused_until is not None and now < excused_until
    if due is not None and due <= now and not is_excused:
        return BoardState.LATE
    if has_neighbour:
        return BoardState.NEIGHBOUR
    return {Owes.REPORT: BoardState.ACCEPTED, Owes.ANSWER: BoardState.NO_ANSWER}.get(owed, BoardState.EMPTY)


@dataclass(frozen=True)
class Counts:
    """How many assignments stand where; the six sum to `total`."""

    total: int
    reported: int
    late: int
    neighbour: int
    accepted: int
    no_answer: int
    empty: int
