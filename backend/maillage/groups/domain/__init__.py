"""Words of groups."""

from maillage.groups.domain.reports import ANSWER, REPORT_KEPT, REPORT_WORDS, ReportOutcome, ReportReason

__all__ = ["ANSWER", "REPORT_KEPT", "REPORT_WORDS", "ReportOutcome", "ReportReason"]
