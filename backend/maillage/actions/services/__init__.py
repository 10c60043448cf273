"""What actions does."""

from maillage.actions.services.answers import accept_assignment, block_assignment, decline_assignment, report_assignment
from maillage.actions.services.calendar import area_named, bring_windows, changed_window, require_organised
from maillage.actions.services.corrections import correct_action, tell_correction, undo_correction
from maillage.actions.services.drafts import draft_action, edit_action
from maillage.actions.services.launch_requests import agree_to_launch, ask_launch, refuse_launch, withdraw_launch
from maillage.actions.services.launches import close_ended, hand_over_seat, launch_action, stop_action
from maillage.actions.services.openings import forget_openings, note_opening
from maillage.actions.services.paragraphs import remove_paragraph, write_paragraph
from maillage.actions.services.photos import forget_photos, remove_report_photo
from maillage.actions.services.rehearsals import rehearse_action
from maillage.actions.services.reminders import remind_by_clock
from maillage.actions.services.schedules import launch_overdue, launch_scheduled, schedule_action, take_back_schedule
from maillage.actions.services.steps import excuse, hand_over, relaunch, send_step, undo_step
from maillage.actions.services.take_overs import accept_take_over, decline_take_over, release_neighbour
from maillage.actions.services.vacant import relieve_vacant

__all__ = [
    "accept_assignment",
    "accept_take_over",
    "agree_to_launch",
    "area_named",
    "ask_launch",
    "block_assignment",
    "bring_windows",
    "changed_window",
    "close_ended",
    "correct_action",
    "decline_assignment",
    "decline_take_over",
    "draft_action",
    "edit_action",
    "excuse",
    "forget_openings",
    "forget_photos",
    "hand_over",
    "hand_over_seat",
    "launch_action",
    "launch_overdue",
    "launch_scheduled",
    "note_opening",
    "refuse_launch",
    "rehearse_action",
    "relaunch",
    "release_neighbour",
    "relieve_vacant",
    "remind_by_clock",
    "remove_paragraph",
    "remove_report_photo",
    "report_assignment",
    "require_organised",
    "schedule_action",
    "send_step",
    "stop_action",
    "take_back_schedule",
    "tell_correction",
    "undo_correction",
    "undo_step",
    "withdraw_launch",
    "write_paragraph",
]
