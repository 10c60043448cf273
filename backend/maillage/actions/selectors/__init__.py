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
from maillage.actions.selectors.briefs import BLOCKS, Brief, brief_drawn, brief_of, briefs_of, seat_of
from maillage.actions.selectors.rehearsals import (
    colleagues_of,
    rehearsal_token,
    rehearsals_of,
    rehearsed,
    rehearsed_by_link,
    seat_language,
    with_brief,
)

__all__ = [
    "BLOCKS",
    "Brief",
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
    "brief_drawn",
    "brief_of",
    "briefs_of",
    "colleagues_of",
    "counts_of",
    "dry_run",
    "linked_assignment",
    "network_led",
    "own_assignments",
    "paper_token",
    "reach_of",
    "rehearsal_token",
    "rehearsals_of",
    "rehearsed",
    "rehearsed_by_link",
    "seat_language",
    "seat_of",
    "sheet_of",
    "stoppable",
    "text_of",
    "with_brief",
]
