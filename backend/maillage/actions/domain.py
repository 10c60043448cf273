"""Words and rules of coordinated actions. Computed on paper: no clock, no table."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _


class ActionStatus(models.TextChoices):
    """Where an action stands."""

    DRAFT = "draft", _("draft")
    LAUNCHED = "launched", _("launched")
    STOPPED = "stopped", _("stopped")
    CLOSED = "closed", _("closed")


class Answer(models.TextChoices):
    """What became of one seat's assignment, as its holder said it."""

    WAITING = "waiting", _("no answer")
    ACCEPTED = "accepted", _("accepted")
    DECLINED = "declined", _("declined")
    REPORTED = "reported", _("reported")


class BoardState(models.TextChoices):
    """How the board counts an assignment; exclusive, they sum to the assignments. `board_state` says which."""

    REPORTED = "reported", _("reported")
    LATE = "late", _("late")
    ACCEPTED = "accepted", _("accepted")
    NO_ANSWER = "no_answer", _("no answer")
    EMPTY = "empty", _("empty")


class Met(models.TextChoices):
    """Whom the relay met."""

    HOLDER = "holder", _("the representative in person")
    STAFF = "staff", _("someone of their staff")
    NOBODY = "nobody", _("nobody")


class Stance(models.IntegerChoices):
    """What the representative said, as the relay heard it."""

    AGAINST = -2, _("against")
    RATHER_AGAINST = -1, _("rather against")
    SILENT = 0, _("does not say")
    RATHER_FOR = 1, _("rather for")
    FOR = 2, _("for")


REPORTS_TAKEN = timedelta(days=14)
"""How long after its end an action still takes answers; then it closes, and its links end."""

ANSWER_LINK = "actions.answer"
"""Purpose of the signed link by which a mail is answered without a login: ids are the assignment and its holder."""

PAPER_LINK = "actions.paper"
"""Purpose of the signed link that shows a brief on paper: its ids are the assignment, and for the holder's own sheet the
holder, whose answer the code on it takes."""

TEXT_MOST = 500


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


@dataclass(frozen=True)
class Counts:
    """How many assignments stand where; the five sum to `total`."""

    total: int
    reported: int
    late: int
    accepted: int
    no_answer: int
    empty: int


def report_troubles(*, met: Met, stance: Stance | None, quote: str, failed: str) -> dict[str, list[str]]:
    """Say what is wrong with a report, by field; empty when nothing is."""
    troubles: dict[str, list[str]] = {}
    if met == Met.NOBODY:
        if stance is not None:
            troubles["stance"] = [str(_("Nobody was met, so nobody took a position."))]
        if quote.strip():
            troubles["quote"] = [str(_("Nobody was met, so nobody said this. Write what did not work below."))]
        if not failed.strip():
            troubles["failed"] = [str(_("Say in a few words what did not work: it helps the next attempt."))]
    elif met == Met.HOLDER and stance is None:
        troubles["stance"] = [str(_("Choose a position. «Does not say» is one."))]
    for name, text in (("quote", quote), ("failed", failed)):
        if len(text) > TEXT_MOST:
            troubles[name] = [str(_("At most 500 letters fit here."))]
    return troubles
