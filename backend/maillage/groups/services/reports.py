"""What is reported is kept, decided once and with reasons, and forgotten."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.groups.domain import REPORT_KEPT, REPORT_WORDS, ReportOutcome, ReportReason
from maillage.groups.models import ContentReport
from maillage.kernel.errors import Invalid
from maillage.people.domain import Channel, normal_value

FORGOTTEN_AT_ONCE = 1000


def report_content(*, reason: str, words: str, email: str, language: str, now: datetime) -> ContentReport:
    """Keep that something shown here is reported; the caller keeps what, in the same transaction.

    Facts: report.made.  Raises: Invalid (reason, words, email).
    """
    wrong: dict[str, list[str]] = {}
    if reason not in ReportReason.values:
        wrong["reason"] = [_("Choose what is wrong.")]
    if reason == ReportReason.OTHER and not words.strip():
        wrong["words"] = [_("Say in a few words what is wrong.")]
    if len(words) > REPORT_WORDS:
        wrong["words"] = [_("At most %(most)s letters fit here.") % {"most": REPORT_WORDS}]
    address = ""
    if email.strip():
        try:
            address = normal_value(Channel.EMAIL, email)
        except Invalid as invalid:
            wrong |= {field: list(said) for field, said in invalid.fields.items()}
    if wrong:
        raise Invalid(_("Some fields need another look."), fields=wrong)
    with transaction.atomic():
        report = ContentReport.objects.create(reason=reason, words=words.strip(), email=address, language=language, created_at=now)
        journal.record("report.made", subject=report, at=now, reason=reason)
    return report


def decide_report(*, report_id: UUID, outcome: ReportOutcome, answer: str, by: User, now: datetime) -> ContentReport | None:
    """Decide what becomes of what was reported; None where the same was decided before. A later decision takes its place.

    Facts: report.decided.  Raises: ContentReport.DoesNotExist.
    """
    with transaction.atomic():
        report = ContentReport.objects.select_for_update(of=("self",)).get(pk=report_id)
        if report.outcome == outcome:
            return None
        report.outcome, report.answer, report.decided_at, report.decided_by = outcome, answer, now, by
        report.save(update_fields=["outcome", "answer", "decided_at", "decided_by"])
        journal.record("report.decided", subject=report, at=now, outcome=outcome, user_id=by.pk)
    return report


def forget_reports(*, now: datetime) -> int:
    """Empty the words and the address of reports that were decided half a year ago; say how many."""
    with transaction.atomic():
        old = ContentReport.objects.filter(decided_at__lt=now - REPORT_KEPT).exclude(Q(words="") & Q(email=""))
        taken = list(old.select_for_update(skip_locked=True).order_by("pk").values_list("pk", flat=True)[:FORGOTTEN_AT_ONCE])
        return ContentReport.objects.filter(pk__in=taken).update(words="", email="")
