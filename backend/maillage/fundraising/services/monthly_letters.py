"""Letters to the donor of a monthly donation, one for each step; each brings the link to their own page."""

from collections.abc import Callable, Mapping
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.fundraising.domain.amounts import amount_said
from maillage.fundraising.domain.declines import why_refused
from maillage.fundraising.domain.links import CONFIRM_LINK, CONFIRM_LINK_LASTS, MONTHLY_LINK, MONTHLY_LINK_LASTS, UNDO_LINK
from maillage.fundraising.domain.schedule import FIRST_REFUSED, FUND_CLOSED, MANDATE_ENDED, NO_OTHER_MEANS, TAKEN_BACK
from maillage.fundraising.domain.words import UNDONE_BY_LINK, MonthlyState, MonthlyStepKind, StepBy
from maillage.fundraising.models import Donation, MonthlyDonation, MonthlyStep
from maillage.fundraising.selectors.funds import name_of, public_funds
from maillage.fundraising.services.letter_parts import about, mandate_rows, mention_lines, page, to_donor, told_beforehand
from maillage.kernel import dates
from maillage.kernel.links import sign_link
from maillage.messaging.domain import Block, Button, Facts, Lane, Letter, Paragraph, Purpose, Quiet, RecipientKind
from maillage.messaging.models import Message

MONTHLY = Purpose(
    "fundraising.monthly",
    lane=Lane.TRANSACTIONAL,
    recipients=frozenset({RecipientKind.ADDRESS}),
    title=gettext_lazy("your monthly donation"),
    confides=True,
)


def tell(step: MonthlyStep, *, now: datetime) -> None:
    """Write to the donor what happened, once, in the caller's transaction."""
    if step.told_at is None:
        to_donor(MONTHLY.name, step.monthly.donor, about_id=step.pk, now=now)
        step.told_at = now
        step.save(update_fields=["told_at"])


def monthly_letter(message: Message) -> Letter:
    """Tell a donor what happened to their monthly donation. Raises: LookupError where there is nothing to say any more."""
    step = MonthlyStep.objects.select_related("monthly__fund").get(pk=about(message))
    return _WRITERS[MonthlyStepKind(step.kind)](step, message)


def own_page(monthly: MonthlyDonation, *, language: str, at: datetime) -> str:
    """The address of a donor's own page of a monthly donation."""
    token = sign_link(MONTHLY_LINK, ids=[monthly.pk], ends_at=at + MONTHLY_LINK_LASTS)
    return f"{settings.PUBLIC_URL}/{language}/monthly/{token}/"


def _begun(step: MonthlyStep, message: Message) -> Letter:
    monthly = step.monthly
    said = _said(monthly, message)
    return Letter(
        subject=_("Your monthly donation to %(fund)s has begun") % said,
        preview=_("It goes on until you stop it, which takes two clicks."),
        blocks=(
            Paragraph(_("Thank you. You give %(amount)s each month to %(fund)s.") % said),
            Facts(((_("Next payment"), _day(monthly, step.goes_on_on)), *_means(monthly))),
            *((Paragraph(told_beforehand(monthly.fund, at=step.at)),) if monthly.mandate else ()),
            Paragraph(_("It goes on until you stop it.")),
            *_page(step, message),
        ),
    )


def _announced(step: MonthlyStep, message: Message) -> Letter:
    monthly = step.monthly
    said = _said(monthly, message) | {"day": _day(monthly, step.due_on)}
    if monthly.state != MonthlyState.ACTIVE or monthly.next_on != step.due_on:
        raise LookupError("it was stopped, paused or moved")
    return Letter(
        subject=_("%(amount)s will be debited on %(day)s for %(fund)s") % said,
        preview=_("Your monthly donation. There is nothing to do."),
        blocks=(
            Paragraph(_("This is the next debit of your monthly donation, told beforehand as agreed. There is nothing to do.")),
            Facts(((_("Amount"), said["amount"]), (_("Day"), said["day"]), *_means(monthly))),
            *_page(step, message),
        ),
    )


def _refused(step: MonthlyStep, message: Message) -> Letter:
    monthly = step.monthly
    said = _said(monthly, message) | {"day": _day(monthly, step.due_on), "again": _day(monthly, step.goes_on_on)}
    mandate_ended = step.reason == MANDATE_ENDED
    if step.goes_on_on is not None:
        then = _("We try again on %(again)s, and a few more times within two weeks. You need not do anything; or give another way to pay:")
    else:
        then = _("We do not try again. To go on, give another way to pay; or stop it, which takes two clicks:")
    why = (
        _("Your mandate was not used for 36 months, so it has ended and nothing may be debited on it any more.")
        if mandate_ended
        else why_refused(step.reason)
    )
    return Letter(
        subject=_("Your donation of %(day)s to %(fund)s was not paid") % said,
        preview=_("Nothing was taken."),
        blocks=(
            Paragraph(_("Your monthly donation of %(amount)s was due on %(day)s. Nothing was taken.") % said),
            Paragraph(why),
            Paragraph(then % said),
            *_page(step, message),
            Quiet(_("You receive this once: it is not repeated for each try.")),
        ),
    )


def _confirm_asked(step: MonthlyStep, message: Message) -> Letter:
    monthly = step.monthly
    donation = Donation.objects.filter(monthly=monthly, due_on=step.due_on).first()
    if donation is None or donation.settled_at is not None:
        raise LookupError("it was paid")
    said = _said(monthly, message) | {"day": _day(monthly, step.due_on), "again": _day(monthly, step.goes_on_on)}
    token = sign_link(CONFIRM_LINK, ids=[donation.pk], ends_at=step.at + CONFIRM_LINK_LASTS)
    return Letter(
        subject=_("Your bank asks you to confirm your donation to %(fund)s") % said,
        preview=_("Nothing was taken. It takes a minute."),
        blocks=(
            Paragraph(_("Your monthly donation of %(amount)s was due on %(day)s. Your bank wants you to confirm it first.") % said),
            Button(_("Confirm with my bank"), page(message, f"monthly-confirm/{token}/"), accent=True),
            *((Paragraph(_("If you do nothing, we ask your bank once more on %(again)s.") % said),) if step.goes_on_on is not None else ()),
            *_page(step, message),
        ),
    )


def _card_ends(step: MonthlyStep, message: Message) -> Letter:
    monthly = step.monthly
    if monthly.state == MonthlyState.STOPPED or monthly.method_ends_on != step.due_on:
        raise LookupError("it was stopped, or has another card")
    said = _said(monthly, message) | {"day": _day(monthly, step.due_on), "card": monthly.method_label}
    return Letter(
        subject=_("The card of your monthly donation ends soon"),
        preview=_("Two minutes, and your donation goes on without a gap."),
        blocks=(
            Paragraph(_("The card %(card)s, with which you give %(amount)s each month to %(fund)s, is valid until %(day)s.") % said),
            Paragraph(_("If your bank has sent you a new one, give it here. Many banks pass the new card on by themselves.")),
            *_page(step, message),
        ),
    )


def _capped(step: MonthlyStep, message: Message) -> Letter:
    monthly = step.monthly
    said = _said(monthly, message) | {"day": _day(monthly, step.due_on), "again": _day(monthly, step.goes_on_on)}
    then = (
        _("Your monthly donation goes on by itself on %(again)s. Until then nothing is taken.")
        if step.goes_on_on is not None
        else _("Nothing more is taken.")
    )
    return Letter(
        subject=_("Your donation of %(day)s was not taken: the law allows no more") % said,
        preview=_("Nothing was taken."),
        blocks=(
            Paragraph(_("Your monthly donation of %(amount)s to %(fund)s was due on %(day)s. Nothing was taken.") % said),
            Paragraph(_("The law limits what one person may give, and with this donation you would give more.")),
            Paragraph(then % said),
            Paragraph(_("A smaller amount may fit: you can change it.")),
            *_page(step, message),
        ),
    )


def _not_taken(step: MonthlyStep, message: Message) -> Letter:
    monthly = step.monthly
    said = _said(monthly, message) | {"day": _day(monthly, step.due_on), "again": _day(monthly, step.goes_on_on)}
    return Letter(
        subject=_("Your donation of %(day)s to %(fund)s was not taken") % said,
        preview=_("Nothing was taken."),
        blocks=(
            Paragraph(_("%(fund)s takes no donations at the moment, so nothing was taken on %(day)s.") % said),
            Paragraph(_("Your monthly donation goes on by itself on %(again)s. Until then nothing is taken.") % said),
            *_page(step, message),
        ),
    )


def _changed(step: MonthlyStep, message: Message) -> Letter:
    monthly = step.monthly
    said = _said(monthly, message) | {"again": _day(monthly, step.goes_on_on), "means": monthly.method_label}
    subject, paragraph = _CHANGED[MonthlyStepKind(step.kind)](step, monthly)
    undo: tuple[Block, ...] = ()
    if step.undo_until is not None and step.undone_at is None and step.kind not in UNDONE_BY_LINK:
        undo = (Paragraph(_("Was it not you? Open the page and change it back: a code is sent to your mailbox first.")),)
    elif step.undo_until is not None and step.undone_at is None:
        token = sign_link(UNDO_LINK, ids=[step.pk], ends_at=step.undo_until)
        undo = (
            Paragraph(
                _("Was it not you? Whoever has a mail of ours can press its link. Until %(until)s this undoes it:")
                % {"until": dates.day(step.undo_until, monthly.fund.time_zone)}
            ),
            Button(_("Undo this"), page(message, f"monthly-undo/{token}/")),
        )
    return Letter(subject=subject % said, blocks=(Paragraph(paragraph % said), *undo, *_begin_anew(step, message), *_page(step, message)))


def _begin_anew(step: MonthlyStep, message: Message) -> tuple[Block, ...]:
    """Lead to the form, with what the law has each call for donations say, whoever may want to go on another way."""
    fund = step.monthly.fund
    if step.reason not in (NO_OTHER_MEANS, FIRST_REFUSED, TAKEN_BACK) or not public_funds().filter(pk=fund.pk).exists():
        return ()
    return (Button(_("Begin a new one"), page(message, f"give/{fund.code}/")), *mention_lines(fund, at=step.at))


def _paused(step: MonthlyStep, _monthly: MonthlyDonation) -> tuple[str, str]:
    if step.goes_on_on is not None:
        body = _("Nothing is taken for now. It goes on by itself, with the next payment on %(again)s.")
    else:
        body = _("Nothing is taken any more, until you let it go on.")
    return _("Your monthly donation to %(fund)s is paused"), body


def _resumed(_step: MonthlyStep, _monthly: MonthlyDonation) -> tuple[str, str]:
    return _("Your monthly donation to %(fund)s goes on"), _("You give %(amount)s each month again. The next payment is on %(again)s.")


def _stopped(step: MonthlyStep, _monthly: MonthlyDonation) -> tuple[str, str]:
    subject = _("Your monthly donation to %(fund)s has stopped")
    if step.reason == FUND_CLOSED:
        return subject, _("%(fund)s takes no more donations. Nothing is taken any more. Thank you for all you gave.")
    if step.reason == NO_OTHER_MEANS:
        return subject, _(
            "It could not be taken two months ago, and no other card or account was given since. Nothing is taken any more, and we do not "
            "write about it again. Thank you for all you gave."
        )
    if step.reason == FIRST_REFUSED:
        return subject, _("Its first payment did not come through. Nothing was taken, and nothing will be. You may begin again.")
    if step.reason == TAKEN_BACK:
        return subject, _(
            "Your bank took one of its payments back, so nothing is taken any more. If that was not what you wanted, you may begin again."
        )
    if step.by == StepBy.TREASURER:
        return subject, _("The treasury stopped it, as you had asked. Nothing is taken any more. Thank you for all you gave.")
    return subject, _("Nothing is taken any more. Thank you for all you gave.")


def _amount_changed(_step: MonthlyStep, _monthly: MonthlyDonation) -> tuple[str, str]:
    return (
        _("Your monthly donation to %(fund)s: another amount"),
        _("From now on you give %(amount)s each month. The next payment is on %(again)s."),
    )


def _day_changed(_step: MonthlyStep, _monthly: MonthlyDonation) -> tuple[str, str]:
    return (
        _("Your monthly donation to %(fund)s: another day"),
        _("You give %(amount)s each month, as before. The next payment is on %(again)s."),
    )


def _means_changed(_step: MonthlyStep, _monthly: MonthlyDonation) -> tuple[str, str]:
    return (
        _("Your monthly donation to %(fund)s: another way to pay"),
        _("You give %(amount)s each month with %(means)s from now on. The next payment is on %(again)s."),
    )


_CHANGED: dict[MonthlyStepKind, Callable[[MonthlyStep, MonthlyDonation], tuple[str, str]]] = {
    MonthlyStepKind.PAUSED: _paused,
    MonthlyStepKind.RESUMED: _resumed,
    MonthlyStepKind.STOPPED: _stopped,
    MonthlyStepKind.AMOUNT_CHANGED: _amount_changed,
    MonthlyStepKind.DAY_CHANGED: _day_changed,
    MonthlyStepKind.MEANS_CHANGED: _means_changed,
}

_WRITERS: Mapping[MonthlyStepKind, Callable[[MonthlyStep, Message], Letter]] = {
    MonthlyStepKind.BEGUN: _begun,
    MonthlyStepKind.ANNOUNCED: _announced,
    MonthlyStepKind.REFUSED: _refused,
    MonthlyStepKind.CONFIRM_ASKED: _confirm_asked,
    MonthlyStepKind.CARD_ENDS: _card_ends,
    MonthlyStepKind.CAPPED: _capped,
    MonthlyStepKind.NOT_TAKEN: _not_taken,
    **dict.fromkeys(_CHANGED, _changed),
}


def way_to_stop(monthly: MonthlyDonation | None, message: Message) -> tuple[Block, ...]:
    """The link that every mail brings which has to do with a monthly donation; nothing where it is none, or has stopped."""
    if monthly is None or monthly.state == MonthlyState.STOPPED:
        return ()
    label = _("My monthly donation: change, pause or stop it")
    return (Button(label, own_page(monthly, language=message.language, at=message.queued_at)),)


def _page(step: MonthlyStep, message: Message) -> tuple[Block, ...]:
    if step.monthly.state == MonthlyState.STOPPED:
        return ()
    return (
        Button(_("Change, pause or stop it"), own_page(step.monthly, language=message.language, at=step.at)),
        Quiet(_("No sign-in needed. Whoever has this mail can pause or stop it by this link: you are told, and can undo it.")),
    )


def _means(monthly: MonthlyDonation) -> tuple[tuple[str, str], ...]:
    """How it is paid; of a debit what its mandate has to name."""
    paid_with = ((_("Paid with"), monthly.method_label),) if monthly.method_label else ()
    return (*paid_with, *mandate_rows(monthly.fund, monthly.mandate_reference)) if monthly.mandate else paid_with


def _said(monthly: MonthlyDonation, message: Message) -> dict[str, str]:
    return {"amount": amount_said(monthly.amount, monthly.currency), "fund": name_of(monthly.fund, message.language)}


def _day(monthly: MonthlyDonation, value: date | None) -> str:
    return dates.dated(value, monthly.fund.time_zone) if value is not None else ""
