"""Tables of groups."""

from maillage.groups.models.reports import ContentReport

__all__ = ["ContentReport"]
