"""Words and rules of coordinated actions. Computed on paper: no clock, no table."""

from maillage.actions.domain.assignments import Answer
from maillage.actions.domain.blocks import (
    Neighbours,
    Official,
    as_named,
    block_troubles,
    blocks_in,
    completed,
    completed_html,
    figures_said,
    neighbours_said,
    official_said,
)
from maillage.actions.domain.board import BoardState, Counts, board_state, late_since
from maillage.actions.domain.launches import REPORTS_TAKEN, ActionStatus, DryRun
from maillage.actions.domain.links import ANSWER_LINK, PAPER_LINK, REHEARSAL_LINK
from maillage.actions.domain.rehearsals import COLLEAGUES_MOST, REHEARSAL_OPENS, REHEARSALS_AN_HOUR
from maillage.actions.domain.reports import TEXT_MOST, Met, report_troubles

__all__ = [
    "ANSWER_LINK",
    "COLLEAGUES_MOST",
    "PAPER_LINK",
    "REHEARSALS_AN_HOUR",
    "REHEARSAL_LINK",
    "REHEARSAL_OPENS",
    "REPORTS_TAKEN",
    "TEXT_MOST",
    "ActionStatus",
    "Answer",
    "BoardState",
    "Counts",
    "DryRun",
    "Met",
    "Neighbours",
    "Official",
    "as_named",
    "block_troubles",
    "blocks_in",
    "board_state",
    "completed",
    "completed_html",
    "figures_said",
    "late_since",
    "neighbours_said",
    "official_said",
    "report_troubles",
]
