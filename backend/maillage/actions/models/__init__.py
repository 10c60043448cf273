"""Tables of actions."""

from maillage.actions.models.actions import Action, ActionText
from maillage.actions.models.assignments import Assignment, Report

__all__ = ["Action", "ActionText", "Assignment", "Report"]
