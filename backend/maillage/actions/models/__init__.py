"""Tables of actions."""

from maillage.actions.models.actions import Action, ActionText
from maillage.actions.models.assignments import Assignment, Report, ReportPhoto
from maillage.actions.models.corrections import Correction, CorrectionText
from maillage.actions.models.launches import LaunchRequest, Schedule
from maillage.actions.models.openings import Opening
from maillage.actions.models.paragraphs import LocalParagraph
from maillage.actions.models.rehearsals import Rehearsal, RehearsalReader
from maillage.actions.models.steps import BoardStep, Reminder, TakeOver

__all__ = [
    "Action",
    "ActionText",
    "Assignment",
    "BoardStep",
    "Correction",
    "CorrectionText",
    "LaunchRequest",
    "LocalParagraph",
    "Opening",
    "Rehearsal",
    "RehearsalReader",
    "Reminder",
    "Report",
    "ReportPhoto",
    "Schedule",
    "TakeOver",
]
