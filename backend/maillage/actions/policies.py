"""Who may do what to actions and assignments; sent as `abilities` with each object."""

from datetime import datetime

from maillage.actions.domain import REPORTS_TAKEN, ActionStatus, Answer


def action_abilities(*, status: str, organises_all: bool, organises_some: bool) -> dict[str, bool]:
    """What an actor may do with an action: who organises its whole territory leads it, who organises a part watches it there."""
    return {
        "edit": organises_all and status == ActionStatus.DRAFT,
        "launch": organises_all and status == ActionStatus.DRAFT,
        "stop": organises_all and status == ActionStatus.LAUNCHED,
        "see_board": organises_some and status != ActionStatus.DRAFT,
    }


def assignment_abilities(*, action_status: str, answer: str, ends_at: datetime, holds_it: bool, now: datetime) -> dict[str, bool]:
    """What an actor may answer: only the holder, while the action takes answers."""
    takes = holds_it and action_status == ActionStatus.LAUNCHED
    before_end = takes and now < ends_at and answer != Answer.REPORTED
    return {
        "accept": before_end and answer != Answer.ACCEPTED,
        "decline": before_end and answer != Answer.DECLINED,
        "report": takes and now < ends_at + REPORTS_TAKEN,
    }
