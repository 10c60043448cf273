"""Tables of actions."""

from maillage.actions.models.actions import Action, ActionText
from maillage.actions.models.assignments import Assignment, Report
from maillage.actions.models.rehearsals import Rehearsal, RehearsalReader

__all__ = ["Action", "ActionText", "Assignment", "Rehearsal", "RehearsalReader", "Report"]
