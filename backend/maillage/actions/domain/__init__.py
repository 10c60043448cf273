"""Words and rules of coordinated actions. Computed on paper: no clock, no table."""

from maillage.actions.domain.assignments import TURNED_DOWN, Answer, Owes, answer_by, owed_at, owes
from maillage.actions.domain.blocks import (
    KnownContact,
    KnownPosition,
    NextDoor,
    Official,
    as_named,
    block_troubles,
    blocks_in,
    completed,
    completed_html,
    contacts_said,
    figures_said,
    for_who_serves_said,
    neighbours_said,
    official_said,
    positions_said,
)
from maillage.actions.domain.board import BoardState, Counts, board_state
from maillage.actions.domain.launches import REPORTS_TAKEN, ActionStatus, DryRun, RequestStatus, needs_second_person
from maillage.actions.domain.links import ANSWER_LINK, PAPER_LINK, REHEARSAL_LINK, TAKE_OVER_LINK
from maillage.actions.domain.paragraphs import WORDS_MOST, paragraph_said
from maillage.actions.domain.rehearsals import COLLEAGUES_MOST, REHEARSAL_OPENS, REHEARSALS_AN_HOUR
from maillage.actions.domain.reminders import REMINDERS_MOST, may_be_reminded, reminder_due
from maillage.actions.domain.reports import TEXT_MOST, Met, day_troubles, report_troubles
from maillage.actions.domain.steps import LEAVES_AFTER, StepKind, StepPreview, excused_until, leaves_at
from maillage.actions.domain.take_overs import OPEN_TAKE_OVER, TakeOverStatus

__all__ = [
    "ANSWER_LINK",
    "COLLEAGUES_MOST",
    "LEAVES_AFTER",
    "OPEN_TAKE_OVER",
    "PAPER_LINK",
    "REHEARSALS_AN_HOUR",
    "REHEARSAL_LINK",
    "REHEARSAL_OPENS",
    "REMINDERS_MOST",
    "REPORTS_TAKEN",
    "TAKE_OVER_LINK",
    "TEXT_MOST",
    "TURNED_DOWN",
    "WORDS_MOST",
    "ActionStatus",
    "Answer",
    "BoardState",
    "Counts",
    "DryRun",
    "KnownContact",
    "KnownPosition",
    "Met",
    "NextDoor",
    "Official",
    "Owes",
    "RequestStatus",
    "StepKind",
    "StepPreview",
    "TakeOverStatus",
    "answer_by",
    "as_named",
    "block_troubles",
    "blocks_in",
    "board_state",
    "completed",
    "completed_html",
    "contacts_said",
    "day_troubles",
    "excused_until",
    "figures_said",
    "for_who_serves_said",
    "leaves_at",
    "may_be_reminded",
    "needs_second_person",
    "neighbours_said",
    "official_said",
    "owed_at",
    "owes",
    "paragraph_said",
    "positions_said",
    "reminder_due",
    "report_troubles",
]
