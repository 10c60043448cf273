"""What is shown on pages is reported by anybody and decided by a moderator, with reasons that are told (Digital Services Act)."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts.models import User
from maillage.fundraising.domain.pages import MAILS_A_DAY, REASONS, HiddenBy
from maillage.fundraising.models import FundraisingPage, PageDecision, PageMessage, PageReport
from maillage.fundraising.selectors.page_moderation import moderators_of, open_reports
from maillage.fundraising.services.letter_parts import to_donor
from maillage.fundraising.services.telling import tell_users
from maillage.groups import services as groups
from maillage.groups.domain import ReportOutcome, ReportReason
from maillage.groups.models import ContentReport
from maillage.kernel.dates import day_in
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.limits import happens_at_most
from maillage.messaging import services as messaging
from maillage.messaging.domain import RecipientKind

_REPORTED_IN = "fundraising.report_page"


def report_page(
    *, page: FundraisingPage, message: PageMessage | None, reason: str, words: str, email: str, language: str, now: datetime
) -> None:
    """Keep what somebody reports about a page or a message on it; whoever left an address is answered, and moderation is told.

    Facts: report.made.  Raises: Invalid (reason, words, email).
    """
    with transaction.atomic():
        report = groups.report_content(reason=reason, words=words, email=email, language=language, now=now)
        PageReport.objects.create(report=report, page=page, message=message)
        _answer("fundraising.report_received", report, now=now)
        tell_users("fundraising.reports_wait", moderators_of(page, now=now), once_on=day_in(now, page.fund.time_zone), now=now)


def hide_page(*, page_id: UUID, reason: str, words: str, by: User, now: datetime) -> FundraisingPage:
    """Hide a page; its owner is mailed the reasons and how to answer, and whoever reported it what was decided. Money given stays given.

    Facts: page.hidden, report.decided.  Raises: Invalid (reason, words), Conflict (`hidden_already`), NotFound.
    """
    _refuse_wordless(reason, words)
    with transaction.atomic():
        page = _locked_page(page_id)
        if page.hidden_at is not None:
            raise Conflict(_("It is hidden already."), code="hidden_already")
        page.hidden_at, page.seen_at, page.answer, page.answered_at = now, None, "", None
        page.save(update_fields=["hidden_at", "seen_at", "answer", "answered_at"])
        decision = _write(page, None, ReportOutcome.HIDDEN, reason, words, by=by, now=now)
        journal.record("page.hidden", subject=page, at=now, reason=reason, user_id=by.pk)
        _tell_owner("fundraising.page_hidden", page, decision, now=now)
        _decide(open_reports().filter(page=page, message__isnull=True), ReportOutcome.HIDDEN, words, by=by, now=now)
    return page


def keep_page(*, page_id: UUID, words: str, by: User, now: datetime) -> FundraisingPage:
    """Find a page in order as it stands: engines may list it, and whoever reported it is answered with the reasons. Safe to repeat.

    Facts: page.kept, report.decided.  Raises: Invalid (words), Conflict (`hidden_already`), NotFound.
    """
    with transaction.atomic():
        page = _locked_page(page_id)
        if page.hidden_at is not None:
            raise Conflict(_("It is hidden. Show it again first."), code="hidden_already")
        reports = open_reports().filter(page=page, message__isnull=True)
        if reports.exists():
            _refuse_silence(words)
        page.seen_at = now
        page.save(update_fields=["seen_at"])
        _write(page, None, ReportOutcome.KEPT, "", words, by=by, now=now)
        journal.record("page.kept", subject=page, at=now, user_id=by.pk)
        _decide(reports, ReportOutcome.KEPT, words, by=by, now=now)
    return page


def show_page_again(*, page_id: UUID, words: str, by: User, now: datetime) -> FundraisingPage:
    """Undo the hiding of a page; its owner is told, and so is whoever had reported it. Safe to repeat.

    Facts: page.shown, report.decided.  Raises: Invalid (words), NotFound.
    """
    _refuse_silence(words)
    with transaction.atomic():
        page = _locked_page(page_id)
        if page.hidden_at is None:
            return page
        page.hidden_at, page.seen_at = None, now
        page.save(update_fields=["hidden_at", "seen_at"])
        decision = _write(page, None, ReportOutcome.KEPT, "", words, by=by, now=now)
        journal.record("page.shown", subject=page, at=now, user_id=by.pk)
        _tell_owner("fundraising.page_shown", page, decision, now=now)
        told = PageReport.objects.filter(page=page, message__isnull=True, report__outcome=ReportOutcome.HIDDEN)
        _decide(told, ReportOutcome.KEPT, words, by=by, now=now)
    return page


def hide_message(*, message_id: UUID, reason: str, words: str, by: User, now: datetime) -> PageMessage:
    """Take a giver's message away; they are mailed the reasons, and whoever reported it what was decided.

    Facts: page.message_hidden, report.decided.  Raises: Invalid (reason, words), Conflict (`hidden_already`), NotFound.
    """
    _refuse_wordless(reason, words)
    with transaction.atomic():
        message = _locked_message(message_id)
        if message.hidden_by == HiddenBy.MODERATION:
            raise Conflict(_("It is hidden already."), code="hidden_already")
        message.hidden_at, message.hidden_by = now, HiddenBy.MODERATION
        message.save(update_fields=["hidden_at", "hidden_by"])
        decision = _write(message.page, message, ReportOutcome.HIDDEN, reason, words, by=by, now=now)
        journal.record("page.message_hidden", subject=message, at=now, reason=reason, user_id=by.pk)
        to_donor("fundraising.message_hidden", message.donation.donor, about_id=decision.pk, now=now)
        _decide(open_reports().filter(message=message), ReportOutcome.HIDDEN, words, by=by, now=now)
    return message


def keep_message_shown(*, message_id: UUID, words: str, by: User, now: datetime) -> PageMessage:
    """Find a message in order, or show one again that moderation had taken away; whoever reported it is answered. Safe to repeat.

    Facts: page.message_shown, report.decided.  Raises: Invalid (words), NotFound.
    """
    _refuse_silence(words)
    with transaction.atomic():
        message = _locked_message(message_id)
        if message.hidden_by == HiddenBy.MODERATION:
            message.hidden_at, message.hidden_by = None, ""
            message.save(update_fields=["hidden_at", "hidden_by"])
            decision = _write(message.page, message, ReportOutcome.KEPT, "", words, by=by, now=now)
            to_donor("fundraising.message_shown", message.donation.donor, about_id=decision.pk, now=now)
            journal.record("page.message_shown", subject=message, at=now, user_id=by.pk)
        told = PageReport.objects.filter(message=message).exclude(report__outcome=ReportOutcome.KEPT)
        _decide(told, ReportOutcome.KEPT, words, by=by, now=now)
    return message


def _decide(reports: QuerySet[PageReport], outcome: ReportOutcome, answer: str, *, by: User, now: datetime) -> None:
    for report_id in list(reports.order_by("pk").values_list("pk", flat=True)):
        decided = groups.decide_report(report_id=report_id, outcome=outcome, answer=answer.strip(), by=by, now=now)
        if decided is not None:
            _answer("fundraising.report_decided", decided, now=now)


def _answer(purpose: str, report: ContentReport, *, now: datetime) -> None:
    """Write to whoever reported, where they left an address; a few times a day at most, since nobody proved that it is theirs."""
    if report.email and happens_at_most(f"{_REPORTED_IN}:{purpose}", to=report.email, most=MAILS_A_DAY, over=timedelta(days=1), now=now):
        messaging.queue_message(
            purpose, address=report.email, kind=RecipientKind.ADDRESS, language=report.language, about_id=report.pk, now=now
        )


def _write(
    page: FundraisingPage, message: PageMessage | None, outcome: ReportOutcome, reason: str, words: str, *, by: User, now: datetime
) -> PageDecision:
    return PageDecision.objects.create(page=page, message=message, outcome=outcome, reason=reason, words=words.strip(), by=by, at=now)


def _tell_owner(purpose: str, page: FundraisingPage, decision: PageDecision, *, now: datetime) -> None:
    if page.owner is not None:
        messaging.queue_message(purpose, person=page.owner, language=page.language, about_id=decision.pk, now=now)


def _refuse_wordless(reason: str, words: str) -> None:
    if reason not in ReportReason.values:
        raise Invalid(_("Some fields need another look."), fields={"reason": [_("Choose a reason.")]})
    _refuse_silence(words)


def _refuse_silence(words: str) -> None:
    if not words.strip() or len(words) > REASONS:
        said = _("Write the reasons: they are told to whom they concern. At most %(most)s letters.") % {"most": REASONS}
        raise Invalid(_("Some fields need another look."), fields={"words": [said]})


def _locked_page(page_id: UUID) -> FundraisingPage:
    found = FundraisingPage.objects.select_for_update(of=("self",)).select_related("owner", "fund").filter(pk=page_id).first()
    if found is None:
        raise NotFound(code="no_such_page")
    return found


def _locked_message(message_id: UUID) -> PageMessage:
    found = PageMessage.objects.select_for_update(of=("self",)).select_related("donation__donor", "page").filter(pk=message_id).first()
    if found is None:
        raise NotFound(code="no_such_message")
    return found
