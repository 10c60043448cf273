"""What actions does."""

from maillage.actions.services.answers import accept_assignment, decline_assignment, report_assignment
from maillage.actions.services.drafts import draft_action, edit_action
from maillage.actions.services.launches import close_ended, hand_over_seat, launch_action, stop_action
from maillage.actions.services.rehearsals import rehearse_action

__all__ = [
    "accept_assignment",
    "close_ended",
    "decline_assignment",
    "draft_action",
    "edit_action",
    "hand_over_seat",
    "launch_action",
    "rehearse_action",
    "report_assignment",
    "stop_action",
]
