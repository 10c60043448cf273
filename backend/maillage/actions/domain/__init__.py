"""Words and rules of coordinated actions. Computed on paper: no clock, no table."""

from maillage.actions.domain.assignments import Answer
from maillage.actions.domain.board import BoardState, Counts, board_state, late_since
from maillage.actions.domain.launches import REPORTS_TAKEN, ActionStatus, DryRun
from maillage.actions.domain.links import ANSWER_LINK, PAPER_LINK
from maillage.actions.domain.reports import TEXT_MOST, Met, Stance, report_troubles

__all__ = [
    "ANSWER_LINK",
    "PAPER_LINK",
    "REPORTS_TAKEN",
    "TEXT_MOST",
    "ActionStatus",
    "Answer",
    "BoardState",
    "Counts",
    "DryRun",
    "Met",
    "Stance",
    "board_state",
    "late_since",
    "report_troubles",
]
