"""What actions knows, narrowed to what the actor may see."""

from maillage.actions.selectors.actions import action_seen, actions_seen, dry_run, network_led, reach_of, stoppable, text_of
from maillage.actions.selectors.assignments import (
    Linked,
    Sheet,
    answer_token,
    assignment_seen,
    linked_assignment,
    own_assignments,
    paper_token,
    sheet_of,
)
from maillage.actions.selectors.board import board_assignments, board_news, board_rows, board_version, counts_of

__all__ = [
    "Linked",
    "Sheet",
    "action_seen",
    "actions_seen",
    "answer_token",
    "assignment_seen",
    "board_assignments",
    "board_news",
    "board_rows",
    "board_version",
    "counts_of",
    "dry_run",
    "linked_assignment",
    "network_led",
    "own_assignments",
    "paper_token",
    "reach_of",
    "sheet_of",
    "stoppable",
    "text_of",
]
