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
    reader_named,
    sheet_of,
)
from maillage.actions.selectors.board import board_assignments, board_news, board_rows, board_version, counts_of
from maillage.actions.selectors.briefs import BLOCKS, Brief, brief_drawn, brief_for_all, brief_of, briefs_of, seat_of, seats_of
from maillage.actions.selectors.clashes import clashes_of
from maillage.actions.selectors.corrections import changed_said, corrected_readers, correction_of, corrections_of, former_words, told_of
from maillage.actions.selectors.launches import launch_request, launch_requests_of, second_persons
from maillage.actions.selectors.names import name_of, reader_name
from maillage.actions.selectors.neighbours import Neighbours, hand_over_of, neighbours_of
from maillage.actions.selectors.next_steps import chosen_assignments, excuse_of, relaunch_of, with_places
from maillage.actions.selectors.paragraphs import area_added_to, areas_added_to, is_theirs, paragraph_seen, paragraphs_seen
from maillage.actions.selectors.rehearsals import (
    colleagues_of,
    rehearsal_token,
    rehearsals_of,
    rehearsed,
    rehearsed_by_link,
    seat_language,
    with_brief,
)
from maillage.actions.selectors.steps import StepSeen, history_of, open_question, step_seen, steps_seen, watched_line
from maillage.actions.selectors.take_overs import linked_take_over, own_question, questions_waiting_for, take_over_token
from maillage.actions.selectors.vacant import asked_by_rule, empty_told, relief_before_launch

__all__ = [
    "BLOCKS",
    "Brief",
    "Linked",
    "Neighbours",
    "Sheet",
    "StepSeen",
    "action_seen",
    "actions_seen",
    "answer_token",
    "area_added_to",
    "areas_added_to",
    "asked_by_rule",
    "assignment_seen",
    "board_assignments",
    "board_news",
    "board_rows",
    "board_version",
    "brief_drawn",
    "brief_for_all",
    "brief_of",
    "briefs_of",
    "changed_said",
    "chosen_assignments",
    "clashes_of",
    "colleagues_of",
    "corrected_readers",
    "correction_of",
    "corrections_of",
    "counts_of",
    "dry_run",
    "empty_told",
    "excuse_of",
    "former_words",
    "hand_over_of",
    "history_of",
    "is_theirs",
    "launch_request",
    "launch_requests_of",
    "linked_assignment",
    "linked_take_over",
    "name_of",
    "neighbours_of",
    "network_led",
    "open_question",
    "own_assignments",
    "own_question",
    "paper_token",
    "paragraph_seen",
    "paragraphs_seen",
    "questions_waiting_for",
    "reach_of",
    "reader_name",
    "reader_named",
    "rehearsal_token",
    "rehearsals_of",
    "rehearsed",
    "rehearsed_by_link",
    "relaunch_of",
    "relief_before_launch",
    "seat_language",
    "seat_of",
    "seats_of",
    "second_persons",
    "sheet_of",
    "step_seen",
    "steps_seen",
    "stoppable",
    "take_over_token",
    "text_of",
    "told_of",
    "watched_line",
    "with_brief",
    "with_places",
]
