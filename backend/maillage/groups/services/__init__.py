"""Verbs of groups."""

from maillage.groups.services.reports import decide_report, forget_reports, report_content

__all__ = ["decide_report", "forget_reports", "report_content"]
