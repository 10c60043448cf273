"""Who may do what to actions and assignments; sent as `abilities` with each object."""

from datetime import datetime

from maillage.actions.domain import BEFORE_LAUNCH, REPORTS_TAKEN, ActionStatus, Answer


def action_abilities(*, status: str, organises_all: bool, organises_some: bool, is_second_person: bool = False) -> dict[str, bool]:
    """What an actor may do with an action: who organises its whole territory leads it, who organises a part watches it there.

    `is_second_person`: its launch waits for a yes, and somebody else asked for it.
    """
    return {
        "edit": organises_all and status in BEFORE_LAUNCH,
        "launch": organises_all and status in BEFORE_LAUNCH,
        "agree_to_launch": organises_all and is_second_person,
        "correct": organises_all and status == ActionStatus.LAUNCHED,
        "stop": organises_all and status == ActionStatus.LAUNCHED,
        "see_board": organises_some and status not in BEFORE_LAUNCH,
        "take_steps": organises_some and status == ActionStatus.LAUNCHED,
    }


def assignment_abilities(*, action_status: str, answer: str, ends_at: datetime, acts: bool, now: datetime) -> dict[str, bool]:
    """What an actor may answer: only whoever acts on it, while the action takes answers. `answer`: as they said it."""
    takes = acts and action_status == ActionStatus.LAUNCHED
    before_end = takes and now < ends_at and answer != Answer.REPORTED
    return {
        "accept": before_end and answer != Answer.ACCEPTED,
        "decline": before_end and answer != Answer.DECLINED,
        "block": before_end and answer != Answer.BLOCKED,
        "report": takes and now < ends_at + REPORTS_TAKEN,
    }


def can_hand_over(*, action_status: str, answer: str, is_asked: bool, ends_at: datetime, now: datetime) -> bool:
    """Whether a neighbour can be asked to take an assignment over: until the end, while nobody reported and nobody is asked already."""
    return action_status == ActionStatus.LAUNCHED and now < ends_at and answer != Answer.REPORTED and not is_asked
